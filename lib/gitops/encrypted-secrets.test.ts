import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unencryptedSecrets } from './encrypted-secrets';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: one\nstringData:\n  a: ENC[AES256_GCM,data:xyz]\n';
const SOPS = 'sops:\n  mac: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]\n';
const KEY = '-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n';

const found = (name: string, text: string): boolean => {
  mkdirSync(join(folder, 'more'), { recursive: true });
  writeFileSync(join(folder, name), text);
  return unencryptedSecrets(folder).length > 0;
};

test.each([
  ['a Secret', 'one.yaml', SECRET],
  ['a Secret of a folder below', 'more/one.yml', SECRET],
  ['one of two Secrets', 'one.yaml', `${SECRET}${SOPS}---\n${SECRET}`],
  ['an item of a List', 'one.yaml', 'apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Secret}\n'],
  ['a Secret with a field sops', 'one.yaml', `${SECRET}sops: {}\n`],
  ['a Secret in JSON', 'one.json', '{"apiVersion":"v1","kind":"Secret"}'],
  ['a private key', 'one.key', KEY],
  ['a Secret that only some readers see', 'one.yaml', `kind: A\n# no\u2028kind: Secret\n`],
])('%s that is not encrypted', (_, name, text) => {
  expect(found(name, text)).toBe(true);
});

test.each([
  ['an encrypted Secret', 'one.yaml', `${SECRET}${SOPS}`],
  ['another object', 'one.yaml', 'apiVersion: v1\nkind: ConfigMap\n'],
  ['an empty file', 'one.yaml', ''],
  ['a note', 'README.md', 'kind: Secret\n'],
])('%s is fine', (_, name, text) => {
  expect(found(name, text)).toBe(false);
});

test('a folder that is not there holds nothing', () => {
  expect(unencryptedSecrets(join(folder, 'none'))).toEqual([]);
});
