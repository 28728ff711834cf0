import { at, list, text } from '../objects/json';
import type { Manifest } from '../objects/manifest';
import { describeObject } from '../objects/manifest';

/**
 * What keeps pods from being ready: the reason for which a container waits or ended, or for which a pod has no node. The worst known of each pod.
 *
 * @param pods as they are in the cluster
 */
export function podProblems(pods: readonly Manifest[]): string[] {
  return pods.flatMap((pod) => {
    const problem = problemOf(pod);
    return problem === undefined ? [] : [`${describeObject(pod)}: ${problem}`];
  });
}

function problemOf({ status }: Manifest): string | undefined {
  const containers = [...list(at(status, 'initContainerStatuses')), ...list(at(status, 'containerStatuses'))];
  for (const container of containers) {
    const name = text(at(container, 'name')) ?? '';
    const waiting = at(container, 'state', 'waiting');
    const ended = at(container, 'lastState', 'terminated');
    const reason = text(at(waiting, 'reason'));
    if (reason !== undefined && reason !== 'PodInitializing' && reason !== 'ContainerCreating') {
      const exit = at(ended, 'exitCode');
      const last = exit === undefined ? '' : `, it ended with ${JSON.stringify(exit)}`;
      return `container ${name} waits: ${said(reason, text(at(waiting, 'message')))}${last}`;
    }
  }
  const conditions = list(at(status, 'conditions')).filter((one) => at(one, 'status') === 'False');
  const found =
    conditions.find((one) => at(one, 'type') === 'PodScheduled') ??
    conditions.find((one) => at(one, 'type') === 'Ready') ??
    conditions[0];
  if (found === undefined) return undefined;
  return said(text(at(found, 'reason')) ?? `not ${text(at(found, 'type')) ?? 'ready'}`, text(at(found, 'message')));
}

const said = (reason: string, message: string | undefined): string =>
  message === undefined || message === '' ? reason : `${reason}: ${message.replaceAll('\n', ' ')}`;

/** The newest warnings about some objects, `involvedObject` by name, at most `most`. */
export function warningsAbout(events: readonly Manifest[], names: readonly string[], most = 3): string[] {
  const lines = events
    .filter(
      ({ type, involvedObject }) =>
        type === 'Warning' && names.some((name) => isOf(text(at(involvedObject, 'name')) ?? '', name)),
    )
    .sort((a, b) => (lastSeen(a) < lastSeen(b) ? 1 : -1))
    .map(({ involvedObject, reason, message }) => {
      const about = `${text(at(involvedObject, 'kind')) ?? ''} ${text(at(involvedObject, 'name')) ?? ''}`;
      return `${about}: ${said(text(reason) ?? 'warning', text(message))}`;
    });
  return [...new Set(lines)].slice(0, most);
}

/** The object itself, and what controllers made of it: they put something behind its name. */
const isOf = (name: string, owner: string): boolean => name === owner || name.startsWith(`${owner}-`);

const lastSeen = ({ lastTimestamp, eventTime, metadata }: Manifest): string =>
  text(lastTimestamp) ?? text(eventTime) ?? text(metadata.creationTimestamp) ?? '';
