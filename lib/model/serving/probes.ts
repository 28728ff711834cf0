import { at, number } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { quote } from '../../syntax/quote';
import type { ServingConfig } from './config';
import { flagProblem } from './flag';
import { PROBE } from './pod-fields';
import type { Problems } from './problem';
import { isSet } from './shape';

/** How a container can be asked. */
export const PROBE_HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'] as const;

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

const isGiven = (value: Json | undefined): boolean => value !== undefined && value !== null;

/** The probes that a container has. */
export function probesOf(container: Json): (typeof PROBES)[number][] {
  return PROBES.filter((name) => isGiven(at(container, name)));
}

/** Records what is wrong with the probes of a container. Source: Serving 1.23.0, `pkg/apis/serving/k8s_validation.go`. */
export function checkProbes(
  problems: Problems,
  config: ServingConfig,
  path: string,
  container: Json,
  role: 'serving' | 'sidecar',
  servingPort: string,
): void {
  for (const name of probesOf(container)) {
    const probe = at(container, name) ?? null;
    const where = `${path}.${name}`;
    if (role === 'sidecar' && config.features['multi-container-probing'] !== 'enabled') {
      // Serving gives every readiness probe a threshold, so that an empty one is not empty any more.
      if (name === 'readinessProbe' || isSet({ probe }, PROBE_HOLDER)) {
        problems.refuse(where, flagProblem(config, 'multi-container-probing', ['enabled']));
      }
      continue;
    }
    const filledIn = role === 'serving' && name === 'readinessProbe';
    checkHandlers(problems, where, probe, filledIn);
    checkPorts(problems, where, probe, role, servingPort);
    if (name === 'readinessProbe') checkReadiness(problems, where, probe);
  }
}

/** A probe is set if something in it is. */
const PROBE_HOLDER = { kind: 'fields', fields: { probe: { kind: 'fields', fields: PROBE.fields ?? {} } } } as const;

function checkHandlers(problems: Problems, path: string, probe: Json, filledIn: boolean): void {
  const handlers = PROBE_HANDLERS.filter((handler) => isGiven(at(probe, handler)));
  if (handlers.length === 1 || (filledIn && handlers.length === 0)) return;
  problems.refuse(path, `has ${handlers.join(' and ') || 'no way to ask'}: give one of ${PROBE_HANDLERS.join(', ')}`);
}

/** A probe of the serving container asks its port, whose name it may say; one of a sidecar must say a port. */
function checkPorts(
  problems: Problems,
  path: string,
  probe: Json,
  role: 'serving' | 'sidecar',
  servingPort: string,
): void {
  for (const handler of ['httpGet', 'tcpSocket'] as const) {
    const asked = at(probe, handler);
    if (!isGiven(asked)) continue;
    const port = at(asked, 'port') ?? 0;
    const where = `${path}.${handler}.port`;
    if (role === 'serving' && typeof port === 'string' && port !== '' && port !== servingPort) {
      problems.refuse(
        where,
        `${quote(port)} is not the name of the container's port, ${quote(servingPort)}: leave it out, Serving fills it in`,
      );
    }
    if (role === 'sidecar' && (port === 0 || port === '')) {
      problems.refuse(where, 'is missing: give the number of the port, which Serving does not fill in here');
    }
  }
}

/** Serving asks many times a second unless `periodSeconds` is set; only then other numbers count. */
function checkReadiness(problems: Problems, path: string, probe: Json): void {
  const value = (name: string): number => number(at(probe, name)) ?? 0;
  for (const name of ['periodSeconds', 'initialDelaySeconds', 'successThreshold'] as const) {
    if (value(name) < 0) problems.refuse(`${path}.${name}`, `${value(name)} is negative: write 0 or more`);
  }
  const period = value('periodSeconds');
  for (const name of ['timeoutSeconds', 'failureThreshold'] as const) {
    if (period === 0 && value(name) !== 0) {
      problems.refuse(`${path}.${name}`, `${value(name)} needs periodSeconds: set that as well, or leave this out`);
    } else if (value(name) < 0) {
      problems.refuse(`${path}.${name}`, `${value(name)} is negative: write 1 or more, or leave it out`);
    }
  }
}
