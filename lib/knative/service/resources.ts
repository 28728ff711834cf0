import type { Resources } from '../../../imports/serving.knative.dev';
import { nearest } from '../../syntax/nearest';
import { overLimitProblem, quantityProblem } from '../../syntax/quantity';
import { quote } from '../../syntax/quote';
import type { Admission } from './admission';

/** What Kubernetes itself gives out; all else is an extended resource, which has a domain in its name. */
const NAMES = ['cpu', 'memory', 'ephemeral-storage'];

/** Checks what a container asks for and is limited to. */
export function checkResources(admission: Admission, path: string, { requests = {}, limits = {} }: Resources): void {
  for (const [kind, quantities] of Object.entries({ requests, limits })) {
    for (const [name, value] of Object.entries(quantities)) {
      const where = `${path}.${kind}.${name}`;
      admission.refuse(where, nameProblem(name) ?? quantityProblem(String(value)));
    }
  }
  for (const [name, request] of Object.entries(requests)) {
    const limit = limits[name];
    if (limit !== undefined) {
      admission.refuse(`${path}.requests.${name}`, overLimitProblem(String(request), String(limit)));
    }
  }
}

function nameProblem(name: string): string | undefined {
  if (NAMES.includes(name) || name.startsWith('hugepages-') || name.includes('/')) return undefined;
  const meant = nearest(name, NAMES);
  return `${quote(name)} is not a resource: ${meant === undefined ? `use ${NAMES.join(', ')} or one with a domain, such as "example.com/gpu"` : `did you mean ${quote(meant)}?`}`;
}
