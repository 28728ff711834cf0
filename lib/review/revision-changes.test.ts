import type { Json, Manifest } from '../objects/manifest';
import { diff } from './diff';

interface Parts {
  readonly image?: string;
  readonly container?: string;
  readonly sidecar?: string;
  readonly name?: string;
  readonly annotations?: Record<string, string>;
  readonly traffic?: Json;
  readonly labels?: Record<string, string>;
}

const NAMESPACE = 'team';

/** A template whose parts can be chosen. */
const template = ({ image = 'web:1', container, sidecar, name, annotations }: Parts): Json => ({
  metadata: { ...(name !== undefined && { name }), ...(annotations && { annotations }) },
  spec: {
    containers: [
      { image, ...(container !== undefined && { name: container, ports: [{ containerPort: 8080 }] }) },
      ...(sidecar === undefined ? [] : [{ image: 'logs:1', name: sidecar }]),
    ],
  },
});
const object = (kind: string, name: string, spec: Json, labels?: Record<string, string>): Manifest => ({
  apiVersion: 'serving.knative.dev/v1',
  kind,
  metadata: { name, namespace: NAMESPACE, ...(labels && { labels }) },
  spec,
});
const service = (parts: Parts = {}): Manifest =>
  object(
    'Service',
    'web',
    { template: template(parts), ...(parts.traffic !== undefined && { traffic: parts.traffic }) },
    parts.labels,
  );
const configuration = (parts: Parts = {}): Manifest => object('Configuration', 'web', { template: template(parts) });
const routed = (...traffic: Json[]): Manifest => object('Route', 'web', { traffic });

const compared = (from: readonly Manifest[], to: readonly Manifest[]) =>
  diff(
    from.map((manifest) => ({ manifest })),
    to.map((manifest) => ({ manifest })),
  );

/** What becomes of pods, with `rolls` in front where running ones are replaced. */
const pods = (from: readonly Manifest[], to: readonly Manifest[]): string[] =>
  compared(from, to).pods.map(({ rolls, means }) => `${rolls ? 'rolls: ' : ''}${means}`);

const pinned = (revisionName: string, percent = 100, more: Record<string, Json> = {}): Json => ({
  revisionName,
  percent,
  ...more,
});
const latest = (percent: number, more: Record<string, Json> = {}): Json => ({ latestRevision: true, percent, ...more });
const REPLACES = 'rolls: new revision: its pods replace the old ones';
const REFUSED = 'refused by Serving: its pods stay';

test.each<[string, Parts, Parts, string]>([
  ['another image', {}, { image: 'web:2' }, REPLACES],
  ['another annotation of its template', {}, { annotations: { a: 'b' } }, REPLACES],
  ['another name of its revision', { name: 'web-a' }, { name: 'web-b', image: 'web:2' }, REPLACES],
  ['a name for its revision', {}, { name: 'web-a' }, REPLACES],
  ['no name any more', { name: 'web-a' }, { image: 'web:2' }, REPLACES],
  ['a kept name with another image', { name: 'web-a' }, { name: 'web-a', image: 'web:2' }, REFUSED],
  [
    'a kept name with another annotation alone',
    { name: 'web-a', annotations: { 'autoscaling.knative.dev/min-scale': '1' } },
    { name: 'web-a', annotations: { 'autoscaling.knative.dev/min-scale': '2' } },
    REFUSED,
  ],
  [
    'a kept name with annotations that go whole',
    { name: 'web-a', annotations: { a: 'b' } },
    { name: 'web-a' },
    REFUSED,
  ],
  [
    'a kept name with another label of the service',
    { name: 'web-a' },
    { name: 'web-a', labels: { a: 'b' } },
    'its pods stay',
  ],
  [
    'traffic that is pinned',
    { traffic: [pinned('web-00001')] },
    { traffic: [pinned('web-00001')], image: 'web:2' },
    'new revision, which takes no traffic: 100 % stay with web-00001',
  ],
  [
    'traffic that is pinned in so many words',
    { traffic: [pinned('web-00001', 100, { latestRevision: false })] },
    { traffic: [pinned('web-00001', 100, { latestRevision: false })], image: 'web:2' },
    'new revision, which takes no traffic: 100 % stay with web-00001',
  ],
  [
    'traffic that becomes pinned by the same change',
    {},
    { traffic: [pinned('web-00001')], image: 'web:2' },
    'new revision, which takes no traffic: 100 % go to web-00001',
  ],
  [
    'traffic that is pinned to two',
    { traffic: [pinned('web-00001', 90), pinned('web-00002', 10)] },
    { traffic: [pinned('web-00001', 90), pinned('web-00002', 10)], image: 'web:2' },
    'new revision, which takes no traffic: 90 % stay with web-00001, 10 % stay with web-00002',
  ],
  [
    'traffic of which the latest has a share',
    { traffic: [pinned('web-00001', 80), latest(20)] },
    { traffic: [pinned('web-00001', 80), latest(20)], image: 'web:2' },
    'rolls: new revision, which takes 20 %: 80 % stay with web-00001',
  ],
  [
    'traffic of which the latest has a tag alone',
    { traffic: [pinned('web-00001'), latest(0, { tag: 'next' })] },
    { traffic: [pinned('web-00001'), latest(0, { tag: 'next' })], image: 'web:2' },
    'new revision, which takes no traffic but by its tag next: 100 % stay with web-00001',
  ],
  [
    'traffic that names the new revision',
    { name: 'web-a', traffic: [pinned('web-a')] },
    { name: 'web-b', image: 'web:2', traffic: [pinned('web-b')] },
    REPLACES,
  ],
  [
    'traffic that names the old revision still',
    { name: 'web-a', traffic: [pinned('web-a')] },
    { name: 'web-b', image: 'web:2', traffic: [pinned('web-a')] },
    'new revision, which takes no traffic: 100 % stay with web-a',
  ],
  [
    'traffic to the latest in so many words',
    { traffic: [latest(100)] },
    { traffic: [latest(100)], image: 'web:2' },
    REPLACES,
  ],
  [
    'traffic that moves',
    { traffic: [pinned('web-00001', 90), pinned('web-00002', 10)] },
    { traffic: [pinned('web-00001', 50), pinned('web-00002', 50)] },
    'its pods stay; traffic moves: web-00001 90 % → 50 %, web-00002 10 % → 50 %',
  ],
  [
    'traffic that is pinned from now on',
    {},
    { traffic: [pinned('web-00001')] },
    'its pods stay; traffic moves: its latest revision 100 % → 0 %, web-00001 0 % → 100 %',
  ],
  [
    'traffic in another order',
    { traffic: [pinned('a', 50), pinned('b', 50)] },
    { traffic: [pinned('b', 50), pinned('a', 50)] },
    'its pods stay',
  ],
])('a Knative Service: %s', (_, from, to, expected) => {
  expect(pods([service(from)], [service(to)])).toEqual([expected]);
});

