import { knownProps, VALUE } from '../objects/known-props';
import type { ResourceRequirements } from '../../imports/kubernetes';
import type { Quantity } from '../syntax/quantity';
import { overLimitProblem, quantityProblem } from '../syntax/quantity';

/** What a container may use of its node, and what is kept for it. */
export interface Resources {
  /** @default - no request */
  readonly cpuRequest?: Quantity;

  /** @default - no limit */
  readonly cpuLimit?: Quantity;

  /** @default - no request */
  readonly memoryRequest?: Quantity;

  /** @default - no limit */
  readonly memoryLimit?: Quantity;
}

/** The props of {@link Resources}. */
export const RESOURCES = knownProps<Resources>({
  cpuRequest: VALUE,
  cpuLimit: VALUE,
  memoryRequest: VALUE,
  memoryLimit: VALUE,
});

/** What is wrong with each of the resources, by its name. Kubernetes refuses a pod whose container asks for more than it may have. */
export function resourcesProblems(resources: Resources): [keyof Resources, string][] {
  const notQuantities = NAMES.flatMap((name) => {
    const value = resources[name];
    const problem = value === undefined ? undefined : quantityProblem(value);
    return problem === undefined ? [] : [[name, problem] satisfies [keyof Resources, string]];
  });
  return [...notQuantities, ...overLimitProblems(resources)];
}

/** The requests that are more than the limits given beside them, and what is wrong with them. */
export function overLimitProblems(resources: Resources): [keyof Resources, string][] {
  return REQUESTS_AND_LIMITS.flatMap(([request, limit]) => {
    const { [request]: asked, [limit]: most } = resources;
    const problem = asked === undefined || most === undefined ? undefined : overLimitProblem(asked, most);
    return problem === undefined ? [] : [[request, problem] satisfies [keyof Resources, string]];
  });
}

const REQUESTS_AND_LIMITS = [
  ['cpuRequest', 'cpuLimit'],
  ['memoryRequest', 'memoryLimit'],
] as const;
const NAMES = REQUESTS_AND_LIMITS.flat();

/** Resources as a container has them; nothing where none are given. */
export function resourceRequirements({ cpuRequest, cpuLimit, memoryRequest, memoryLimit }: Resources): {
  resources?: ResourceRequirements;
} {
  const requests = given({ cpu: cpuRequest, memory: memoryRequest });
  const limits = given({ cpu: cpuLimit, memory: memoryLimit });
  const resources = {
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(Object.keys(requests).length > 0 && { requests }),
  };
  return Object.keys(resources).length > 0 ? { resources } : {};
}

/** Resources as Linkerd's values have them: an empty text where none are given. */
export function resourceValues({ cpuRequest = '', cpuLimit = '', memoryRequest = '', memoryLimit = '' }: Resources): {
  cpu: { limit: string; request: string };
  memory: { limit: string; request: string };
} {
  return {
    cpu: { limit: cpuLimit, request: cpuRequest },
    memory: { limit: memoryLimit, request: memoryRequest },
  };
}

function given(quantities: Record<string, Quantity | undefined>): Record<string, Quantity> {
  return Object.fromEntries(
    Object.entries(quantities).filter((entry): entry is [string, Quantity] => entry[1] !== undefined),
  );
}
