import { at, number } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { portProblem } from '../../syntax/port';
import { quote } from '../../syntax/quote';
import type { ServingConfig } from './config';
import { flagProblem } from './flag';
import { PROBE } from './container-fields';
import type { Problems } from './problem';
import type { Role } from './role';
import { isSet } from './shape';

/** How a container can be asked. */
const PROBE_HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'] as const;

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

type ProbeName = (typeof PROBES)[number];
type ProbedRole = Exclude<Role, 'init'>;

const isGiven = (value: Json | undefined): boolean => value !== undefined && value !== null;

/** The probes that a container has. */
export function probesOf(container: Json): ProbeName[] {
  return PROBES.filter((name) => isGiven(at(container, name)));
}

/** Records what is wrong with the probes of a container. Source: Serving 1.23.0, `pkg/apis/serving/k8s_validation.go`. */
export function checkProbes(
  problems: Problems,
  config: ServingConfig,
  path: string,
  container: Json,
  role: ProbedRole,
  servingPort: string,
): void {
  for (const name of probesOf(container)) {
    const probe = at(container, name) ?? null;
    const where = `${path}.${name}`;
    if (role === 'sidecar' && config.features['multi-container-probing'] !== 'enabled') {
      // Serving gives every readiness probe a threshold, so that an empty one is not empty any more.
      if (name !== 'readinessProbe' && !isSet({ probe }, PROBE_HOLDER)) continue;
      problems.refuse(where, flagProblem(config, 'multi-container-probing', problems.words, ['enabled']));
    }
    checkHandlers(problems, where, probe, role === 'serving' && name === 'readinessProbe');
    checkPorts(problems, where, probe, name, role, servingPort);
    if (name === 'readinessProbe') checkReadiness(problems, where, probe);
    checkAsKubernetes(problems, where, probe, name);
  }
}

/** A probe is set if something in it is. */
const PROBE_HOLDER = { kind: 'fields', fields: { probe: { kind: 'fields', fields: PROBE.fields ?? {} } } } as const;

function checkHandlers(problems: Problems, path: string, probe: Json, filledIn: boolean): void {
  const handlers = PROBE_HANDLERS.filter((handler) => isGiven(at(probe, handler)));
  if (handlers.length === 1 || (filledIn && handlers.length === 0)) return;
  problems.refuse(path, `has ${handlers.join(' and ') || 'no way to ask'}: give one of ${PROBE_HANDLERS.join(', ')}`);
}

/**
 * A probe of the serving container asks its port, whose name it may say; one of a sidecar must say a port. Serving fills in its port for the readiness
 * probe, and for a liveness probe over HTTP or TCP. Everywhere else what is given reaches Kubernetes as it is, which wants a number.
 * Source: Serving 1.23.0, `pkg/reconciler/revision/resources/deploy.go`.
 */
function checkPorts(
  problems: Problems,
  path: string,
  probe: Json,
  name: ProbeName,
  role: ProbedRole,
  servingPort: string,
): void {
  for (const handler of ['httpGet', 'tcpSocket', 'grpc'] as const) {
    const asked = at(probe, handler);
    if (!isGiven(asked)) continue;
    const port = at(asked, 'port') ?? 0;
    const where = `${path}.${handler}.port`;
    const filledIn =
      role === 'serving' && (name === 'readinessProbe' || (name === 'livenessProbe' && handler !== 'grpc'));
    const judgedByServing = handler !== 'grpc';
    if (port === 0 || port === '') {
      if (filledIn) continue;
      problems.refuse(
        where,
        'is missing: give the number of the port, which Serving does not fill in here',
        judgedByServing && role === 'sidecar' ? undefined : 'kubernetes',
      );
    } else if (typeof port === 'number') {
      // Whether it is a number at all its shape says.
      if (Number.isInteger(port)) problems.refuse(where, portProblem(port), 'kubernetes');
    } else if (typeof port === 'string' && judgedByServing) {
      const isOther = role === 'serving' && port !== servingPort;
      if (!isOther && filledIn) continue;
      problems.refuse(
        where,
        filledIn
          ? `${quote(port)} is not the name of the container's port, ${quote(servingPort)}: leave it out, Serving fills it in`
          : `${quote(port)} is not the name of a port that the pod has: give the number`,
        isOther ? undefined : 'kubernetes',
      );
    }
  }
}

/** What Serving hands on as it is, and Kubernetes refuses. */
function checkAsKubernetes(problems: Problems, path: string, probe: Json, name: ProbeName): void {
  if (name === 'readinessProbe') return;
  for (const field of ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold'] as const) {
    const value = number(at(probe, field)) ?? 0;
    if (value < 0) problems.refuse(`${path}.${field}`, `${value} is negative: write 0 or more`, 'kubernetes');
  }
  const successes = number(at(probe, 'successThreshold')) ?? 0;
  if (successes === 0 || successes === 1) return;
  problems.refuse(
    `${path}.successThreshold`,
    `${successes} is not 1, which Kubernetes demands: leave it out`,
    'kubernetes',
  );
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
