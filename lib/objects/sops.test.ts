import { isCiphertext, isEncrypted } from './sops';

const ENC = 'ENC[AES256_GCM,data:Zm9v,iv:AAAA,tag:AAAA,type:str]';

test.each([
  [ENC, true],
  [ENC.replace('Zm9v', ''), true],
  [`${ENC} `, false],
  ['ENC[AES256_GCM,data:Zm9v]', false],
  [5, false],
])('%j is a ciphertext: %s', (value, expected) => {
  expect(isCiphertext(value)).toBe(expected);
});

test.each([
  [{ sops: { mac: ENC } }, true],
  [{ sops: { mac: 'a' } }, false],
  [{ sops: {} }, false],
  [{ sops: null }, false],
  [{ data: { a: ENC } }, false],
  [null, false],
])('%j is encrypted: %s', (document, expected) => {
  expect(isEncrypted(document)).toBe(expected);
});
