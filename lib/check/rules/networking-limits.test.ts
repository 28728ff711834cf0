import type { NetworkingLimits } from '../../model/networking-limits';
import type { RuleContext } from '../rule';
import { found, objectsOf, testExamples } from '../testing/doc-examples';
import { networkingLimits } from './networking-limits';

const LIMITED = {
  networking: {
    name: 'a-layer',
    limits: { requestTimeout: { seconds: 15, effect: 'a request ends after 15 seconds', remedy: 'answer sooner' } },
  },
};

testExamples(networkingLimits, LIMITED);

const LIMIT = { effect: 'it fails', remedy: 'do without' };
const EVERYTHING: NetworkingLimits = {
  requestTimeout: { seconds: 15, ...LIMIT },
  trafficSplit: LIMIT,
  http2: LIMIT,
  tagHeader: LIMIT,
  domainMapping: LIMIT,
  tls: LIMIT,
};
const service = (spec: object, template: object = {}): string =>
  JSON.stringify({
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name: 'api', namespace: 'team-a' },
    spec: { template: { spec: template }, ...spec },
  });
const config = (name: string, data: object): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'knative-serving' }, data });
const SPLIT = [
  { revisionName: 'api-00001', percent: 80 },
  { latestRevision: true, percent: 20 },
];
const TAGGED = [{ latestRevision: true, percent: 100, tag: 'canary' }];

test.each<[string, string[], string[]]>([
  ['a split', [service({ traffic: SPLIT })], ['requests are split over 2 revisions']],
  ['a tag', [service({ traffic: TAGGED })], []],
  [
    'a tag while they are routed by header',
    [service({ traffic: TAGGED }), config('config-features', { 'tag-header-based-routing': 'enabled' })],
    ['has tags while tag-header-based-routing is enabled'],
  ],
  ['h2c', [service({}, { containers: [{ ports: [{ name: 'h2c' }] }] })], ['h2c is asked for']],
  ['an idle timeout', [service({}, { idleTimeoutSeconds: 16 })], ['16 is more than 15']],
  [
    'a DomainMapping',
    [JSON.stringify({ apiVersion: 'serving.knative.dev/v1beta1', kind: 'DomainMapping', metadata: { name: 'a.com' } })],
    ['is a DomainMapping'],
  ],
  [
    "Serving's own TLS",
    [config('config-network', { 'external-domain-tls': 'Enabled', 'http-protocol': 'Redirected' })],
    ['Enabled is set', 'Redirected is set'],
  ],
  ['… which is off', [config('config-network', { 'external-domain-tls': 'disabled', 'http-protocol': 'Enabled' })], []],
])('%s', (_, documents, messages) => {
  const context = (limits: NetworkingLimits): RuleContext => ({ networking: { name: 'a-layer', limits } });
  const lines = found(networkingLimits, objectsOf(...documents), context(EVERYTHING));
  expect(lines.map((line) => line.replace(/^.*: (.*): with a-layer, it fails: do without$/, '$1'))).toEqual(messages);
  expect(found(networkingLimits, objectsOf(...documents), context({}))).toEqual([]);
});
