import { createPrivateKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fingerprint, toPem } from './certificate';
import { newAuthority, newIntermediate } from './issue';
import { anchorOf, PUBLIC_FILES, readPublicCertificates, trustOf } from './public-certificates';
import { BAD_AUTHORITIES } from './testing/bad-certificates';
import { daysLater, NOW, TemporaryIdentity } from './testing/temporary-identity';

const VALID = { from: NOW, to: daysLater(100) };
const ANCHORS = 'certs/trust-anchors.pem';
const ISSUER = 'certs/issuer.pem';

let identity: TemporaryIdentity;
beforeEach(async () => {
  identity = await TemporaryIdentity.made();
});
afterEach(() => {
  identity.remove();
});

const read = () => readPublicCertificates(identity.path('certs'));
const certificates = () => {
  const { certificates: found, problems } = read();
  if (found === undefined) throw new Error(problems.map(({ problem }) => problem).join());
  return found;
};

test('what the platform is rendered with: certificates alone, one after the other', async () => {
  const other = (await newAuthority('root.linkerd.cluster.local', VALID, 1)).certificate;
  identity.write(ANCHORS, `\nsubject=CN=root\n${identity.read(ANCHORS).trim()}   \r\n\n# another\n${other}`);
  const { trustAnchors, webhookCaBundle } = trustOf(certificates());
  expect(trustAnchors).toMatch(/^(-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n){2}$/);
  expect(webhookCaBundle).toBe(identity.read('certs/webhook-ca.pem'));
});

test.each([1, 2, 300])('an anchor of path length %d', async (pathLength) => {
  const anchor = await newAuthority('root.linkerd.cluster.local', VALID, pathLength);
  identity.write(ANCHORS, anchor.certificate);
  identity.write(ISSUER, (await newIntermediate('identity.linkerd.cluster.local', VALID, anchor)).certificate);
  expect(read().problems).toEqual([]);
});

test('an anchor that is the issuer itself, with no authority below it', async () => {
  const { certificate } = await newAuthority('root.linkerd.cluster.local', VALID, 0);
  identity.write(ANCHORS, certificate);
  identity.write(ISSUER, certificate);
  expect(read().problems).toEqual([]);
});

test('the anchor of the issuer is found wherever it stands', async () => {
  const own = fingerprint(anchorOf(certificates()));
  const other = await newAuthority('root.linkerd.cluster.local', VALID, 1);
  identity.write(ANCHORS, `${other.certificate}${identity.read(ANCHORS)}`);
  expect(fingerprint(anchorOf(certificates()))).toBe(own);
});

