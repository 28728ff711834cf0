import { numberProblem } from './number';

/** What is wrong with a port number. `undefined` if nothing is. */
export function portProblem(value: number): string | undefined {
  if (Number.isInteger(value) && value >= 1 && value <= 65535) return undefined;
  return numberProblem(value) ?? `${value} is not a port: use a whole number from 1 to 65535`;
}

/** Whether a port is one of a range, or is it, as Linkerd's lists have them: `8000-8010`, `25`. */
export function isInRange(port: number, range: string): boolean {
  const [, from, to = from] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(range) ?? [];
  return from !== undefined && port >= Number(from) && port <= Number(to);
}

/** Whether a port is in a list of ports and ranges, as Linkerd's annotations and arguments have them: `25,8000-8010`. */
export const isInPorts = (port: number, ports: string | undefined): boolean =>
  ports?.split(',').some((range) => isInRange(port, range)) === true;
