import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { testWith } from '../../../testing/requirements';
import { keyProblem } from '../../objects/certificate-authority';
import { certificatesIn, isKeyOf, isSignedBy, privateKeyIn, validity } from './certificate';
import type { KeyPair } from './issue';
import { newAuthority, newIntermediate, newServerCertificate } from './issue';
import { TemporaryIdentity, NOW, daysLater } from './testing/temporary-identity';

const VALID = { from: NOW, to: daysLater(100) };
const certificateOf = ({ certificate }: KeyPair) => {
  const [found] = certificatesIn(certificate);
  if (found === undefined) throw new Error('no certificate');
  return found;
};

test('an issuer is below its anchor, and each has the key that comes with it', async () => {
  const anchor = await newAuthority('root', VALID, 1);
  const issuer = await newIntermediate('issuer', VALID, anchor);
  expect(isSignedBy(certificateOf(issuer), certificateOf(anchor))).toBe(true);
  for (const pair of [anchor, issuer]) {
    const key = privateKeyIn(pair.key);
    expect(key !== undefined && isKeyOf(key, certificateOf(pair))).toBe(true);
    expect(keyProblem(certificateOf(pair))).toBeUndefined();
    expect(certificateOf(pair).ca).toBe(true);
    expect(pair.key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  }
});

test('two certificates of one name have other keys and serial numbers', async () => {
  const [one, other] = [await newAuthority('root', VALID, 1), await newAuthority('root', VALID, 1)];
  expect(isSignedBy(certificateOf(one), certificateOf(other))).toBe(false);
  expect(certificateOf(one).serialNumber).not.toBe(certificateOf(other).serialNumber);
});

test('validity comes back to the second, before and after 2050, when certificates change how they write dates', async () => {
  const authority = await newAuthority('root', { from: NOW, to: new Date('2200-01-01T00:00:00Z') }, 1);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 4_000_000_000 }),
      fc.integer({ min: 1, max: 1_000_000_000 }),
      async (begin, lifetime) => {
        const from = new Date(NOW.getTime() + begin * 1000);
        const to = new Date(from.getTime() + lifetime * 1000);
        const server = await newServerCertificate('a.b.svc', { from, to }, authority);
        expect(validity(certificateOf(server))).toEqual({ from, to });
      },
    ),
    { numRuns: 30 },
  );
});

