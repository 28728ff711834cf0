import type { JsonPath } from '../../objects/manifest';

/** Fields that the schemas have and the oldest Kubernetes does not. */
interface NewerFields {
  /** @default - any kind, where pods are described in several */
  readonly kind?: string;

  /** The last fields that lead to them, without places in lists; `*` is any. */
  readonly below: readonly string[];
  readonly names: readonly string[];

  /** The version of Kubernetes that is the first to have them. */
  readonly since: string;
}

/**
 * What Kubernetes 1.35 and 1.36 added to kinds that 1.34 serves, but for `status`, which nobody writes.
 * Source: `api/openapi-spec/swagger.json` of Kubernetes 1.34.0, 1.35.0 and 1.36.0.
 */
const NEWER: readonly NewerFields[] = [
  { below: ['podCertificate'], names: ['userAnnotations'], since: '1.35' },
  { below: ['spec'], names: ['schedulingGroup'], since: '1.36' },
  { kind: 'CSIDriver', below: ['spec'], names: ['serviceAccountTokenInSecrets'], since: '1.35' },
  { kind: 'CSIDriver', below: ['spec'], names: ['preventPodSchedulingIfMissing'], since: '1.36' },
  { kind: 'ResourceSlice', below: ['devices'], names: ['nodeAllocatableResourceMappings'], since: '1.36' },
  { kind: 'ResourceSlice', below: ['attributes', '*'], names: ['bools', 'ints', 'strings', 'versions'], since: '1.36' },
];

const BY_NAME: ReadonlyMap<string, NewerFields> = new Map(
  NEWER.flatMap((fields) => fields.names.map((name) => [name, fields] as const)),
);

/** The version of Kubernetes that is the first to have a field of the schemas; nothing if the oldest has it. */
export function newSince(kind: string, path: JsonPath): string | undefined {
  const fields = BY_NAME.get(String(path.at(-1)));
  if (fields === undefined || (fields.kind !== undefined && fields.kind !== kind)) return undefined;
  const steps = path.slice(0, -1).filter((step) => typeof step === 'string');
  const last = steps.slice(-fields.below.length);
  return fields.below.every((step, index) => step === '*' || step === last[index]) ? fields.since : undefined;
}
