import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runKnitmesh } from '../testing/command';

const examples = readdirSync(__dirname).filter((name) => existsSync(join(__dirname, name, 'main.ts')));

/** Its releases are upstream's own files: where those are, its test checks it. */
const VENDORED = 'vendored';

test.each(examples.filter((name) => name !== VENDORED))('%s fits the schemas, and breaks no rule', (name) => {
  const { stdout, stderr, status } = runKnitmesh(['check', '--app', join(__dirname, name, 'main.ts')]);
  expect(stdout).toContain('√ built-in objects fit the schemas of Kubernetes 1.34');
  expect(stderr).not.toContain('error');
  expect(status).toBe(0);
});

test('all of them', () => {
  expect(examples).toEqual(['kind', 'kourier', 'many-services', VENDORED]);
});
