import type { SingleBar } from 'cli-progress';
import { MultiBar, Presets } from 'cli-progress';
import type { ApplyEvent, PhaseResult } from '../lib/cluster/apply/apply-phase';
import type { Waiting } from '../lib/cluster/wait';
import { inert } from '../lib/syntax/inert';
import { count, writeLines } from './terminal';

/** Shows how applying goes on. */
export interface ApplyProgress {
  readonly onEvent: (event: ApplyEvent) => void;
  readonly stop: () => void;
}

/** A line a phase that moves on a terminal, and one for whatever happens elsewhere. */
export function applyProgress(stream: NodeJS.WriteStream, phases: readonly string[]): ApplyProgress {
  return stream.isTTY ? progressBars(stream, phases) : progressLines(stream);
}

/** `Deployment linkerd/linkerd-identity: 0 of 1 pods are available, and 2 more` */
export function describeWaiting(waiting: readonly Waiting[]): string {
  const [first] = waiting;
  if (first === undefined) return '';
  const more = waiting.length - 1;
  return `${first.what}: ${first.why}${more === 0 ? '' : `, and ${more} more`}`;
}

const done = ({ state, created, configured, unchanged, seconds }: PhaseResult): string =>
  `${state}: ${created} created, ${configured} configured, ${unchanged} unchanged in ${seconds.toFixed(1)} s`;

function progressBars(stream: NodeJS.WriteStream, phases: readonly string[]): ApplyProgress {
  const width = Math.max(0, ...phases.map(({ length }) => length));
  const bars = new MultiBar(
    {
      stream,
      format: '{phase} {bar} {value}/{total} {now}',
      barsize: 20,
      clearOnComplete: false,
      hideCursor: true,
      linewrap: false,
      emptyOnZero: true,
    },
    Presets.shades_classic,
  );
  const running = new Map<string, SingleBar>();
  return {
    onEvent: (event) => {
      if (event.type === 'phase') {
        running.set(event.phase, bars.create(event.objects, 0, { phase: event.phase.padEnd(width), now: 'applies' }));
        return;
      }
      const bar = running.get(event.type === 'done' ? event.result.phase : event.phase);
      if (event.type === 'applied') bar?.increment(1);
      else if (event.type === 'waiting') bar?.update({ now: inert(`waits: ${describeWaiting(event.waiting)}`) });
      else bar?.update({ now: done(event.result) });
    },
    stop: () => {
      bars.stop();
    },
  };
}

/** A line is written again when it says something new, so that a log shows what took the time. */
function progressLines(stream: NodeJS.WriteStream): ApplyProgress {
  let last = '';
  const write = (phase: string, text: string): void => {
    const line = `${phase}: ${text}`;
    if (line !== last) writeLines(stream, [line]);
    last = line;
  };
  return {
    onEvent: (event) => {
      if (event.type === 'phase') write(event.phase, `applying ${count(event.objects, 'object')}`);
      else if (event.type === 'waiting') write(event.phase, `waiting for ${describeWaiting(event.waiting)}`);
      else if (event.type === 'done') write(event.result.phase, done(event.result));
    },
    stop: () => undefined,
  };
}
