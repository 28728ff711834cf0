import { dnsSubdomainProblem } from './dns';
import { quote } from './quote';

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Whether a text is a name, or a DNS name, `/` and a name. Source: apimachinery v0.35.7, `pkg/util/validation`. */
export function isQualifiedName(value: string): boolean {
  const slash = value.indexOf('/');
  return NAME.test(value.slice(slash + 1)) && (slash < 0 || dnsSubdomainProblem(value.slice(0, slash)) === undefined);
}

/** What is wrong with the key of a label or of an annotation: a name, or a DNS name, `/` and a name. `undefined` if nothing is. */
export function labelKeyProblem(key: string): string | undefined {
  if (isQualifiedName(key)) return undefined;
  return `${quote(key)} is not the key of a label or annotation: write at most 63 letters, digits, '-', '_' and '.', where wanted behind a domain and '/', for example "example.com/team"`;
}

/** What is wrong with the value of a label. `undefined` if nothing is. */
export function labelValueProblem(value: string): string | undefined {
  if (value === '' || NAME.test(value)) return undefined;
  return `${quote(value)} is not the value of a label: use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`;
}
