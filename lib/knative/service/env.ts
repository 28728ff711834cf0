import type { EnvFromSource, EnvVar, EnvVarSource } from '../../../imports/serving.knative.dev';
import { isReservedVariable } from '../../model/serving/env';
import { envVarNameProblem } from '../../syntax/env-var-name';
import { quote } from '../../syntax/quote';
import { textProblem } from '../../syntax/text';
import type { Admission } from './admission';

/**
 * Environment variables by name: each a value, or the source that it is read from. A list keeps the order of names that
 * are numbers, and is what a loop may make; in both, a value may use those before it as `$(NAME)`.
 */
export type Env = Readonly<Record<string, string | EnvVarSource>> | readonly EnvVar[];

const SOURCES = ['configMapKeyRef', 'secretKeyRef', 'fieldRef', 'resourceFieldRef'] as const;

/** The variables of a container, in the order in which they are given. */
export function envVars(admission: Admission, path: string, env: Env, serving: boolean): EnvVar[] {
  const role = serving ? 'serving' : 'sidecar';
  const first = new Map<string, string>();
  return entries(path, env).map(([where, variable]) => {
    const { name, value, valueFrom } = variable;
    admission.refuse(where, envVarNameProblem(name));
    if (isReservedVariable(name, role)) admission.refuse(where, `${quote(name)} is set by Serving: remove it`);
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, where);
    else admission.refuse(where, `${quote(name)} is set already by ${earlier}: remove one of the two`);
    if (value !== undefined && valueFrom !== undefined) {
      admission.refuse(where, `${quote(name)} has a value and a source: remove one of the two`);
    }
    if (value !== undefined) admission.refuse(where, textProblem(value));
    if (valueFrom !== undefined) checkSource(admission, where, valueFrom);
    return variable;
  });
}

/** The ConfigMaps and Secrets all of whose keys become variables. */
export function checkEnvFrom(admission: Admission, path: string, sources: readonly EnvFromSource[]): void {
  for (const [index, { prefix, configMapRef, secretRef }] of sources.entries()) {
    const where = `${path}[${index}]`;
    if ((configMapRef === undefined) === (secretRef === undefined)) {
      admission.refuse(where, 'has none or both of configMapRef and secretRef: give one');
    }
    if (prefix !== undefined) admission.refuse(`${where}.prefix`, envVarNameProblem(prefix));
  }
}

function entries(path: string, env: Env): [string, EnvVar][] {
  if (isList(env)) return env.map((variable, index) => [`${path}[${index}]`, variable]);
  return Object.entries(env).map(([name, value]) => [
    name === '' ? `${path}[""]` : `${path}.${name}`,
    isSource(value) ? { name, valueFrom: value } : { name, value },
  ]);
}

const isSource = (value: unknown): value is EnvVarSource => typeof value === 'object' && value !== null;

/** `Array.isArray` does not narrow a readonly list away. */
const isList = (env: Env): env is readonly EnvVar[] => Array.isArray(env);

function checkSource(admission: Admission, where: string, source: EnvVarSource): void {
  const given = SOURCES.filter((kind) => source[kind] !== undefined);
  if (given.length !== 1) {
    admission.refuse(
      where,
      `has ${given.length === 0 ? 'no source' : given.join(' and ')}: give one of ${SOURCES.join(', ')}`,
    );
  }
  for (const kind of ['fieldRef', 'resourceFieldRef'] as const) {
    if (source[kind] !== undefined) admission.requireFlag(`${where}.${kind}`, 'kubernetesPodspecFieldref');
  }
}
