import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import fc from 'fast-check';
import { jsonEscape } from '../lib/syntax/visible';
import { keepPrinted } from '../testing/printed';
import { checkCommand } from './check';
import { diffCommand } from './diff';
import { graphCommand } from './graph';
import { printMistakes } from './terminal';

let folder: string;
let printed: () => string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-names-'));
  printed = keepPrinted();
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});

async function said(command: Command, args: readonly string[]): Promise<string> {
  await command.parseAsync([...args], { from: 'user' });
  return printed();
}

/** What a terminal or a CI system would obey, and any characters beside it. */
const name = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\r\n',
        '\u0085',
        '\u2028',
        '::set-env name=A::b',
        '##[add-path]c',
        '##vso[d]',
        '\u001b[2J',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text !== '');

const pod = (text: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: text, namespace: text, labels: { [text]: text }, annotations: { [text]: text } },
  spec: { containers: [{ name: text, image: text, env: [{ name: text, value: text }], [text]: text }] },
});
const strange = (text: string): object => ({ apiVersion: text, kind: text, metadata: { name: text }, [text]: text });

/** In JSON, where what ends a line for some readers is read by all when it is written as an escape. */
const asciiJson = (value: object): string => JSON.stringify(value).replace(/[^\x20-\x7e]/gu, jsonEscape);

/** Runs over a folder, and whether lines may begin as commands of GitHub: they are ours. */
const RUNS: readonly (readonly [string, () => Command, readonly string[], boolean])[] = [
  ...['text', 'json', 'sarif', 'github'].map(
    (format) => [`check -o ${format}`, checkCommand, ['--from', '.', '-o', format], format === 'github'] as const,
  ),
  ...['text', 'json', 'markdown'].map(
    (format) =>
      [`diff -o ${format}`, diffCommand, ['--from', 'before', '--to', '.', '--verbose', '-o', format], false] as const,
  ),
  ...['html', 'svg', 'json', 'dot'].map(
    (format) => [`graph -o ${format}`, graphCommand, ['--from', '.', '-o', format, '--file', '-'], false] as const,
  ),
];

test.each(RUNS)('%s: whatever objects are called, nobody obeys their names', async (_, command, args, isGitHub) => {
  const before = mkdtempSync(join(folder, 'before-'));
  writeFileSync(join(before, 'a.json'), JSON.stringify(pod('a')));
  const places: Readonly<Record<string, string>> = { '.': folder, before };
  await fc.assert(
    fc.asyncProperty(name, async (text) => {
      writeFileSync(join(folder, 'a.json'), asciiJson(pod(text)));
      writeFileSync(join(folder, 'b.json'), asciiJson(strange(text)));
      const lines = (
        await said(
          command(),
          args.map((arg) => places[arg] ?? arg),
        )
      ).split('\n');
      expect(lines.filter((line) => /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(line))).toEqual([]);
      const commands = lines.filter((line) => /^\s*::|##\w*\[/.test(line) && !isStyle(line));
      expect(isGitHub ? commands.filter((line) => !/^::(?:error|warning) file=/.test(line)) : commands).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

/** The page has a style of its own, where `::placeholder` is a part of an input. */
const isStyle = (line: string): boolean => line === '::placeholder {';

test('a mistake is one line', () => {
  printMistakes('error', [{ where: 'a\n::b', message: 'c\n::set-env name=A::b' }]);
  expect(printed()).toBe('error a\\n::b: c\\n::set-env name=A::b\n');
});
