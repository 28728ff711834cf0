import { PassThrough } from 'node:stream';
import type { ApplyEvent } from '../lib/cluster/apply/apply-phase';
import { applyProgress } from './apply-progress';

const waiting = [
  { what: 'Deployment linkerd/linkerd-identity', why: '0 of 1 pods are available' },
  { what: 'Service linkerd/a', why: 'has no ready endpoints' },
];
const phase = '20-linkerd';
const EVENTS: readonly ApplyEvent[] = [
  { type: 'phase', phase, objects: 2 },
  { type: 'applied', phase },
  { type: 'applied', phase },
  { type: 'waiting', phase, waiting },
  { type: 'waiting', phase, waiting },
  { type: 'waiting', phase, waiting: waiting.slice(1) },
  {
    type: 'done',
    result: {
      phase,
      state: 'ready',
      created: 2,
      configured: 0,
      unchanged: 0,
      left: 0,
      seconds: 3,
      changes: [],
      problems: [],
    },
  },
];

function shown(isTTY: boolean): string {
  const methods = { cursorTo: () => true, moveCursor: () => true, clearLine: () => true, clearScreenDown: () => true };
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 120, rows: 30, ...methods });
  const progress = applyProgress(stream as unknown as NodeJS.WriteStream, [phase]);
  EVENTS.forEach(progress.onEvent);
  progress.stop();
  return String(stream.read() ?? '');
}

test('a line for whatever is new where there is no terminal', () => {
  expect(shown(false)).toBe(`20-linkerd: applying 2 objects
20-linkerd: waiting for Deployment linkerd/linkerd-identity: 0 of 1 pods are available, and 1 more
20-linkerd: waiting for Service linkerd/a: has no ready endpoints
20-linkerd: ready: 2 created, 0 configured, 0 unchanged in 3.0 s
`);
});

test('a line a phase on a terminal', () => {
  const text = shown(true);
  expect(text).toContain('2/2');
  expect(text).toContain('ready: 2 created, 0 configured, 0 unchanged in 3.0 s');
});
