import { quote } from '../../syntax/quote';

/** What is wrong with a URL of HTTP or HTTPS. `undefined` if nothing is, or none is given. */
export function httpUrlProblem(value: string | undefined): string | undefined {
  if (value === undefined || (/^https?:\/\//.test(value) && URL.canParse(value))) return undefined;
  return `${quote(value)} is not a URL of HTTP: write for example "http://prometheus.monitoring.svc.cluster.local:9090"`;
}
