import type { Json, Manifest } from '../objects/manifest';
import { podProblems, warningsAbout } from './pods';
import { object } from './testing/objects';

const pod = (status: Record<string, unknown>): Manifest => ({
  ...object('v1', 'Pod', 'p', 'n'),
  status: status as Json,
});
const waiting = (reason: string, message?: string, exitCode?: number) => ({
  name: 'main',
  state: { waiting: { reason, ...(message !== undefined && { message }) } },
  ...(exitCode !== undefined && { lastState: { terminated: { exitCode } } }),
});

test.each<[string, Record<string, unknown>, string[]]>([
  ['is Ready', { conditions: [{ type: 'Ready', status: 'True' }] }, []],
  [
    'pulls no image',
    { containerStatuses: [waiting('ImagePullBackOff', 'no\nimage')] },
    ['Pod n/p: container main waits: ImagePullBackOff: no image'],
  ],
  [
    'ends again and again',
    { initContainerStatuses: [waiting('CrashLoopBackOff', undefined, 2)] },
    ['Pod n/p: container main waits: CrashLoopBackOff, it ended with 2'],
  ],
  [
    'has no node',
    {
      conditions: [
        { type: 'Ready', status: 'False', reason: 'x' },
        { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes' },
      ],
    },
    ['Pod n/p: Unschedulable: 0/1 nodes'],
  ],
  [
    'only starts',
    {
      containerStatuses: [waiting('ContainerCreating')],
      conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
    },
    ['Pod n/p: ContainersNotReady'],
  ],
])('of a pod that %s', (_, status, problems) => {
  expect(podProblems([pod(status)])).toEqual(problems);
});

test('warnings about objects and what controllers made of them, the newest first, each once', () => {
  const event = (name: string, reason: string, lastTimestamp: string, type = 'Warning'): Manifest => ({
    ...object('v1', 'Event', 'e', 'n'),
    ...{ type, reason, message: 'm', lastTimestamp, involvedObject: { kind: 'Pod', name } },
  });
  const events = [
    event('web-1', 'Old', '2026-01-01T00:00:00Z'),
    event('web', 'New', '2026-01-02T00:00:00Z'),
    event('web', 'New', '2026-01-01T12:00:00Z'),
    event('web', 'Normal', '2026-01-03T00:00:00Z', 'Normal'),
    event('website', 'Other', '2026-01-03T00:00:00Z'),
  ];
  expect(warningsAbout(events, ['web'])).toEqual(['Pod web: New: m', 'Pod web-1: Old: m']);
  expect(warningsAbout(events, ['web'], 1)).toHaveLength(1);
});
