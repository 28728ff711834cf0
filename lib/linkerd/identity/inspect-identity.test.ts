import { inspectIdentity } from './inspect-identity';
import { newAuthority, newServerCertificate } from './issue';
import { DEFAULT_LIFETIMES } from './make-identity';
import { renewIssuer, renewWebhooks } from './renew-identity';
import { rotateAnchor } from './rotate-anchor';
import { BAD_AUTHORITIES } from './testing/bad-certificates';
import { daysLater, NOW, TemporaryIdentity } from './testing/temporary-identity';

const DAY = 86_400_000;

let identity: TemporaryIdentity;
beforeEach(async () => {
  identity = await TemporaryIdentity.made();
});
afterEach(() => {
  identity.remove();
});

const inspect = (now = daysLater(1), days = 30) => inspectIdentity(identity, now, days * DAY);
const problems = (now?: Date, days?: number): string[] =>
  inspect(now, days).problems.map(({ where, message }) => `${where}: ${message}`);
const states = (now: Date): Record<string, string> =>
  Object.fromEntries(inspect(now).certificates.map(({ file, state, days }) => [file, `${state}, ${days}`]));

test('what expires when', () => {
  const { certificates, rotation } = inspect();
  expect(problems()).toEqual([]);
  expect(rotation).toBe('settled');
  expect(
    certificates.map(({ file, name, from, to, days, state }) => [file, name, from, to, days, state]),
  ).toMatchSnapshot();
});

test('on another day', () => {
  expect(states(daysLater(340))).toMatchObject({
    'certs/issuer.pem': 'expires soon, 25',
    'certs/trust-anchors.pem': 'valid, 3310',
  });
  expect(states(daysLater(366))).toMatchObject({ 'certs/issuer.pem': 'expired, -1', 'certs/tap.pem': 'expired, -1' });
  expect(states(daysLater(-1))).toMatchObject({ 'certs/trust-anchors.pem': 'not yet valid, 3651' });
  expect(problems(daysLater(340), 25)).not.toEqual([]);
  expect(problems(daysLater(340), 24)).toEqual([]);
  expect(problems(daysLater(366))).toContain(
    'certs/issuer.pem: identity.linkerd.cluster.local is expired: npm run certs -- renew-issuer',
  );
  expect(problems(daysLater(3640))).toEqual(
    expect.arrayContaining([
      'certs/trust-anchors.pem: root.linkerd.cluster.local expires in 10 days: npm run certs -- rotate-anchor --step add',
      'certs/webhook-ca.pem: webhook.linkerd.cluster.local expires in 10 days: npm run certs -- renew-webhooks --new-webhook-ca',
      'certs/tap.pem: tap.linkerd-viz.svc is expired: npm run certs -- renew-webhooks',
    ]),
  );
  expect(problems(daysLater(-1))[0]).toBe(
    'certs/trust-anchors.pem: root.linkerd.cluster.local is not yet valid: set the clock right, or wait',
  );
});

test('of two trust anchors or authorities of the webhooks', async () => {
  const settings = { folders: identity, lifetimes: DEFAULT_LIFETIMES, cluster: undefined };
  identity.apply(await rotateAnchor('add', { ...settings, now: daysLater(3640) }));
  expect(problems(daysLater(3640))).toContain(
    'certs/trust-anchors.pem: root.linkerd.cluster.local expires in 10 days: npm run certs -- rotate-anchor --step switch',
  );
  identity.apply(await renewWebhooks({ ...settings, newAuthority: true, now: daysLater(3640) }));
  expect(problems(daysLater(3640))).toContain(
    'certs/webhook-ca.pem: webhook.linkerd.cluster.local expires in 10 days: npm run certs -- renew-webhooks',
  );
});

test('without the secrets, which are not in a clone', () => {
  identity.delete('secrets');
  expect(problems()).toEqual([]);
});

test('without viz', () => {
  identity.delete('certs/tap.pem');
  identity.delete('certs/tap-injector.pem');
  expect(problems()).toEqual([]);
});

test('what does not fit together is all that is said', () => {
  identity.write('certs/issuer.pem', 'hello\n');
  expect(inspect()).toEqual({
    certificates: [],
    rotation: undefined,
    problems: [{ where: 'certs/issuer.pem', message: "holds no certificate: give the issuer's in PEM" }],
  });
});

test.each([
  ['that cannot be read', () => 'hello\n', /^certs\/tap\.pem: holds no certificate that can be read/],
  [
    'of another authority',
    () => BAD_AUTHORITIES['of no authority']('tap.linkerd-viz.svc'),
    /^certs\/tap\.pem: is signed by no certificate of webhook-ca\.pem/,
  ],
])('a webhook certificate %s', async (_, make, message) => {
  identity.write('certs/tap.pem', await make());
  expect(problems()).toContainEqual(expect.stringMatching(message));
});

test('a webhook certificate for another name', async () => {
  const key = identity.read(identity.named('secrets/keys', 'webhook-ca'));
  const authority = { certificate: identity.read('certs/webhook-ca.pem'), key };
  const valid = { from: NOW, to: daysLater(99) };
  identity.write('certs/tap.pem', (await newServerCertificate('tap.default.svc', valid, authority)).certificate);
  expect(problems()[0]).toMatch(/^certs\/tap\.pem: is not for tap\.linkerd-viz\.svc: /);
});

describe('a Secret', () => {
  const FILE = 'secrets/linkerd-identity-issuer.yaml';

  test.each([['hello\n'], ['a: [\n'], ['']])('%j is none', (text) => {
    identity.write(FILE, text);
    expect(problems()).toEqual([`${FILE}: is no Secret with a certificate and a key: make it anew, or delete it`]);
  });

  test('with the key of another certificate', async () => {
    const { key } = await newAuthority('other', { from: NOW, to: daysLater(9) }, 0);
    identity.write(
      FILE,
      identity.read(FILE).replace(/tls\.key: \S+/, `tls.key: ${Buffer.from(key).toString('base64')}`),
    );
    expect(problems()).toEqual([`${FILE}: holds a key that is not the key of its certificate: make it anew`]);
  });

  test('that is older than its certificate', async () => {
    const before = identity.read(FILE);
    identity.apply(await renewIssuer({ folders: identity, lifetimes: DEFAULT_LIFETIMES, now: NOW }));
    expect(problems()).toEqual([]);
    identity.write(FILE, before);
    expect(problems()).toEqual([expect.stringMatching(/holds another certificate than certs\/issuer\.pem/)]);
  });
});
