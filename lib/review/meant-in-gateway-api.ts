import { openSchema } from '../crds/schema';
import type { Json } from '../objects/manifest';
import type { MeantDifference } from '../releases/meant-difference';
import { NOTHING } from '../releases/meant-difference';
import { schemaDefaults } from './schema-defaults';

const CRDS = 'CustomResourceDefinition *.gateway.networking.k8s.io';
const SCHEMAS = 'CRDs carry no schemas, but all of their defaults: they are for a throw-away cluster';
const DEFAULTS = 'what Kubernetes takes when it is not said';
const NOT_NEEDED = 'linkerd check asks for HTTPRoute and GRPCRoute alone';
const NOT_GUARDED = 'nobody else installs Gateway API on a throw-away cluster';

/** Kinds of Gateway API that nothing here uses, in the plural. */
const OTHER_KINDS = [
  'backendtlspolicies',
  'gatewayclasses',
  'gateways',
  'listenersets',
  'referencegrants',
  'tlsroutes',
] as const;

/** Where the embedded Gateway API differs from the release's standard channel, and why. */
export const MEANT_IN_GATEWAY_API: readonly MeantDifference[] = [
  {
    objects: CRDS,
    path: 'spec.versions[*].schema.openAPIV3Schema',
    becomes: (schema) => openSchema(schemaDefaults(schema)) as Json,
    reason: SCHEMAS,
  },
  { objects: CRDS, path: 'status', becomes: NOTHING, reason: DEFAULTS },
  {
    objects: OTHER_KINDS.map((plural) => `CustomResourceDefinition ${plural}.gateway.networking.k8s.io`),
    path: '',
    becomes: NOTHING,
    reason: NOT_NEEDED,
  },
  {
    objects: [
      'ValidatingAdmissionPolicy safe-upgrades.gateway.networking.k8s.io',
      'ValidatingAdmissionPolicyBinding safe-upgrades.gateway.networking.k8s.io',
    ],
    path: '',
    becomes: NOTHING,
    reason: NOT_GUARDED,
  },
];
