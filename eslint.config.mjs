import js from '@eslint/js';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';
import { mayImport } from './lint/may-import.mjs';

/** Packages that only what builds a tree of constructs may import. */
const CONSTRUCTS = ['cdk8s', 'constructs'];

/** What is at the bottom: nothing of it knows what it is used for. */
const BOTTOM = ['lib/objects', 'lib/syntax'];

/** What every component is built on. */
const BUILDING = [
  ...CONSTRUCTS,
  ...BOTTOM,
  'imports',
  'lib/mesh',
  'lib/namespaces',
  'lib/component-namespace',
  'lib/releases',
];

/**
 * Imports point one way: `main.ts → lib/platform.ts → components → imports/`, and `cli → lib/{check, review, graph, cluster, gitops} →
 * lib/model → lib/{objects, syntax}`. What each folder may import, besides itself and packages that are not in the list above.
 */
const MAY_IMPORT = {
  imports: CONSTRUCTS,
  'lib/syntax': [],
  'lib/objects': [...CONSTRUCTS, 'lib/syntax'],
  'lib/git': [],
  'lib/kubectl': ['lib/objects'],
  'lib/memory': [],
  'lib/files': [],
  'lib/yaml': BOTTOM,
  'lib/render': [...BOTTOM, 'lib/files'],
  'lib/mesh': [...CONSTRUCTS, ...BOTTOM, 'imports'],
  'lib/namespaces': [...CONSTRUCTS, ...BOTTOM, 'imports', 'lib/mesh'],
  'lib/component-namespace': [...BOTTOM, 'lib/namespaces'],
  'lib/releases': [...CONSTRUCTS, ...BOTTOM, 'imports', 'lib/files', 'lib/namespaces', 'lib/render', 'lib/yaml'],
  'lib/sources': [...BOTTOM, 'lib/git', 'lib/kubectl', 'lib/releases', 'lib/render', 'lib/yaml'],
  'lib/model': [...BOTTOM, 'lib/memory', 'lib/yaml'],
  'lib/crds': [...CONSTRUCTS, ...BOTTOM, 'imports'],
  'lib/networking': [...BUILDING, 'lib/model'],
  'lib/ambassador': [...BUILDING, 'lib/crds', 'lib/model', 'lib/networking'],
  'lib/kourier': [...BUILDING, 'lib/model', 'lib/networking', 'lib/render', 'lib/yaml'],
  'lib/gateway-api': [...BUILDING, 'lib/crds'],
  'lib/linkerd': [...BUILDING, 'lib/crds', 'lib/files', 'lib/git', 'lib/kubectl', 'lib/render', 'lib/yaml'],
  'lib/knative': [...BUILDING, 'lib/crds', 'lib/linkerd', 'lib/model', 'lib/networking', 'lib/render'],
  'lib/platform': [...BUILDING, 'lib/gateway-api', 'lib/knative', 'lib/linkerd', 'lib/networking'],
  'lib/check': [...BOTTOM, 'lib/files', 'lib/memory', 'lib/model', 'lib/render', 'lib/yaml'],
  'lib/graph': [...BOTTOM, 'lib/model'],
  'lib/cluster': [...BOTTOM, 'lib/kubectl', 'lib/model'],
  'lib/review': [
    ...BOTTOM,
    ...['lib/crds', 'lib/git', 'lib/kubectl', 'lib/model', 'lib/releases', 'lib/render', 'lib/sources', 'lib/yaml'],
  ],
  'lib/gitops': [...CONSTRUCTS, ...BOTTOM, 'imports', 'lib/files', 'lib/model', 'lib/render', 'lib/yaml'],
};

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
  {
    files: ['imports/**/*.ts', 'lib/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    plugins: { knitmesh: { rules: { 'may-import': mayImport } } },
    rules: { 'knitmesh/may-import': ['error', MAY_IMPORT, CONSTRUCTS] },
  },
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
