import { statSync } from 'node:fs';
import { parse } from 'yaml';
import { certificatesIn, isKeyOf, isSignedBy, privateKeyIn } from './certificate';
import { DEFAULT_LIFETIMES, makeIdentity } from './make-identity';
import { readTlsSecret } from './secret-file';
import { NOW, TemporaryIdentity } from './testing/temporary-identity';
import { WEBHOOK_SERVICES } from './webhook-services';

let identity: TemporaryIdentity;
beforeEach(() => {
  identity = new TemporaryIdentity();
});
afterEach(() => {
  identity.remove();
});

const make = async (props: Partial<Parameters<typeof makeIdentity>[0]> = {}) => {
  const change = await makeIdentity({
    folders: identity,
    lifetimes: DEFAULT_LIFETIMES,
    services: WEBHOOK_SERVICES,
    now: NOW,
    ...props,
  });
  identity.apply(change);
  return change;
};

test('public halves, Secrets and keys', async () => {
  await make();
  const names = Object.keys(identity.contents()).map((name) => name.replace(/-[0-9a-f]{8}\.key$/, '-*.key'));
  expect(names).toMatchInlineSnapshot(`
   [
     "certs",
     "certs/issuer.pem",
     "certs/linkerd-policy-validator.pem",
     "certs/linkerd-proxy-injector.pem",
     "certs/linkerd-sp-validator.pem",
     "certs/tap-injector.pem",
     "certs/tap.pem",
     "certs/trust-anchors.pem",
     "certs/webhook-ca.pem",
     "secrets",
     "secrets/.gitignore",
     "secrets/keys",
     "secrets/keys/trust-anchor-*.key",
     "secrets/keys/webhook-ca-*.key",
     "secrets/linkerd-identity-issuer.yaml",
     "secrets/linkerd-policy-validator-k8s-tls.yaml",
     "secrets/linkerd-proxy-injector-k8s-tls.yaml",
     "secrets/linkerd-sp-validator-k8s-tls.yaml",
     "secrets/tap-injector-k8s-tls.yaml",
     "secrets/tap-k8s-tls.yaml",
   ]
  `);
  const open = Object.entries(identity.contents()).filter(([name]) => !name.startsWith('secrets'));
  expect(JSON.stringify(open)).not.toContain('PRIVATE');
});

test('the Secrets are those that Linkerd looks for, and their keys fit', async () => {
  await make();
  const secrets = ['linkerd-identity-issuer', ...WEBHOOK_SERVICES.map(({ secret }) => secret)].map((name) =>
    identity.read(`secrets/${name}.yaml`),
  );
  const said = secrets.map((text) => {
    const { metadata, type, data } = parse(text) as {
      metadata: { namespace: string; name: string };
      type: string;
      data: object;
    };
    return `${metadata.namespace}/${metadata.name} ${type} ${Object.keys(data).join(' ')}`;
  });
  expect(said).toMatchInlineSnapshot(`
   [
     "linkerd/linkerd-identity-issuer kubernetes.io/tls ca.crt tls.crt tls.key",
     "linkerd/linkerd-proxy-injector-k8s-tls kubernetes.io/tls ca.crt tls.crt tls.key",
     "linkerd/linkerd-sp-validator-k8s-tls kubernetes.io/tls ca.crt tls.crt tls.key",
     "linkerd/linkerd-policy-validator-k8s-tls kubernetes.io/tls ca.crt tls.crt tls.key",
     "linkerd-viz/tap-k8s-tls kubernetes.io/tls ca.crt tls.crt tls.key",
     "linkerd-viz/tap-injector-k8s-tls kubernetes.io/tls ca.crt tls.crt tls.key",
   ]
  `);
  for (const text of secrets) {
    const pair = readTlsSecret(text);
    const [certificate] = certificatesIn(pair?.certificate ?? '');
    const key = privateKeyIn(pair?.key ?? '');
    expect(certificate && key && isKeyOf(key, certificate)).toBe(true);
  }
});

test('the webhooks have an authority of their own', async () => {
  await make();
  const [anchor, webhookCa, tap] = ['trust-anchors', 'webhook-ca', 'tap'].map(
    (name) => certificatesIn(identity.read(`certs/${name}.pem`))[0],
  );
  expect(tap && webhookCa && isSignedBy(tap, webhookCa)).toBe(true);
  expect(webhookCa && anchor && isSignedBy(webhookCa, anchor)).toBe(false);
});

test("what is secret is its owner's alone, also in a folder that was open before", async () => {
  identity.write('secrets/.gitignore', '# mine\n*\n');
  await make();
  const mode = (file: string): string => (statSync(identity.path(file)).mode & 0o777).toString(8);
  expect(mode('secrets')).toBe('700');
  expect(mode('secrets/keys')).toBe('700');
  expect(mode('secrets/linkerd-identity-issuer.yaml')).toBe('600');
  expect(mode(identity.named('secrets/keys', 'trust-anchor'))).toBe('600');
  expect(mode('certs/issuer.pem')).toBe('644');
  expect(identity.read('secrets/.gitignore')).toBe('# mine\n*\n');
});

test('git leaves the secrets alone in every repository', async () => {
  await make();
  expect(identity.read('secrets/.gitignore')).toBe('*\n');
});

test('without viz', async () => {
  await make({ services: WEBHOOK_SERVICES.filter(({ namespace }) => namespace === 'linkerd') });
  expect(Object.keys(identity.contents()).filter((name) => name.includes('tap'))).toEqual([]);
});

test('an identity that is there stays as it is', async () => {
  await make();
  const before = identity.contents();
  await expect(make()).rejects.toThrow(
    /^certs: holds an identity already, and only the sample is replaced: .* trust-anchors\.pem, issuer\.pem, .*\nsecrets: /,
  );
  expect(identity.contents()).toEqual(before);
});

test('Secrets of an identity whose certificates are gone stay as well', async () => {
  await make();
  identity.delete('certs');
  await expect(make()).rejects.toThrow(/^secrets: holds an identity already, .* linkerd-identity-issuer\.yaml/);
});

test('all files are written, or none', async () => {
  identity.write('certs/other.txt', 'mine\n');
  identity.write('secrets', 'a file in the place of the folder\n');
  const before = identity.contents();
  await expect(make()).rejects.toThrow(/EEXIST|ENOTDIR/);
  expect(identity.contents()).toEqual(before);
});

test.each([
  [{ anchor: '23h' }, /^lifetime of the trust anchor: "23h" is too short: at least 1d$/],
  [{ issuer: '1 year' }, /^lifetime of the issuer: "1 year" is not a lifetime: /],
  [
    { anchor: '30d', issuer: '31d' },
    /^lifetime of the issuer: "31d" ends after that of root\.linkerd\.cluster\.local, on 2030-01-31: give a shorter one, or a new authority first$/,
  ],
  [
    { webhookCa: '30d', webhook: '1y' },
    /^lifetime of the webhooks' certificates: "1y" ends after that of webhook\.linkerd\.cluster\.local/,
  ],
])('%j is refused', async (lifetimes, message) => {
  await expect(make({ lifetimes: { ...DEFAULT_LIFETIMES, ...lifetimes } })).rejects.toThrow(message);
  expect(identity.contents()).toEqual({});
});
