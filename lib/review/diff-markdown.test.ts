import fc from 'fast-check';
import type { Manifest } from '../objects/manifest';
import type { Diff } from './diff';
import { diff } from './diff';
import { diffMarkdown, LONGEST_COMMENT, MARKER } from './diff-markdown';
import { reportSections } from './diff-report';

const SIDES = { from: 'HEAD (1234567)', to: 'main.ts' };

const markdownOf = (found: Diff): string => diffMarkdown([{ sides: SIDES, diff: found }]);

const configs = (values: readonly string[]): { manifest: Manifest }[] =>
  values.map((value, index) => ({
    manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${index}`, namespace: 'n' }, data: { value } },
  }));
const services = (number: number): { manifest: Manifest }[] =>
  Array.from({ length: number }, (_, index) => ({
    manifest: { apiVersion: 'v1', kind: 'Service', metadata: { name: `s${index}`, namespace: 'n' }, spec: { index } },
  }));

interface Block {
  readonly lines: number;
}

/** What Markdown makes of the lines: the code blocks, each ended by the fence that began it, and the sections around them. */
function blocksOf(markdown: string): { blocks: Block[]; open: number; inCode: boolean } {
  const blocks: Block[] = [];
  let [fence, lines, open] = ['', 0, 0];
  for (const line of markdown.split('\n')) {
    if (fence === '') {
      const [, begun] = /^(`{3,})text$/.exec(line) ?? [];
      if (begun !== undefined) [fence, lines] = [begun, 0];
      else open += (line.match(/<details>/g)?.length ?? 0) - (line.match(/<\/details>/g)?.length ?? 0);
    } else if (line === fence) {
      blocks.push({ lines });
      fence = '';
    } else lines += 1;
  }
  return { blocks, open, inCode: fence !== '' };
}

/** Rows that are shown, and rows that are counted. */
function rowsOf(markdown: string): number {
  const left = [...markdown.matchAll(/^… and (\d+) more, left out to fit a comment$/gm)].map(([, number]) =>
    Number(number),
  );
  const shown = blocksOf(markdown).blocks.map(({ lines }) => lines);
  return [...shown, ...left].reduce((sum, number) => sum + number, 0);
}

const rowsIn = (found: Diff): number => reportSections(found, false).reduce((sum, { rows }) => sum + rows.length, 0);

test('summary first, then sections to unfold', () => {
  expect(markdownOf(diff(configs(['a']), configs(['b'])))).toBe(
    [
      MARKER,
      '### `HEAD (1234567)` → `main.ts`: 1 of 1 object differs',
      '',
      '| area | changes |',
      '| --- | --- |',
      '| images | - |',
      '| RBAC | - |',
      '| CRDs | - |',
      '| configuration | 1 key in 1 object |',
      '| workloads | - |',
      '| network and mesh | - |',
      '| other | - |',
      '| labels and texts | - |',
      '',
      '<details><summary><b>configuration</b>: 1 key in 1 object</summary>',
      '',
      '```text',
      'ConfigMap n/c0  data.value: "a" → "b"',
      '```',
      '',
      '</details>',
      '',
    ].join('\n'),
  );
});

test('no difference: the summary alone', () => {
  const markdown = markdownOf(diff(configs(['a']), configs(['a'])));
  expect(markdown).toMatch(/no difference/);
  expect(markdown).not.toMatch(/details/);
});

test('a large change is cut with a count, and a small section is kept whole beside it', () => {
  const values = (letter: string) => Array.from({ length: 3000 }, () => letter.repeat(50));
  const found = diff(configs(values('a')), [...configs(values('b')), ...services(3)]);
  const markdown = markdownOf(found);
  expect(markdown.length).toBeLessThanOrEqual(LONGEST_COMMENT);
  expect(markdown.length).toBeGreaterThan(LONGEST_COMMENT - 500);
  expect(markdown.match(/left out to fit a comment/g)).toHaveLength(1);
  expect(blocksOf(markdown).blocks[1]).toEqual({ lines: 3 });
  expect(rowsOf(markdown)).toBe(3003);
});

test('it always fits, no code block or section is left open, and every row is shown or counted', () => {
  const value = fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom('```', '````\n```text', '</details>', '\r\n'));
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 0, max: 1500 }),
      (values, times, others) => {
        const many = Array.from({ length: times }, () => values).flat();
        const found = diff(configs(many), [...configs(many.map((one) => `${one}!`)), ...services(others)]);
        const markdown = markdownOf(found);
        expect(markdown.length).toBeLessThanOrEqual(LONGEST_COMMENT);
        expect(blocksOf(markdown)).toMatchObject({ open: 0, inCode: false });
        expect(rowsOf(markdown)).toBe(rowsIn(found));
      },
    ),
    { numRuns: 40 },
  );
});

test('names cannot break out of the heading', () => {
  const markdown = diffMarkdown([{ sides: { from: '`<b>\n# x', to: 'y'.repeat(1000) }, diff: diff([], []) }]);
  expect(markdown.split('\n')[1]).toMatch(/^### `'<b>\\n# x` → `y{399}…`: /);
});

test('whatever objects are called, they are text in a block of code, and no line is a command', () => {
  const hostile = [
    '::set-env name=A::b',
    '##[add-path]/tmp',
    '</details>',
    '@team',
    '[a](https://b.example)',
    '![](c)',
    '```',
    '|',
    '\n# d',
    '\u202e',
    '\u001b[2J',
  ];
  const name = fc.array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 9 })), {
    minLength: 1,
  });
  const object = (parts: readonly string[]) => ({
    manifest: { apiVersion: 'v1', kind: parts.join(''), metadata: { name: parts.join('') }, spec: parts.join('') },
  });
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
      const found = diff([], names.map(object));
      const markdown = diffMarkdown([{ sides: SIDES, diff: found }]);
      expect(rowsOf(markdown)).toBe(rowsIn(found));
      expect(blocksOf(markdown)).toMatchObject({ open: 0, inCode: false });
      for (const line of markdown.split('\n')) {
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|^\s*::|##\w*\[/u);
      }
    }),
  );
});

test('several environments share one comment', () => {
  const found = diff([], services(2000));
  const sides = ['staging', 'production'].map((name) => ({ ...SIDES, to: `main.ts (${name})` }));
  const markdown = diffMarkdown(sides.map((one) => ({ sides: one, diff: found })));
  expect(markdown.length).toBeLessThanOrEqual(LONGEST_COMMENT);
  expect(markdown.split(MARKER)).toHaveLength(2);
  expect(markdown).toMatch(/^### .*main\.ts \(staging\).*[^]*^### .*main\.ts \(production\)/m);
  expect(rowsOf(markdown)).toBe(2 * rowsIn(found));
  expect(blocksOf(markdown)).toMatchObject({ open: 0, inCode: false });
});
