import { at, mapping } from '../../objects/json';
import { keyStep } from '../../objects/key-step';
import type { Json } from '../../objects/manifest';
import { nearest } from '../../syntax/nearest';
import { overLimitProblem, quantityProblem } from '../../syntax/quantity';
import { quote } from '../../syntax/quote';
import type { Problems } from './problem';
import { isNegative } from './quantity';

/** What Kubernetes itself gives out; all else is an extended resource, which has a domain in its name. */
const NAMES = ['cpu', 'memory', 'ephemeral-storage'];

/** Records what is wrong with what a container asks for and is limited to. What is no quantity at all its shape says. */
export function checkResources(problems: Problems, path: string, resources: Json | undefined): void {
  const limits = mapping(at(resources, 'limits'));
  for (const kind of ['requests', 'limits'] as const) {
    for (const [name, value] of Object.entries(mapping(at(resources, kind)))) {
      if (value === undefined || value === null) continue;
      const quantity = textOf(value);
      const limit = kind === 'requests' ? (limits[name] ?? null) : null;
      const found = [
        nameProblem(name) ?? (isNegative(quantity) ? quantityProblem(quantity) : undefined),
        limit === null ? undefined : overLimitProblem(quantity, textOf(limit)),
      ];
      for (const problem of found) {
        if (problem !== undefined) problems.refuse(`${path}.${kind}${keyStep(name)}`, problem, 'kubernetes');
      }
    }
  }
}

const textOf = (value: Json): string => (typeof value === 'object' ? '' : String(value));

function nameProblem(name: string): string | undefined {
  if (NAMES.includes(name) || name.startsWith('hugepages-') || name.includes('/')) return undefined;
  const meant = nearest(name, NAMES);
  return `${quote(name)} is not a resource: ${meant === undefined ? `use ${NAMES.join(', ')} or one with a domain, such as "example.com/gpu"` : `did you mean ${quote(meant)}?`}`;
}
