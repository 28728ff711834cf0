import { certificateBlocks } from './pem';

const block = (body: string): string => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;

test('the certificates of a text, each as it stands there', () => {
  const text = `subject=a\n${block('QQ==')}\n  # another\n${block('  Qg==')}\n-----BEGIN PRIVATE KEY-----\nQw==\n`;
  expect(certificateBlocks(text)).toEqual([block('QQ=='), block('  Qg==')]);
});

test.each([
  [''],
  ['hello'],
  ['-----BEGIN CERTIFICATE-----\nQQ==\n'],
  ['-----END CERTIFICATE-----'],
  [block('no Base64!')],
])('none in %j', (text) => {
  expect(certificateBlocks(text)).toEqual([]);
});