test.each<[string, Json[], string]>([
  ['no Route', [], 'new revision: what it takes is for a Route to say'],
  ['a Route to it', [{ configurationName: 'web', percent: 100 }], REPLACES],
  [
    'a Route to a revision too',
    [{ configurationName: 'web', percent: 10 }, pinned('web-00001', 90)],
    'rolls: new revision, which takes 10 %: 90 % stay with web-00001',
  ],
])('a Configuration: %s', (_, traffic, expected) => {
  const route = traffic.length === 0 ? [] : [routed(...traffic)];
  expect(pods([configuration(), ...route], [configuration({ image: 'web:2' }), ...route])).toEqual([expected]);
});

test('what Serving refuses is listed with all that differs in the template', () => {
  const { refused } = compared(
    [configuration({ name: 'web-a' })],
    [configuration({ name: 'web-a', image: 'web:2', annotations: { a: 'b' } })],
  );
  expect(refused).toEqual([
    {
      object: 'Configuration team/web',
      why: 'Serving refuses it: the template changes (spec.template.metadata.annotations.a, spec.template.spec.containers[0].image), and the name of its revision, web-a, does not: change spec.template.metadata.name too, or leave it out',
    },
  ]);
});

test('what is refused stays as it was as a whole: its labels too', () => {
  const from = service({ name: 'web-a', labels: { 'networking.knative.dev/visibility': 'cluster-local' } });
  const exposed = (...parts: Parts[]) => parts.map((part) => compared([from], [service(part)]).exposure.length);
  expect(exposed({ name: 'web-a', image: 'web:2' }, { name: 'web-a' }, { name: 'web-b', image: 'web:2' })).toEqual([
    0, 1, 1,
  ]);
});

test.each<[string, Parts, Parts, [from: string | undefined, to: string | undefined][]]>([
  ['a container that is called something else', { container: 'a' }, { container: 'b' }, []],
  ['… beside a sidecar', { container: 'a', sidecar: 'logs' }, { container: 'b', sidecar: 'logs' }, []],
  ['… and the sidecar too', { container: 'a', sidecar: 'logs' }, { container: 'b', sidecar: 'more-logs' }, []],
  ['… with each other’s names', { container: 'a', sidecar: 'b' }, { container: 'b', sidecar: 'a' }, []],
  ['a name where there was none', {}, { container: 'b' }, []],
  ['… and has another image', { container: 'a' }, { container: 'b', image: 'web:2' }, [['web:1', 'web:2']]],
  [
    '… beside a sidecar, and has another image',
    { container: 'a', sidecar: 'logs' },
    { container: 'b', sidecar: 'logs', image: 'web:2' },
    [['web:1', 'web:2']],
  ],
  ['another image', { container: 'a' }, { container: 'a', image: 'shop:1' }, [['web:1', 'shop:1']]],
  ['a sidecar more', { container: 'a' }, { container: 'a', sidecar: 'logs' }, [[undefined, 'logs:1']]],
])('images: %s', (_, from, to, expected) => {
  const { images, pods: changed } = compared([service(from)], [service(to)]);
  expect(images.map((image) => [image.from, image.to])).toEqual(expected);
  expect(changed).toMatchObject([{ rolls: true }]);
});