/** What openssl answers; a failure is told by its words. */
function openssl(...args: string[]): string {
  const { stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  return `${stdout}${stderr}`.replaceAll(/ +$/gm, '').trim();
}

describe('openssl', () => {
  let identity: TemporaryIdentity;
  let anchors: string;
  let issuer: string;
  let webhookCa: string;
  let tap: string;
  const at = (days: number): string => String(daysLater(days).getTime() / 1000);

  beforeAll(async () => {
    identity = await TemporaryIdentity.made();
    [anchors = '', issuer = '', webhookCa = '', tap = ''] = ['trust-anchors', 'issuer', 'webhook-ca', 'tap'].map(
      (name) => identity.path(`certs/${name}.pem`),
    );
  });
  afterAll(() => {
    identity.remove();
  });

  testWith('openssl')('the issuer is of the anchor and may sign, with no authority below it', async () => {
    expect(openssl('verify', '-x509_strict', '-attime', at(1), '-CAfile', anchors, issuer)).toBe(`${issuer}: OK`);
    expect(
      openssl(
        'x509',
        '-in',
        issuer,
        '-noout',
        '-nameopt',
        'RFC2253',
        '-subject',
        '-issuer',
        '-ext',
        'basicConstraints,keyUsage',
      ),
    ).toMatchInlineSnapshot(`
     "subject=CN=identity.linkerd.cluster.local
     issuer=CN=root.linkerd.cluster.local
     X509v3 Basic Constraints: critical
         CA:TRUE, pathlen:0
     X509v3 Key Usage: critical
         Certificate Sign, CRL Sign"
    `);
    const pair = { certificate: identity.read('certs/issuer.pem'), key: keyOfIssuer() };
    const below = await newIntermediate('below', VALID, pair);
    const proxy = await newServerCertificate('proxy', VALID, pair);
    identity.write('below.pem', below.certificate);
    identity.write('proxy.pem', proxy.certificate);
    identity.write('proxy-of-below.pem', (await newServerCertificate('proxy', VALID, below)).certificate);
    const verify = (untrusted: string, file: string): string =>
      openssl(
        'verify',
        '-attime',
        at(1),
        '-CAfile',
        anchors,
        '-untrusted',
        untrusted,
        '-purpose',
        'sslserver',
        identity.path(file),
      );
    expect(verify(issuer, 'proxy.pem')).toMatch(/proxy\.pem: OK$/);
    identity.write('chain.pem', `${pair.certificate}${below.certificate}`);
    expect(verify(identity.path('chain.pem'), 'proxy-of-below.pem')).toContain('path length constraint exceeded');
  });

  const keyOfIssuer = (): string => {
    const [, base64 = ''] = /tls\.key: (\S+)/.exec(identity.read('secrets/linkerd-identity-issuer.yaml')) ?? [];
    return Buffer.from(base64, 'base64').toString('utf8');
  };

  testWith('openssl')('the anchor signs itself', () => {
    expect(openssl('verify', '-x509_strict', '-attime', at(1), '-CAfile', anchors, anchors)).toBe(`${anchors}: OK`);
    expect(
      openssl(
        'x509',
        '-in',
        anchors,
        '-noout',
        '-nameopt',
        'RFC2253',
        '-subject',
        '-issuer',
        '-ext',
        'basicConstraints,keyUsage',
      ),
    ).toMatchInlineSnapshot(`
     "subject=CN=root.linkerd.cluster.local
     issuer=CN=root.linkerd.cluster.local
     X509v3 Basic Constraints: critical
         CA:TRUE, pathlen:1
     X509v3 Key Usage: critical
         Certificate Sign, CRL Sign"
    `);
  });

  testWith('openssl')('a webhook is a server of one name, of the authority of the webhooks alone', () => {
    const verify = (...args: string[]): string => openssl('verify', '-x509_strict', '-attime', at(1), ...args, tap);
    const server = ['-CAfile', webhookCa, '-purpose', 'sslserver', '-verify_hostname'];
    expect(verify(...server, 'tap.linkerd-viz.svc')).toBe(`${tap}: OK`);
    expect(verify(...server, 'tap-injector.linkerd-viz.svc')).toContain('hostname mismatch');
    expect(verify('-CAfile', webhookCa, '-purpose', 'sslclient')).toContain('unsuitable certificate purpose');
    expect(verify('-CAfile', anchors, '-purpose', 'sslserver')).toContain('unable to get local issuer certificate');
    expect(
      openssl(
        'x509',
        '-in',
        tap,
        '-noout',
        '-nameopt',
        'RFC2253',
        '-subject',
        '-issuer',
        '-ext',
        'basicConstraints,keyUsage,extendedKeyUsage,subjectAltName',
      ),
    ).toMatchInlineSnapshot(`
     "subject=CN=tap.linkerd-viz.svc
     issuer=CN=webhook.linkerd.cluster.local
     X509v3 Basic Constraints: critical
         CA:FALSE
     X509v3 Key Usage: critical
         Digital Signature
     X509v3 Extended Key Usage:
         TLS Web Server Authentication
     X509v3 Subject Alternative Name:
         DNS:tap.linkerd-viz.svc"
    `);
  });

  testWith('openssl')('each is valid for its lifetime', () => {
    const verify = (days: number, ca: string, file: string): string =>
      openssl('verify', '-attime', at(days), '-CAfile', ca, file);
    expect(verify(364, anchors, issuer)).toMatch(/: OK$/);
    expect(verify(366, anchors, issuer)).toContain('certificate has expired');
    expect(verify(-1, anchors, issuer)).toContain('certificate is not yet valid');
    expect(verify(3649, anchors, anchors)).toMatch(/: OK$/);
    expect(verify(3651, anchors, anchors)).toContain('certificate has expired');
    expect(verify(366, webhookCa, tap)).toContain('certificate has expired');
  });

  testWith('openssl')(
    'an anchor that another program made can sign, also one that names its key in its own way',
    () => {
      const [key, certificate] = [identity.path('foreign.key'), identity.path('foreign.pem')];
      const made = openssl(
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-utf8'],
        ...['-subj', '/O=Müller/CN=root.linkerd.cluster.local', '-keyout', key, '-out', certificate],
        ...['-addext', 'subjectKeyIdentifier=010203', '-addext', 'authorityKeyIdentifier=none'],
        ...['-addext', 'keyUsage=critical,keyCertSign'],
      );
      expect(made).not.toContain('rror');
      const now = new Date();
      const valid = { from: now, to: new Date(now.getTime() + 86_400_000) };
      const anchor = { certificate: identity.read('foreign.pem'), key: identity.read('foreign.key') };
      return newIntermediate('issuer', valid, anchor).then((pair) => {
        identity.write('of-foreign.pem', pair.certificate);
        expect(openssl('verify', '-x509_strict', '-CAfile', certificate, identity.path('of-foreign.pem'))).toMatch(
          /: OK$/,
        );
      });
    },
  );
});
