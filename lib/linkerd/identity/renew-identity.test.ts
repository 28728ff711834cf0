import { rmSync } from 'node:fs';
import { certificatesIn, fingerprint, isSignedBy, validity } from './certificate';
import { newAuthority } from './issue';
import { DEFAULT_LIFETIMES } from './make-identity';
import { renewIssuer, renewWebhooks } from './renew-identity';
import { readTlsSecret } from './secret-file';
import { daysLater, NOW, TemporaryIdentity } from './testing/temporary-identity';
import { WEBHOOK_SERVICES } from './webhook-services';

let identity: TemporaryIdentity;
beforeEach(async () => {
  identity = await TemporaryIdentity.made();
});
afterEach(() => {
  identity.remove();
});

const one = (file: string) => {
  const [certificate] = certificatesIn(identity.read(file));
  if (certificate === undefined) throw new Error(`no certificate in ${file}`);
  return certificate;
};
const changed = (before: Record<string, string>): string[] =>
  Object.entries(identity.contents())
    .filter(([name, text]) => before[name] !== text)
    .map(([name]) => name);
const props = () => ({ folders: identity, lifetimes: DEFAULT_LIFETIMES, now: daysLater(300) });

describe('the issuer', () => {
  test('is of the same anchor; nothing else changes', async () => {
    const before = identity.contents();
    identity.apply(await renewIssuer(props()));
    expect(changed(before)).toEqual(['certs/issuer.pem', 'secrets/linkerd-identity-issuer.yaml']);
    expect(isSignedBy(one('certs/issuer.pem'), one('certs/trust-anchors.pem'))).toBe(true);
    expect(validity(one('certs/issuer.pem')).to).toEqual(daysLater(665));
    const secret = readTlsSecret(identity.read('secrets/linkerd-identity-issuer.yaml'));
    expect(secret?.certificate).toBe(identity.read('certs/issuer.pem'));
  });

  test("is made with the anchor's key from elsewhere, on a machine without secrets", async () => {
    const key = identity.read(identity.named('secrets/keys', 'trust-anchor'));
    identity.write('vault/root.key', key);
    identity.delete('secrets');
    identity.apply(await renewIssuer({ ...props(), authorityKeyFile: identity.path('vault/root.key') }));
    expect(Object.keys(identity.contents()).filter((name) => name.startsWith('secrets'))).toEqual([
      'secrets',
      'secrets/.gitignore',
      'secrets/linkerd-identity-issuer.yaml',
    ]);
  });

  test("without the anchor's key", async () => {
    rmSync(identity.path(identity.named('secrets/keys', 'trust-anchor')));
    await expect(renewIssuer(props())).rejects.toThrow(
      /^secrets\/keys: the key of root\.linkerd\.cluster\.local \(SHA-256 [0-9a-f]{8}…\) is not here: bring it back from where it is kept, or name its file with --authority-key$/,
    );
  });

  test('a folder as the key', async () => {
    await expect(renewIssuer({ ...props(), authorityKeyFile: identity.path('certs') })).rejects.toThrow(
      /certs: is a folder: name the file in it with the private key$/,
    );
  });

  test.each([
    ['no file', undefined, /there is no such file: name the one with the private key$/],
    ['no key', 'hello\n', /holds no private key that can be read: /],
    [
      "another one's key",
      'other',
      /is not the key of root\.linkerd\.cluster\.local \(SHA-256 [0-9a-f]{8}…\): give that one$/,
    ],
  ])('%s as the key', async (_, text, message) => {
    const file = 'given.key';
    const key = text === 'other' ? (await newAuthority('root', { from: NOW, to: daysLater(1) }, 1)).key : text;
    if (key !== undefined) identity.write(file, key);
    const before = identity.contents();
    await expect(renewIssuer({ ...props(), authorityKeyFile: identity.path(file) })).rejects.toThrow(message);
    expect(identity.contents()).toEqual(before);
  });

  test('does not outlive its anchor', async () => {
    await expect(renewIssuer({ ...props(), now: daysLater(3600) })).rejects.toThrow(
      /"1y" ends after that of root\.linkerd\.cluster\.local, on 2039-12-30/,
    );
  });

  test('what does not fit together is not built upon', async () => {
    identity.write('certs/trust-anchors.pem', '');
    await expect(renewIssuer(props())).rejects.toThrow(/^certs\/trust-anchors\.pem: holds no certificate/);
  });
});

describe('the webhooks', () => {
  const servers = WEBHOOK_SERVICES.map(({ service }) => `certs/${service}.pem`);
  const renew = async (newAuthority = false): Promise<void> => {
    identity.apply(await renewWebhooks({ ...props(), newAuthority }));
  };

  test('keep their authority, and identities stay as they are', async () => {
    const before = identity.contents();
    await renew();
    expect(changed(before).sort()).toEqual(
      [...servers, ...WEBHOOK_SERVICES.map(({ secret }) => `secrets/${secret}.yaml`)].sort(),
    );
    for (const file of servers) expect(isSignedBy(one(file), one('certs/webhook-ca.pem'))).toBe(true);
  });

  test('trust no more than the authority before the new one', async () => {
    await renew(true);
    const [second] = certificatesIn(identity.read('certs/webhook-ca.pem')).map(fingerprint);
    await renew(true);
    const all = certificatesIn(identity.read('certs/webhook-ca.pem')).map(fingerprint);
    expect(all).toHaveLength(2);
    expect(all[1]).toBe(second);
  });

  test('get a new authority, beside which the old one is trusted until the next renewal', async () => {
    const old = fingerprint(one('certs/webhook-ca.pem'));
    rmSync(identity.path(identity.named('secrets/keys', 'webhook-ca')));
    await renew(true);
    const both = certificatesIn(identity.read('certs/webhook-ca.pem')).map(fingerprint);
    expect(both).toEqual([expect.not.stringContaining(old) as string, old]);
    for (const file of servers) expect(isSignedBy(one(file), one('certs/webhook-ca.pem'))).toBe(true);

    await renew();
    expect(certificatesIn(identity.read('certs/webhook-ca.pem')).map(fingerprint)).toEqual(both.slice(0, 1));
  });

  test('those of viz are not made where there are none', async () => {
    identity.delete('certs/tap.pem');
    identity.delete('secrets/tap-k8s-tls.yaml');
    await renew();
    expect(Object.keys(identity.contents())).not.toContain('secrets/tap-k8s-tls.yaml');
  });

  test("without the authority's key", async () => {
    rmSync(identity.path(identity.named('secrets/keys', 'webhook-ca')));
    await expect(renew()).rejects.toThrow(/^secrets\/keys: the key of webhook\.linkerd\.cluster\.local /);
  });
});
