import { dnsSubdomainProblem } from '../../syntax/dns';

/** What is wrong with the name of a pod's service account; empty is none. `undefined` if nothing is. */
export function serviceAccountProblem(name: string): string | undefined {
  return name === '' ? undefined : dnsSubdomainProblem(name);
}
