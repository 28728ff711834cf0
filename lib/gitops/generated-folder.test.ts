import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DistChanges } from '../render/dist';
import type { RenderedFile } from '../render/files';
import { compareGenerated, generatedBy, writeGenerated } from './generated-folder';

const LINE = generatedBy('npm run flux');
const file = (name: string, text = 'a: 1\n') => ({ name, text: LINE + text });

let folder: string;
const write = (files: readonly RenderedFile[]): DistChanges | undefined => writeGenerated([{ folder, files }], LINE)[0];

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'knitmesh-')), 'flux');
});
afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true });
});

test('writes what is new or different, and removes what is no longer generated with its folder', () => {
  const before = [file('a.yaml'), file('10-crds/b.yaml'), file('20-linkerd/c.yaml')];
  expect(write(before)).toMatchObject({ written: before.map(({ name }) => name), removed: [] });
  const after = [file('a.yaml'), file('10-crds/b.yaml', 'b: 2\n')];
  const changes = { written: ['10-crds/b.yaml'], unchanged: ['a.yaml'], removed: ['20-linkerd/c.yaml'] };
  expect(compareGenerated(folder, after, LINE)).toEqual(changes);
  expect(existsSync(join(folder, '20-linkerd', 'c.yaml'))).toBe(true);
  expect(write(after)).toEqual(changes);
  expect(readdirSync(folder).sort()).toEqual(['10-crds', 'a.yaml']);
  expect(readFileSync(join(folder, '10-crds', 'b.yaml'), 'utf8')).toBe(`${LINE}b: 2\n`);
});

test('leaves files of the user alone, also beside one that goes', () => {
  write([file('10-crds/b.yaml')]);
  for (const name of ['mine.yaml', '10-crds/mine.yaml']) writeFileSync(join(folder, name), 'mine: true\n');
  expect(write([file('a.yaml')])?.removed).toEqual(['10-crds/b.yaml']);
  expect(readFileSync(join(folder, '10-crds', 'mine.yaml'), 'utf8')).toBe('mine: true\n');
  expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).toBe('mine: true\n');
});

test('a file of the user where one is to be written is a mistake, and nothing is written', () => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'b.yaml'), 'mine: true\n');
  expect(() => write([file('a.yaml'), file('b.yaml')])).toThrow(
    /b\.yaml: is a file of yours where one is to be written: move it away/,
  );
  expect(readdirSync(folder)).toEqual(['b.yaml']);
});
