import { quote } from './quote';

/**
 * What is wrong with the name of an environment variable. `undefined` if nothing is.
 * Kubernetes 1.34 takes every printable ASCII character but `=` (RelaxedEnvironmentVariableValidation).
 */
export function envVarNameProblem(value: string): string | undefined {
  if (/^[ -<>-~]+$/.test(value)) return undefined;
  return `${quote(value)} is not the name of an environment variable: use printable ASCII characters other than '='`;
}