describe('bad input', () => {
  const AUTHORITIES = [PUBLIC_FILES.trustAnchors, PUBLIC_FILES.webhookCa, PUBLIC_FILES.issuer];
  const WORDS = {
    'of no authority': /is not of a certificate authority: /,
    'of ECDSA P-384': /has a key of secp384r1: Linkerd takes ECDSA P-256 only$/,
    'that may not sign': /may not sign certificates: its key usage needs keyCertSign$/,
    'of RSA': /has a key of rsa: Linkerd takes ECDSA P-256 only$/,
  } as const;

  test.each(
    AUTHORITIES.flatMap((file) => Object.entries(BAD_AUTHORITIES).map(([kind, make]) => ({ file, kind, make }))),
  )('$file: a certificate $kind', async ({ file, kind, make }) => {
    identity.write(`certs/${file}`, await make('bad'));
    const { certificates: none, problems } = read();
    expect(none).toBeUndefined();
    expect(problems).toEqual([{ file, problem: expect.stringMatching(WORDS[kind as keyof typeof WORDS]) as string }]);
  });

  test.each(AUTHORITIES)('%s: no PEM at all, half a certificate, no file', (file) => {
    identity.write(`certs/${file}`, 'hello\n');
    expect(read().problems).toEqual([{ file, problem: expect.stringMatching(/^holds no certificate: /) as string }]);
    identity.write(`certs/${file}`, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    expect(read().problems).toEqual([
      { file, problem: expect.stringMatching(/cannot be read: give it|cannot be read: give the/) as string },
    ]);
    identity.delete(`certs/${file}`);
    expect(read().problems).toEqual([{ file, problem: 'there is no such file: make it with npm run certs' }]);
  });

  test('an issuer that another anchor of the same name signed', async () => {
    const other = await newAuthority('root.linkerd.cluster.local', VALID, 1);
    identity.write(ISSUER, (await newIntermediate('identity.linkerd.cluster.local', VALID, other)).certificate);
    expect(read().problems).toEqual([
      {
        file: 'issuer.pem',
        problem: expect.stringMatching(/^is signed by no certificate of trust-anchors\.pem: /) as string,
      },
    ]);
  });

  test('a bundle without the anchor of the issuer', async () => {
    identity.write(ANCHORS, (await newAuthority('root.linkerd.cluster.local', VALID, 1)).certificate);
    expect(read().problems).toEqual([
      {
        file: 'issuer.pem',
        problem: expect.stringMatching(/put the anchor that signed it there, or renew the issuer$/) as string,
      },
    ]);
  });

  test('a trust anchor below which no issuer may be', async () => {
    const anchor = await newAuthority('root.linkerd.cluster.local', VALID, 0);
    const issuer = await newIntermediate('identity.linkerd.cluster.local', VALID, anchor);
    const old = identity.read(ANCHORS);
    identity.write(ANCHORS, `${old}${anchor.certificate}`);
    const problem =
      'certificate 2 has the path length 0, so that no issuer may stand below it: give an anchor with 1 or more, or without a path length';
    expect(read().problems).toEqual([{ file: PUBLIC_FILES.trustAnchors, problem }]);
    identity.write(ISSUER, issuer.certificate);
    expect(read().problems).toEqual([{ file: PUBLIC_FILES.trustAnchors, problem }]);
  });

  test('what is wrong is told of what the file holds', () => {
    for (const file of AUTHORITIES) identity.write(`certs/${file}`, 'hello\n');
    expect(read().problems.map(({ problem }) => problem)).toEqual([
      'holds no certificate: give the trust anchors in PEM',
      "holds no certificate: give the issuer's in PEM",
      "holds no certificate: give the authority of the webhooks' certificates in PEM",
    ]);
  });

  test('a private key in DER, alone or within', () => {
    const pem = identity.read(identity.named('secrets/keys', 'trust-anchor'));
    for (const type of ['pkcs8', 'sec1'] as const) {
      writeFileSync(identity.path(`certs/${type}.der`), createPrivateKey(pem).export({ format: 'der', type }));
    }
    expect(read().problems.map(({ file }) => file)).toEqual(['pkcs8.der', 'sec1.der']);
  });

  test('a chain in place of the issuer', () => {
    identity.write(ISSUER, `${identity.read(ISSUER)}${identity.read(ANCHORS)}`);
    expect(read().problems).toEqual([{ file: 'issuer.pem', problem: "holds 2 certificates: leave only the issuer's" }]);
  });

  test('a private key beside a certificate, in a file of its own, or in a Secret', () => {
    const key = identity.read(identity.named('secrets/keys', 'trust-anchor'));
    identity.write(ISSUER, `${identity.read(ISSUER)}${key}`);
    identity.write('certs/keys/root.key', key);
    identity.write('certs/issuer.yaml', identity.read('secrets/linkerd-identity-issuer.yaml'));
    expect(read().problems.map(({ file }) => file)).toEqual(['issuer.pem', 'issuer.yaml', 'keys/root.key']);
    for (const { problem } of read().problems)
      expect(problem).toMatch(/^holds a private key, and this folder is committed: /);
  });

  test('all at once', async () => {
    identity.write(ANCHORS, toPem([]));
    identity.write(ISSUER, await BAD_AUTHORITIES['of RSA']('bad'));
    identity.delete('certs/webhook-ca.pem');
    expect(read().problems.map(({ file }) => file)).toEqual(['trust-anchors.pem', 'issuer.pem', 'webhook-ca.pem']);
  });
});
