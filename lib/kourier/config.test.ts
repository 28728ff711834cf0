import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import type { Manifest } from '../objects/manifest';
import { mistakesOf } from '../objects/mistakes';
import { Phase } from '../objects/phase';
import type { KourierConfig, KourierConfigContext } from './config';
import { addConfig } from './config';
import type { KourierTls } from './tls';

const declare = (config: KourierConfig, context: Partial<KourierConfigContext> = {}): Phase => {
  const phase = new Phase(new App(), 'networking');
  addConfig(phase, config, { tls: undefined, preserveClientAddress: false, ...context });
  return phase;
};

const configMap = (config: KourierConfig, context?: Partial<KourierConfigContext>): Manifest | undefined =>
  collectObjects(declare(config, context))[0]?.manifest;

test('without settings it is there, as the controller wants it, and has no data, which every apply would patch', () => {
  expect(configMap({})?.metadata).toMatchObject({ name: 'config-kourier', namespace: 'knative-serving' });
  expect(configMap({})).not.toHaveProperty('data');
});

test.each<[KourierConfig, Record<string, string>]>([
  [{ accessLog: false }, { 'enable-service-access-logging': 'false' }],
  [{ accessLog: '%PROTOCOL%' }, { 'service-access-log-template': '%PROTOCOL%' }],
  [{ idleTimeout: '1h30m' }, { 'stream-idle-timeout': '1h30m' }],
  [{ trustedHops: 2 }, { 'trusted-hops-count': '2' }],
  [{ cipherSuites: ['A-1', 'B-2'] }, { 'cipher-suites': 'A-1,B-2' }],
  [{ serverHeader: false }, { 'disable-envoy-server-header': 'true' }],
])('%j is %j', (config, data) => {
  expect(configMap(config)?.data).toEqual(data);
});

test("clients' addresses are handed on where they are seen", () => {
  expect(configMap({}, { preserveClientAddress: true })?.data).toEqual({ 'use-remote-address': 'true' });
});

test.each<[KourierTls, Record<string, string>]>([
  [{ secret: 'example-com' }, { 'certs-secret-name': 'example-com', 'certs-secret-namespace': 'kourier-system' }],
  [
    { secret: 'tls', namespace: 'certs' },
    { 'certs-secret-name': 'tls', 'certs-secret-namespace': 'certs' },
  ],
])('the certificate of %j is %j', (tls, data) => {
  expect(configMap({}, { tls })?.data).toEqual(data);
});

test.each<[KourierConfig, string]>([
  [{ accessLog: '' }, 'config.accessLog: "" is no format: write one, or true for the default'],
  [{ idleTimeout: '5 minutes' as '5m' }, 'config.idleTimeout: "5 minutes" is not a duration'],
  [{ trustedHops: -1 }, 'config.trustedHops: -1 is not a whole number of at least 0'],
  [{ cipherSuites: [] }, 'config.cipherSuites: is empty: name at least one, or leave it out'],
  [
    { cipherSuites: ['A-1', 'A,B'] },
    'config.cipherSuites[1]: "A,B" is not a cipher suite: write for example "ECDHE-ECDSA-AES128-GCM-SHA256"',
  ],
])('%j is refused', (config, message) => {
  const messages = mistakesOf(declare(config)).map((mistake) => mistake.message);
  expect(messages).toEqual([expect.stringContaining(message)]);
});

test.each<[KourierTls, string]>([
  [{ secret: 'Example' }, 'tls.secret: "Example"'],
  [{ secret: 'tls', namespace: 'a.b' }, 'tls.namespace: "a.b"'],
])('%j is refused', (tls, message) => {
  const messages = mistakesOf(declare({}, { tls })).map((mistake) => mistake.message);
  expect(messages).toEqual([expect.stringContaining(message)]);
});
