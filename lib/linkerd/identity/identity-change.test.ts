import { mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { filesOf, writeChange } from './identity-change';
import type { IdentityFolders } from './identity-folders';
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
  folders.write(`certs/.b.pem.${process.pid}.before/in-the-way`, '');
  const before = folders.contents();
  const change = {
    certs: [{ file: 'a.pem', text: 'new a\n' }],
    secrets: [{ file: 'keys/a.key', text: 'key\n' }],
    removed: ['b.pem'],
    next: [],
  };
  expect(() => writeChange(change, folders)).toThrow(
    /^cannot remove \S+\/certs\/b\.pem: illegal operation on a directory$/,
  );
  expect(folders.contents()).toEqual(before);
});

describe('where secrets go', () => {
  const secret = { certs: [], secrets: [{ file: 'keys/a.key', text: 'key\n' }], next: [] };

  test('a folder outside the project, by its whole path', () => {
    const elsewhere = new TemporaryIdentity();
    try {
      writeChange(secret, { ...where(), secrets: elsewhere.path('vault') });
      expect(elsewhere.read('vault/keys/a.key')).toBe('key\n');
      expect(readdirSync(folders.root)).toEqual(['certs']);
    } finally {
      elsewhere.remove();
    }
  });

  test.each([
    ['.', 'certs', /^\.: has the project in it, .*: name a folder of their own with --secrets$/],
    ['..', 'certs', /^\.\.: has the project in it, /],
    ['certs', 'certs', /^certs: is the folder of the certificates, which is committed: /],
    ['./certs/', 'certs', /is the folder of the certificates/],
    ['certs/secrets', 'certs', /^certs\/secrets: is in the folder of the certificates, which is committed: /],
    ['keys', 'keys/certs', /^keys: has the folder of the certificates in it, which is committed: /],
    ['link', 'certs', /^link: is the folder of the certificates/],
    ['link/deep', 'certs', /^link\/deep: is in the folder of the certificates/],
  ])('not %s, with the certificates in %s', (secrets, certs, message) => {
    symlinkSync(folders.path('certs'), folders.path('link'));
    const [before, mode] = [folders.contents(), statSync(folders.root).mode];
    expect(() => {
      writeChange(secret, { root: folders.root, certs, secrets });
    }).toThrow(message);
    expect(folders.contents()).toEqual(before);
    expect(statSync(folders.root).mode).toBe(mode);
  });

  test.each([['*\n'], ['# nothing of this\n/*  \n'], ['*\n!.gitignore\n'], ['*.key\r\n*\r\n']])(
    'a folder whose .gitignore is %j',
    (text) => {
      folders.write('secrets/.gitignore', text);
      writeChange(secret, where());
      expect(folders.contents()).toMatchObject({ 'secrets/.gitignore': text, 'secrets/keys/a.key': 'key\n' });
    },
  );

  test.each([[''], ['node_modules/\n'], ['#*\n'], ['*\n!keys\n'], ['*.yaml\n']])(
    'not a folder whose .gitignore is %j',
    (text) => {
      folders.write('secrets/.gitignore', text);
      const before = folders.contents();
      expect(() => {
        writeChange(secret, where());
      }).toThrow(/^secrets\/\.gitignore: does not keep all of the folder out of git: /);
      expect(folders.contents()).toEqual(before);
    },
  );

  test('not a folder whose .gitignore is none', () => {
    mkdirSync(folders.path('secrets/.gitignore'), { recursive: true });
    expect(() => {
      writeChange(secret, where());
    }).toThrow(/^secrets\/\.gitignore: does not keep /);
  });

  const where = (): IdentityFolders => ({ root: folders.root, certs: folders.certs, secrets: folders.secrets });
});
