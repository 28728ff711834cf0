import { OTHER_AUTHORITY, TRUST_ANCHORS } from './testing/certificates';
import { caBundle, foreignTrust, TRUST_ROOT_ANNOTATION, trimmedPem, trustRootSha256 } from './trust-root';

const indented = (pem: string): string => pem.replace(/^/gm, '    ');
const trust = { trustAnchors: TRUST_ANCHORS, webhookCaBundle: TRUST_ANCHORS };

test('blanks around the certificates make no difference', () => {
  for (const pem of [TRUST_ANCHORS, TRUST_ANCHORS.trim(), `\n${TRUST_ANCHORS}\n`]) {
    expect(trimmedPem(pem)).toBe(TRUST_ANCHORS.trim());
    expect(caBundle(pem)).toBe(Buffer.from(TRUST_ANCHORS.trim()).toString('base64'));
    expect(trustRootSha256(pem)).toBe(trustRootSha256(TRUST_ANCHORS));
  }
  expect(trustRootSha256('a')).toBe('87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7');
});

test.each([
  ['its own certificate', { data: { 'ca.crt': TRUST_ANCHORS } }],
  ['its own certificate, indented', { values: `anchors: |\n${indented(TRUST_ANCHORS)}` }],
  ['its own bundle', [{ clientConfig: { caBundle: caBundle(TRUST_ANCHORS) } }]],
  ['its own sum', { annotations: { [TRUST_ROOT_ANNOTATION]: trustRootSha256(TRUST_ANCHORS) } }],
  ['no certificate', { a: [null, 1, true, 'text'] }],
])('%s is not foreign', (_, value) => {
  expect(foreignTrust(value, trust)).toBeUndefined();
});

test.each([
  ['a certificate', { data: { 'ca.crt': OTHER_AUTHORITY } }, 'ca.crt holds a certificate that is not of the platform'],
  [
    'a certificate beside its own',
    { values: indented(TRUST_ANCHORS + OTHER_AUTHORITY) },
    'values holds a certificate that is not of the platform',
  ],
  ['a bundle', { caBundle: [caBundle(OTHER_AUTHORITY)] }, 'caBundle holds a certificate that is not of the platform'],
  [
    'a sum',
    { [TRUST_ROOT_ANNOTATION]: trustRootSha256(OTHER_AUTHORITY) },
    `${TRUST_ROOT_ANNOTATION} is not of the platform's trust anchors`,
  ],
])("%s of someone else's is foreign", (_, value, message) => {
  expect(foreignTrust(value, trust)).toBe(message);
});

test("the webhooks' CA is the platform's too", () => {
  const value = { caBundle: caBundle(OTHER_AUTHORITY) };
  expect(foreignTrust(value, { trustAnchors: TRUST_ANCHORS, webhookCaBundle: OTHER_AUTHORITY })).toBeUndefined();
});
