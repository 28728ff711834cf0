import { ScratchRepository, TRUST_ANCHOR } from './testing/scratch-repository';
import { readTrustAnchors, trustAnchorsProblems } from './trust-anchors';

const P384 = `-----BEGIN CERTIFICATE-----
MIIBwjCCAUigAwIBAgIUSNSlDJelbm8uQtg1C92GHiyTB1cwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMcDM4NC5leGFtcGxlMCAXDTI2MTEyMzE0NTY0NFoYDzIxMjYx
MDMwMTQ1NjQ0WjAXMRUwEwYDVQQDDAxwMzg0LmV4YW1wbGUwdjAQBgcqhkjOPQIB
BgUrgQQAIgNiAATqBlM9kqo44YGWULFR9FFNBz6avy6ET9wjwPh2Vp5GsT0bjWK+
ae3If4qSRj0dWhwM+yEUnD7fKb9GsGXpqO3LvfpvwwknY4Vb1FoCjK9M0ipLVCi9
aaVRa/FekWuEid2jUzBRMB0GA1UdDgQWBBTmTXhR/jC6jUpBdvA2bqHiB/TJwzAf
BgNVHSMEGDAWgBTmTXhR/jC6jUpBdvA2bqHiB/TJwzAPBgNVHRMBAf8EBTADAQH/
MAoGCCqGSM49BAMCA2gAMGUCMFMKBhjzrblQZCGHtTGB9Mg6/jTRIM9FF1nN3A+g
wDCdGKoo1WBR6ZENoNnItxB9oQIxANMeyY8adBHlr9QZFSRUIflz+RAbD7/i+bkf
97Sq3FnSe4qUDIAFmh8brgKbLnAIQA==
-----END CERTIFICATE-----
`;

const LEAF = `-----BEGIN CERTIFICATE-----
MIIBgjCCASigAwIBAgIUP4zDGy9swHKgH8zxsPLoA/stQaIwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMbGVhZi5leGFtcGxlMCAXDTI2MTEyMzE0NTY0NFoYDzIxMjYx
MDMwMTQ1NjQ0WjAXMRUwEwYDVQQDDAxsZWFmLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAS51YFNabJJbtGNQYi5TwrX7AsXmIgC712K0V9oJJ/QG4U3
zPTOwDVCBE1+pTdq+9DjM48ViIw9sOgB4J7SmLnDo1AwTjAdBgNVHQ4EFgQUpr5D
rN+sZBstoc5CKWPZ+I7ufV4wHwYDVR0jBBgwFoAUpr5DrN+sZBstoc5CKWPZ+I7u
fV4wDAYDVR0TAQH/BAIwADAKBggqhkjOPQQDAgNIADBFAiEAoPmfcmIx3E7wl/JW
PiaWaMHkAeUaUHqyXQyPOt4IRGYCIHplacDp4myxYCcmIIlwi/FO7oayKPAMrT+m
QD0QGo4T
-----END CERTIFICATE-----
`;

let repository: ScratchRepository;
beforeEach(() => {
  repository = new ScratchRepository('');
});
afterEach(() => {
  repository.remove();
});

test('are the certificates of a file, without what stands around them', () => {
  const file = repository.write('ca.crt', `Issuer: me\n${TRUST_ANCHOR}\n\n# the next one\n${TRUST_ANCHOR}`);
  expect(readTrustAnchors(file)).toBe(TRUST_ANCHOR + TRUST_ANCHOR);
});

test('what is wrong is told of what the text is to hold', () => {
  expect(trustAnchorsProblems('', 'the CA')).toEqual(['holds no certificate: give the CA in PEM']);
});

test.each([
  ['no certificate', 'hello', 'holds no certificate: give the trust anchors in PEM'],
  [
    'a private key',
    `${TRUST_ANCHOR}-----BEGIN EC PRIVATE KEY-----\n`,
    'holds a private key, which must not be rendered: leave only certificates in it',
  ],
  ['another curve', P384, 'certificate 1 has a key of secp384r1: Linkerd takes ECDSA P-256 only'],
  [
    'no authority',
    TRUST_ANCHOR + LEAF,
    'certificate 2 is not of a certificate authority: it needs the basic constraint CA',
  ],
  [
    'a broken certificate',
    TRUST_ANCHOR.replace('MIIB', 'AAAA'),
    'certificate 1 cannot be read: give it in PEM, as it was issued',
  ],
])('%s is a mistake', (_, text, message) => {
  const file = repository.write('ca.crt', text);
  expect(() => readTrustAnchors(file)).toThrow(`${file}: ${message}`);
});

test('a file that is not there is a mistake', () => {
  expect(() => readTrustAnchors('/nowhere.pem')).toThrow('/nowhere.pem: cannot be read: ENOENT');
});
