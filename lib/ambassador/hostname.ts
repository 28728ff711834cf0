import { domainProblem } from '../syntax/dns';

/** A DNS name, or one with `*.` in front. A Host's stands for any number of labels, a certificate's for one. */
export type Hostname = string;

const ANY = '*.';

const isPattern = (hostname: Hostname): boolean => hostname.startsWith(ANY);

/** What is wrong with a hostname. `undefined` if nothing is. */
export function hostnameProblem(hostname: Hostname): string | undefined {
  return domainProblem(isPattern(hostname) ? hostname.slice(ANY.length) : hostname);
}

/** Whether a Host of that hostname serves a name: `*.example.com` serves `a.b.example.com`. */
export function servesName(hostname: Hostname, name: string): boolean {
  return isPattern(hostname) ? name.endsWith(hostname.slice(1)) && name.length >= hostname.length : name === hostname;
}

/** Whether a certificate for that hostname is valid for a name: `*.example.com` is for `a.example.com`, not for `a.b.example.com` (RFC 6125). */
export function certifiesName(hostname: Hostname, name: string): boolean {
  return isPattern(hostname) ? name.slice(name.indexOf('.')) === hostname.slice(1) : name === hostname;
}

/** An object's name for a hostname: without dots, at which Emissary would part a name from its namespace. */
export function objectName(hostname: Hostname): string {
  return hostname.replace('*', 'any').replaceAll('.', '-');
}
