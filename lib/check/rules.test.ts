import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RULES } from './rules';

const PAGES = resolve(__dirname, '..', '..', 'docs', 'rules');
const ids = RULES.map(({ id }) => id);

test('every file of a rule is registered, under its own name, once', () => {
  const files = readdirSync(join(__dirname, 'rules')).filter((name) => !name.endsWith('.test.ts'));
  expect(files.sort()).toEqual([...ids].sort().map((id) => `${id}.ts`));
});

test('every rule has a test and a page, and there are no others', () => {
  const tests = readdirSync(join(__dirname, 'rules')).filter((name) => name.endsWith('.test.ts'));
  expect(tests.sort()).toEqual([...ids].sort().map((id) => `${id}.test.ts`));
  const pages = readdirSync(PAGES).filter((name) => name !== 'README.md');
  expect(pages.sort()).toEqual([...ids].sort().map((id) => `${id}.md`));
});

test('docs/rules/README.md lists every rule with its severity', () => {
  const rows = [
    ...readFileSync(join(PAGES, 'README.md'), 'utf8').matchAll(
      /^\| \[([^\]]+)\]\(([^)]+)\) +\| (\w+) +\| (.*?) +\|$/gm,
    ),
  ];
  expect(rows.map(([, id, page, severity, title]) => [id, page, severity, title])).toEqual(
    RULES.map(({ id, severity, title }) => [id, `${id}.md`, severity, title]),
  );
});

test.each(ids)('the page of %s says what the rule looks at and what it cannot know', (id) => {
  const page = readFileSync(join(PAGES, `${id}.md`), 'utf8');
  expect(page).toMatch(/^\*\*Looks at:\*\*\s+\S[^]*^\*\*Cannot know:\*\* \S/m);
});

test('README.md says how many rules there are', () => {
  const readme = readFileSync(resolve(PAGES, '..', '..', 'README.md'), 'utf8');
  expect(/what is rendered to (\d+) rules/.exec(readme)?.[1]).toBe(String(ids.length));
});
