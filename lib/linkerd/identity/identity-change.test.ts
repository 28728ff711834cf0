import { readdirSync } from 'node:fs';
import { filesOf, writeChange } from './identity-change';
import { TemporaryIdentity } from './testing/temporary-identity';

let folders: TemporaryIdentity;
beforeEach(() => {
  folders = new TemporaryIdentity();
  folders.write('certs/a.pem', 'old a\n');
  folders.write('certs/b.pem', 'old b\n');
});
afterEach(() => {
  folders.remove();
});

test('files are written, replaced and removed, and nothing is left beside them', () => {
  const change = {
    certs: [{ file: 'a.pem', text: 'new a\n' }],
    secrets: [{ file: 'keys/a.key', text: 'key\n' }],
    removed: ['b.pem', 'none.pem'],
    next: [],
  };
  writeChange(change, folders);
  expect(folders.contents()).toEqual({
    certs: '',
    'certs/a.pem': 'new a\n',
    secrets: '',
    'secrets/.gitignore': '*\n',
    'secrets/keys': '',
    'secrets/keys/a.key': 'key\n',
  });
  expect(filesOf(change, folders)).toEqual(['certs/a.pem', 'secrets/keys/a.key']);
});

test('no folder for secrets is made where there are none', () => {
  writeChange({ certs: [{ file: 'a.pem', text: 'new a\n' }], secrets: [], next: [] }, folders);
  expect(readdirSync(folders.root)).toEqual(['certs']);
});

test('what was replaced before something went wrong comes back', () => {
  // Where the removed file is put aside, a folder is in the way.
  folders.write(`certs/b.pem.${process.pid}.before/in-the-way`, '');
  const before = folders.contents();
  const change = {
    certs: [{ file: 'a.pem', text: 'new a\n' }],
    secrets: [{ file: 'keys/a.key', text: 'key\n' }],
    removed: ['b.pem'],
    next: [],
  };
  expect(() => writeChange(change, folders)).toThrow(/EISDIR/);
  expect(folders.contents()).toEqual(before);
});
