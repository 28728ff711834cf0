import { at, text } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { domainProblem } from '../../syntax/dns';
import { quote } from '../../syntax/quote';
import type { Problems } from './problem';
import { TEXT, fields, pointer } from './shape';

/** The spec of a DomainMapping. Source: Serving 1.23.0, `pkg/apis/serving/v1beta1/domainmapping_types.go`. */
export const DOMAIN_MAPPING_SPEC = fields({
  ref: fields({
    kind: TEXT,
    namespace: TEXT,
    name: TEXT,
    apiVersion: TEXT,
    group: TEXT,
    address: pointer(TEXT),
  }),
  tls: pointer(fields({ secretName: TEXT })),
});

/** The domain of hosts within a cluster, unless the cluster has another. */
const CLUSTER_DOMAIN = 'cluster.local';

/**
 * Records what is wrong with a DomainMapping, whose name is the domain. Sources: Serving 1.23.0,
 * `pkg/apis/serving/v1beta1/domainmapping_validation.go`; knative.dev/pkg 521cb33b33dd, `apis/duck/v1/knative_reference.go`.
 */
export function checkDomainMapping(problems: Problems, metadata: Json | undefined, spec: Json | undefined): void {
  const name = text(at(metadata, 'name')) ?? '';
  if ((text(at(metadata, 'generateName')) ?? '') !== '') {
    problems.refuse(
      'metadata.generateName',
      'the name is the domain, so that it cannot be made up: write metadata.name',
    );
  }
  problems.refuse('metadata.name', nameProblem(name));
  if (name.endsWith(`.${CLUSTER_DOMAIN}`)) {
    problems.refuse(
      'metadata.name',
      `${quote(name)} is within the cluster's own domain, ${CLUSTER_DOMAIN}: choose another`,
    );
  }
  const ref = at(spec, 'ref');
  for (const field of ['name', 'apiVersion', 'kind'] as const) {
    if ((text(at(ref, field)) ?? '') !== '') continue;
    problems.refuse(`spec.ref.${field}`, `is missing: ${EXAMPLES[field]}`);
  }
  if ((text(at(ref, 'group')) ?? '') !== '') problems.refuse('spec.ref.group', 'is refused here: write apiVersion');
  const namespace = text(at(ref, 'namespace')) ?? '';
  const own = text(at(metadata, 'namespace')) ?? '';
  if (namespace !== '' && own !== '' && namespace !== own) {
    problems.refuse(
      'spec.ref.namespace',
      `${quote(namespace)} is not the namespace of the DomainMapping, ${quote(own)}: put it into the namespace of the service`,
    );
  }
}

const EXAMPLES = {
  name: 'name the service',
  apiVersion: 'write "serving.knative.dev/v1" for a Knative Service',
  kind: 'write "Service" for a Knative Service',
} as const;

function nameProblem(name: string): string | undefined {
  if (name === '') return 'is missing: the name is the domain';
  const domain = name.replace(/\.$/, '');
  const problem = domainProblem(domain);
  if (problem !== undefined || domain.includes('.')) return problem;
  return `${quote(name)} is no domain with a dot: write for example "shop.example.com"`;
}
