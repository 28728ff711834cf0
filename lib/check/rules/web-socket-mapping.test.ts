import { found, objectsOf, testExamples } from '../testing/doc-examples';
import { webSocketMapping } from './web-socket-mapping';

testExamples(webSocketMapping);

const SERVICE = JSON.stringify({
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: { name: 'chat', namespace: 'team-a' },
});
const DOMAIN = JSON.stringify({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'config-domain', namespace: 'knative-serving' },
  data: { 'example.com': '' },
});
const mapping = (spec: object): string =>
  JSON.stringify({
    apiVersion: 'getambassador.io/v3alpha1',
    kind: 'Mapping',
    metadata: { name: 'chat', namespace: 'team-a' },
    spec: { hostname: 'chat.team-a', prefix: '/', service: 'chat-00001', allow_upgrade: ['websocket'], ...spec },
  });

test.each<[string, object, string | undefined]>([
  ['no weight', {}, 'spec.weight: without a weight requests go to chat-00001 instead of Knative Service team-a/chat'],
  ['a part of the requests', { weight: 10 }, 'spec.weight: 10 % of the requests go to chat-00001'],
  ['the public name', { hostname: 'chat.team-a.example.com' }, 'spec.weight: '],
  ['the name as older versions have it', { hostname: undefined, host: 'chat.team-a.svc' }, 'spec.weight: '],
  ['in capitals', { allow_upgrade: ['WebSocket'] }, 'spec.weight: '],
  ['before all others', { weight: 0, precedence: 1 }, 'spec.precedence: 1 sends all requests to chat-00001'],
  ['a weight of 0', { weight: 0 }, undefined],
  ['another upgrade', { allow_upgrade: ['spdy/3.1'] }, undefined],
  ['none', { allow_upgrade: undefined }, undefined],
  ['another prefix', { prefix: '/socket' }, undefined],
  ['another Ambassador', { ambassador_id: ['other'] }, undefined],
  ['this and another Ambassador', { ambassador_id: ['other', 'default'] }, 'spec.weight: '],
  ['another host', { hostname: 'chat.team-b' }, undefined],
])('%s', (_, spec, message) => {
  const lines = found(webSocketMapping, objectsOf(SERVICE, DOMAIN, mapping(spec)));
  expect(lines).toHaveLength(message === undefined ? 0 : 1);
  expect(lines.join('')).toContain(message ?? '');
});
