import type { EnvVar, EnvVarSource } from '../../../imports/serving.knative.dev';
import { quote } from '../../syntax/quote';
import type { Admission } from './admission';

/**
 * Environment variables by name: each a value, or the source that it is read from. A list keeps the order of names that
 * are numbers, and is what a loop may make; in both, a value may use those before it as `$(NAME)`.
 */
export type Env = Readonly<Record<string, string | EnvVarSource>> | readonly EnvVar[];

/** The variables of a container, in the order in which they are given. Kubernetes takes a name twice, and the last counts. */
export function envVars(admission: Admission, path: string, env: Env): EnvVar[] {
  const first = new Map<string, string>();
  return entries(path, env).map(([where, variable]) => {
    const { name, value } = variable;
    if ((value as unknown) === null) admission.refuse(where, 'null is not a text: write one, or leave it out');
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, where);
    else admission.refuse(where, `${quote(name)} is set already by ${earlier}: remove one of the two`);
    return variable;
  });
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
