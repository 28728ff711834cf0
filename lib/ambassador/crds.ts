import type { Construct } from 'constructs';
import type { CustomResourceVersion, PrinterColumn } from '../crds/custom-resource-definition';
import { CustomResourceDefinition } from '../crds/custom-resource-definition';
import { AMBASSADOR } from './labels';

interface Kind {
  readonly kind: string;

  /** @default - the object's age alone */
  readonly columns?: readonly PrinterColumn[];

  /** @default - none */
  readonly subresources?: NonNullable<CustomResourceVersion['subresources']>;
}

/** The kinds that Emissary 4.1.0 reads. The platform itself uses Host, Listener, Mapping and Module. */
const KINDS: readonly Kind[] = [
  { kind: 'AuthService' },
  { kind: 'ConsulResolver' },
  { kind: 'DevPortal' },
  {
    kind: 'Host',
    subresources: { status: {} },
    columns: [
      { name: 'Hostname', jsonPath: '.spec.hostname' },
      { name: 'State', jsonPath: '.status.state' },
      { name: 'Phase Completed', jsonPath: '.status.phaseCompleted' },
      { name: 'Phase Pending', jsonPath: '.status.phasePending' },
      { name: 'Age', jsonPath: '.metadata.creationTimestamp', type: 'date' },
    ],
  },
  { kind: 'KubernetesEndpointResolver' },
  { kind: 'KubernetesServiceResolver' },
  {
    kind: 'Listener',
    subresources: {},
    columns: [
      { name: 'Port', jsonPath: '.spec.port' },
      { name: 'Protocol', jsonPath: '.spec.protocol' },
      { name: 'Stack', jsonPath: '.spec.protocolStack' },
      { name: 'StatsPrefix', jsonPath: '.spec.statsPrefix' },
      { name: 'Security', jsonPath: '.spec.securityModel' },
      { name: 'L7Depth', jsonPath: '.spec.l7Depth' },
    ],
  },
  { kind: 'LogService' },
  {
    kind: 'Mapping',
    subresources: { status: {} },
    columns: [
      { name: 'Source Host', jsonPath: '.spec.host' },
      { name: 'Source Prefix', jsonPath: '.spec.prefix' },
      { name: 'Dest Service', jsonPath: '.spec.service' },
      { name: 'State', jsonPath: '.status.state' },
      { name: 'Reason', jsonPath: '.status.reason' },
    ],
  },
  { kind: 'Module' },
  { kind: 'RateLimitService' },
  { kind: 'TCPMapping' },
  { kind: 'TLSContext' },
  { kind: 'TracingService' },
];

const LABELS = {
  'app.kubernetes.io/part-of': 'emissary-ingress',
  'emissary-ingress.dev/control-plane-ns': AMBASSADOR,
};

/** Declares Ambassador's custom resource definitions, without schemas: Emissary checks what it reads itself. */
export function addCrds(scope: Construct): void {
  for (const { kind, ...version } of KINDS) {
    new CustomResourceDefinition(scope, {
      group: 'getambassador.io',
      kind,
      listKind: `${kind}List`,
      plural: `${kind.toLowerCase()}s`,
      categories: ['ambassador-crds'],
      versions: [{ name: 'v3alpha1', ...version }],
      labels: LABELS,
    });
  }
}
