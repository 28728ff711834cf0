import js from '@eslint/js';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

/**
 * Imports point one way: main → lib/platform → components → imports, and cli → lib. What each folder may not import, as
 * the paths stand in its import statements.
 */
const DIRECTIONS = [
  { folder: 'imports', not: ['**/lib/**', '**/cli/**'] },
  { folder: 'lib/syntax', not: ['**/imports/**', '../*', '**/cli/**'] },
  { folder: 'lib/objects', not: ['**/imports/**', '../!(syntax)/**', '../*', '!../syntax', '**/cli/**'] },
  { folder: 'lib/yaml', not: ['**/imports/**', '../*', '!../objects', '!../syntax', '**/cli/**'] },
  { folder: 'lib/render', not: ['**/imports/**', '../*', '!../objects', '!../syntax', '**/cli/**'] },
  { folder: 'lib/git', not: ['**/imports/**', '../*', '**/cli/**'] },
  { folder: 'lib/kubectl', not: ['**/imports/**', '../*', '!../objects', '**/cli/**'] },
  {
    folder: 'lib/sources',
    not: [
      '**/imports/**',
      '../*',
      '!../objects',
      '!../syntax',
      '!../git',
      '!../kubectl',
      '!../releases',
      '!../yaml',
      '**/cli/**',
      'constructs',
      'cdk8s',
    ],
  },
  { folder: 'lib/networking', not: ['**/ambassador/**', '**/kourier/**', '**/knative/**', '**/cli/**', '**/platform'] },
  { folder: 'lib/ambassador', not: ['**/kourier/**', '**/knative/**', '**/cli/**', '**/platform'] },
  { folder: 'lib/kourier', not: ['**/ambassador/**', '**/knative/**', '**/cli/**', '**/platform'] },
  { folder: 'lib/knative', not: ['**/ambassador/**', '**/kourier/**', '**/cli/**', '**/platform'] },
  { folder: 'lib/linkerd', not: ['**/ambassador/**', '**/kourier/**', '**/knative/**', '**/cli/**', '**/platform'] },
  {
    folder: 'lib/check',
    not: [
      '**/imports/**',
      '**/ambassador/**',
      '**/kourier/**',
      '**/knative/**',
      '**/linkerd/**',
      '**/releases/**',
      '**/cli/**',
      '**/platform',
    ],
  },
  {
    folder: 'lib/graph',
    not: [
      '**/imports/**',
      '**/ambassador/**',
      '**/kourier/**',
      '**/knative/**',
      '**/linkerd/**',
      '**/releases/**',
      '**/cli/**',
      '**/platform',
    ],
  },
  {
    folder: 'lib/cluster',
    not: [
      '**/imports/**',
      '**/ambassador/**',
      '**/kourier/**',
      '**/knative/**',
      '**/linkerd/**',
      '**/releases/**',
      '**/cli/**',
      '**/platform',
      'constructs',
      'cdk8s',
    ],
  },
  {
    folder: 'lib/crds',
    not: ['**/ambassador/**', '**/kourier/**', '**/knative/**', '**/linkerd/**', '**/cli/**', '**/platform'],
  },
  {
    folder: 'lib/review',
    not: ['**/ambassador/**', '**/kourier/**', '**/knative/**', '**/linkerd/**', '**/cli/**', '**/platform'],
  },
  {
    folder: 'lib/releases',
    not: ['**/ambassador/**', '**/kourier/**', '**/knative/**', '**/linkerd/**', '**/cli/**', '**/platform'],
  },
  {
    folder: 'lib/gitops',
    not: [
      '**/ambassador/**',
      '**/kourier/**',
      '**/knative/**',
      '**/linkerd/**',
      '**/releases/**',
      '**/cli/**',
      '**/platform',
    ],
  },
];

/** The app that a user edits: tests take one of their own. Examples have one beside them. */
const USERS_APP = {
  selector: 'ImportDeclaration[source.value=/^(\\.\\.\\/)+main$/]',
  message: 'Take testing/walkthrough/main, or a platform of your own: main.ts is what a user edits.',
};

/** What commands print goes through `cli/terminal.ts` alone, which lets no text of others be obeyed; a stream may be asked whether it is a terminal. */
const PRINTS = [
  {
    selector:
      'MemberExpression[object.name="process"][property.name=/^(stdout|stderr)$/]:not(CallExpression[callee.name="styled"] > MemberExpression)',
    message: 'Print with cli/terminal.ts.',
  },
  { selector: 'MemberExpression[object.name="console"]', message: 'Print with cli/terminal.ts.' },
];

export default tseslint.config(
  { ignores: ['node_modules/', 'coverage/', 'vendor/', '.cdk8s/', '**/dist/', 'bench/cdk8s-template/', '**/*.js'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.mjs'] } } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowEmpty: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  { files: ['cli/**/*.ts', 'lib/**/*.ts', 'testing/**/*.ts'], rules: { 'no-restricted-syntax': ['error', USERS_APP] } },
  ...DIRECTIONS.map(({ folder, not }) => ({
    files: [`${folder}/**/*.ts`],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: not, message: 'Imports point one way.' }] }] },
  })),
  {
    files: ['cli/**/*.ts', 'lib/**/*.ts'],
    ignores: ['**/*.test.ts', 'cli/exit-code.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['exit', 'exitCode'].map((property) => ({ object: 'process', property, message: 'See cli/exit-code.ts.' })),
      ],
    },
  },
  {
    files: ['cli/**/*.ts', 'lib/**/*.ts'],
    ignores: ['**/*.test.ts', 'cli/terminal.ts'],
    rules: { 'no-restricted-syntax': ['error', USERS_APP, ...PRINTS] },
  },
  {
    files: ['**/*.test.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      'jest/no-standalone-expect': ['error', { additionalTestBlockFunctions: ['testWith'] }],
    },
  },
  { files: ['**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);
