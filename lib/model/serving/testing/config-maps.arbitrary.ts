import fc from 'fast-check';
import type { Manifest } from '../../../objects/manifest';
import { DOMAIN, SETTINGS } from '../settings/tables';

/** ConfigMaps of Serving: known keys, older spellings and unknown ones, each with any text. */

const NAMES = [...Object.keys(SETTINGS), DOMAIN.name];

const TEXTS = [
  '',
  ' ',
  'x',
  'true',
  'True',
  'TRUE',
  'yes',
  'no',
  '1',
  '0',
  '-1',
  '2',
  '5',
  '10',
  '70',
  '100',
  '150',
  '300',
  '600',
  '601',
  '900',
  '1000',
  '1001',
  '5.5',
  '0.5',
  '0.00001',
  '1e3',
  '1e400',
  'NaN',
  'Inf',
  '-Inf',
  '0x10',
  '2147483648',
  '99999999999999999999',
  '+5',
  '05',
  ' 5',
  'grpc',
  'http/protobuf',
  'stdout',
  'prometheus',
  'debug',
  'INFO',
  'Debug',
  'dpanic',
  'trace',
  'http://otel:4318',
  'selector: { app: shop }',
  'selector: { app: 1 }',
  'selector: shop',
  'selector:',
  'type: wildcard',
  'kind: ClusterIssuer\nname: mine',
  'kind: [a]',
  'kind: 1',
  'kata: { selector: { app: shop } }',
  'kata: { selector: [app] }',
  'kata:',
  'Kata: {}',
  'kata: { selector: { a b: shop } }',
  'kata: { selector: { app: a b } }',
  'kata: { selector: { app: 1 } }',
  'selector: { app: [shop] }',
  'matchLabels: { app: shop }',
  'matchLabels: [app]',
  'disabled ',
  ' none',
  'grpc ',
  '- a',
  'a: b: c',
  '{}',
  '{',
  '{{if .Request}}x{{end}}',
  '30',
  '30s',
  '-30s',
  '5s',
  '6s',
  '6500ms',
  '1h',
  '2h',
  '0s',
  '0',
  '1d',
  '9999999h',
  '200m',
  '1Gi',
  '-1Gi',
  '1 Gi',
  'Gi',
  '+',
  'enabled',
  'Enabled',
  'ENABLED',
  'disabled',
  'allowed',
  'AllowRootBounded',
  'Redirected',
  'auto',
  'http',
  'none',
  'None',
  'prefer-spread-revision-over-nodes',
  '{{.Name}}.{{.Namespace}}.{{.Domain}}',
  '{{.Nam}}.{{.Domain}}',
  '{{.Name}}',
  '{{.Tag}}-{{.Name}}',
  '{{.Name',
  '{{index .Labels "app"}}-{{.Name}}',
  '{{.Labels.app}}.example.com',
  'kourier.ingress.networking.knative.dev',
  'hpa.autoscaling.knative.dev',
];

const UNKNOWN = [
  '_example',
  'nope',
  'min-scal',
  'kubernetes.podspec-nodeSelector',
  'queueSidecarCpuRequest',
  'autotls',
];

/** Of two spellings Serving reads both and keeps the newer; here the older one is a finding anyway, whatever it says. */
const hasBothSpellings = (name: string, data: object): boolean =>
  Object.entries(SETTINGS[name] ?? {}).some(([key, { older }]) => key in data && older !== undefined && older in data);

/** Keys of which there is any number. */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  [DOMAIN.name]: ['example.com', 'example.org', 'Example', 'no domain'],
  'config-leader-election': ['map-lease-prefix.a'],
  'config-logging': ['loglevel.mine'],
};

const keysOf = (name: string): string[] => [
  ...(OPEN[name] ?? []),
  ...Object.entries(SETTINGS[name] ?? {}).flatMap(([key, { older }]) => (older === undefined ? [key] : [key, older])),
];

/** A ConfigMap with up to four keys. */
export const configMaps: fc.Arbitrary<Manifest> = fc.constantFrom(...NAMES).chain((name) =>
  fc
    .dictionary(
      fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...keysOf(name)) }, fc.constantFrom(...UNKNOWN)),
      fc.constantFrom(...TEXTS),
      { maxKeys: 4 },
    )
    .filter((data) => !hasBothSpellings(name, { 'queue-sidecar-image': 'x', ...data }))
    .map((data) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'knative-serving' },
      // Without it all of that name would be refused.
      data: name === 'config-deployment' ? { 'queue-sidecar-image': 'x', ...data } : { ...data },
    })),
);
