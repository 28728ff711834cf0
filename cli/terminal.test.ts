import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { inert } from '../lib/syntax/inert';
import { shown, styled, table, writeLines } from './terminal';

const TERMINAL = Object.assign(new PassThrough(), { isTTY: true }) as unknown as NodeJS.WriteStream;
const LOG = new PassThrough() as unknown as NodeJS.WriteStream;
const { NO_COLOR } = process.env;

beforeEach(() => {
  delete process.env.NO_COLOR;
});
afterEach(() => {
  if (NO_COLOR !== undefined) process.env.NO_COLOR = NO_COLOR;
});

function written(...lines: string[]): string {
  const stream = new PassThrough();
  writeLines(stream, lines);
  return String(stream.read() ?? '');
}

test.each([
  ['a sequence that a terminal obeys', '\u001b]0;title\u0007\u001b[8m', '\\u001b]0;title\\u0007\\u001b[8m'],
  ['a line of its own', 'reason\n::set-env name=A::b', 'reason\\n::set-env name=A::b'],
  ['a command of GitHub', '::set-env name=A::b', '\\u003a:set-env name=A::b'],
  ['one behind blanks', ' \u00a0::add-mask::a', ' \u00a0\\u003a:add-mask::a'],
  ['one of its old ones, anywhere', 'a ##[add-path]/tmp', 'a \\u0023#[add-path]/tmp'],
  ['one of Azure Pipelines', 'a ##vso[task.setvariable]b', 'a \\u0023#vso[task.setvariable]b'],
  ['a password', 'see http://user:pa@ss@host/', 'see http://(masked)@host/'],
  ['nothing of these', 'a: b ## c [d] ::1', 'a: b ## c [d] ::1'],
])('%s is shown, and not obeyed', (_, text, line) => {
  expect(written(text)).toBe(`${line}\n`);
});

test('a style stands around what is shown, and in no text of others', () => {
  const line = `${styled('red', '\u001b[2J', TERMINAL)} ${styled('bold', 'b', TERMINAL)} \u001b[31m`;
  expect(shown(line)).toBe('\u001b[31m\\u001b[2J\u001b[39m \u001b[1mb\u001b[22m \\u001b[31m');
});

test('without a terminal, and with NO_COLOR, nothing is styled', () => {
  process.env.NO_COLOR = '1';
  expect(styled('red', 'a', TERMINAL)).toBe('a');
  expect(styled('red', 'a', LOG)).toBe('a');
});

test('columns are as wide as what is seen of them', () => {
  const rows = [
    ['A', 'B'],
    [styled('green', 'x', TERMINAL), '1'],
    ['\u001b', '2'],
  ];
  expect(table(rows).map((row) => stripVTControlCharacters(shown(row)))).toEqual([
    'A       B',
    'x       1',
    '\\u001b  2',
  ]);
});

/** Characters that mean something, and any others. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', '\r', '::', '##[', '##vso[', ']', ' ', '\u001b', '\u202e'),
      fc.string({ unit: 'binary' }),
    ),
  )
  .map((parts) => parts.join(''));

test('whatever is printed, each line is one, and no line is obeyed', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), fc.boolean(), (lines, isStyled) => {
      const output = written(...lines.map((line) => (isStyled ? styled('red', line, TERMINAL) + line : line)));
      const seen = output.split('\n').slice(0, -1);
      expect(seen).toHaveLength(lines.length);
      for (const line of seen) {
        const plain = isStyled ? line.replaceAll('\u001b[31m', '').replaceAll('\u001b[39m', '') : line;
        expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(plain).not.toMatch(/^\s*::|##\w*\[/);
      }
    }),
  );
});

test('within JSON a text stays what it is', () => {
  fc.assert(
    fc.property(text, (one) => {
      expect(JSON.parse(inert(JSON.stringify(one)))).toBe(one);
    }),
  );
});
