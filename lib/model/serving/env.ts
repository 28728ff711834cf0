import { at, list, text } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { envVarNameProblem } from '../../syntax/env-var-name';
import { quote } from '../../syntax/quote';
import type { Problems } from './problem';
import type { Role } from './role';

/** What Serving sets in every container itself. Source: Serving 1.23.0, `pkg/apis/serving/k8s_validation.go`. */
const RESERVED: readonly string[] = ['K_SERVICE', 'K_CONFIGURATION', 'K_REVISION'];

/** `PORT` is the serving container's alone. */
const RESERVED_WITH_PORT: readonly string[] = ['PORT', ...RESERVED];

/** Whether Serving sets a variable of that name itself. */
function isReservedVariable(name: string, role: Role): boolean {
  return (role === 'serving' ? RESERVED_WITH_PORT : RESERVED).includes(name);
}

/** Records what is wrong with the environment of a container. */
export function checkEnv(problems: Problems, path: string, container: Json, role: Role): void {
  list(at(container, 'env')).forEach((variable, index) => {
    const name = text(at(variable, 'name')) ?? '';
    const where = `${path}.env[${index}].name`;
    if (name === '') problems.refuse(where, 'is missing: name the variable');
    else if (isReservedVariable(name, role)) problems.refuse(where, `${quote(name)} is set by Serving: remove it`);
    else problems.refuse(where, envVarNameProblem(name), 'kubernetes');
    checkSource(problems, `${path}.env[${index}]`, variable);
  });
  list(at(container, 'envFrom')).forEach((source, index) => {
    const prefix = text(at(source, 'prefix')) ?? '';
    if (prefix !== '') problems.refuse(`${path}.envFrom[${index}].prefix`, envVarNameProblem(prefix), 'kubernetes');
    const given = ['configMapRef', 'secretRef'].filter((kind) => (at(source, kind) ?? null) !== null);
    if (given.length === 1) return;
    problems.refuse(`${path}.envFrom[${index}]`, 'has none or both of configMapRef and secretRef: give one');
  });
}

const SOURCES = ['configMapKeyRef', 'secretKeyRef', 'fieldRef', 'resourceFieldRef'] as const;

/** Where a variable's value comes from: one source, and no value beside it. */
function checkSource(problems: Problems, path: string, variable: Json): void {
  const source = at(variable, 'valueFrom') ?? null;
  if (source === null) return;
  const given = SOURCES.filter((kind) => (at(source, kind) ?? null) !== null);
  if (given.length !== 1) {
    problems.refuse(
      `${path}.valueFrom`,
      `has ${given.join(' and ') || 'no source'}: give one of ${SOURCES.join(', ')}`,
      'kubernetes',
    );
  }
  if ((text(at(variable, 'value')) ?? '') === '') return;
  problems.refuse(
    path,
    `${quote(text(at(variable, 'name')) ?? '')} has a value and a source: remove one of the two`,
    'kubernetes',
  );
}
