import { newAuthority } from '../../../linkerd/identity/issue';
import { newCluster, problems, renderedOf, see } from '../testing/verify-main';
import { certificates } from './certificates';

const DAY = 24 * 60 * 60 * 1000;
const NOW = new Date('2027-03-01T00:00:00Z');
const valid = (from: number, to: number) =>
  newAuthority(
    'identity.linkerd.cluster.local',
    { from: new Date(NOW.getTime() + from * DAY), to: new Date(NOW.getTime() + to * DAY) },
    0,
  );

test('all are valid, and the issuer is of the trust anchors', async () => {
  expect(await see(certificates, newCluster())).toEqual({ seen: '6 certificates', problems: [], notes: [] });
});

test('of a Secret nothing but the certificate is asked for', async () => {
  const cluster = newCluster();
  await see(certificates, cluster);
  expect(
    cluster.asked.every(
      (asked) =>
        asked.endsWith('--output=custom-columns=NAME:.metadata.name,CERTIFICATE:.data.tls\\.crt') ||
        asked.includes('--request-timeout'),
    ),
  ).toBe(true);
  expect(cluster.asked.join('\n')).not.toContain('tls.key');
});

test.each([
  [-2, -1, 'Secret linkerd-viz/tap-k8s-tls: identity.linkerd.cluster.local expired on 2027-02-28'],
  [
    1,
    900,
    'Secret linkerd-viz/tap-k8s-tls: identity.linkerd.cluster.local is not valid until 2027-03-02T00:00:00.000Z',
  ],
  [-2, 10, 'warning: Secret linkerd-viz/tap-k8s-tls: identity.linkerd.cluster.local expires in 10 days, on 2027-03-11'],
])('one that is valid from day %d to day %d', async (from, to, line) => {
  const cluster = newCluster();
  cluster.certificates.set('linkerd-viz/tap-k8s-tls', (await valid(from, to)).certificate);
  expect(await problems(certificates, cluster, { now: NOW })).toContain(line);
});

test('an issuer that is of nobody, and a Secret that is gone', async () => {
  const cluster = newCluster();
  cluster.certificates.set('linkerd/linkerd-identity-issuer', (await valid(-2, 900)).certificate);
  cluster.certificates.delete('linkerd-viz/tap-injector-k8s-tls');
  expect(await problems(certificates, cluster, { now: NOW })).toEqual([
    'Secret linkerd-viz/tap-injector-k8s-tls: is not in the cluster',
    'Secret linkerd/linkerd-identity-issuer: identity.linkerd.cluster.local is signed by none of the trust anchors that are rendered',
  ]);
});

test('a Secret without a certificate is told, and one that is none fails', async () => {
  const cluster = newCluster();
  cluster.certificates.set('linkerd-viz/tap-k8s-tls', 'no PEM');
  cluster.certificates.set(
    'linkerd-viz/tap-injector-k8s-tls',
    '-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n',
  );
  const { notes } = await see(certificates, cluster);
  expect(notes).toEqual([
    {
      object: 'Secret linkerd-viz/tap-k8s-tls',
      reason: 'has no certificate under tls.crt: what it holds is not looked at',
    },
  ]);
  expect(await problems(certificates, cluster)).toEqual([
    'Secret linkerd-viz/tap-injector-k8s-tls: has no valid PEM under tls.crt',
  ]);
});

test('where no Secret with one is named nothing has passed', async () => {
  const none = renderedOf(({ manifest }) => manifest.kind === 'Namespace');
  expect(await see(certificates, newCluster(), {}, none)).toEqual({
    problems: [],
    skipped: 'no Secret with one is named',
  });
});
