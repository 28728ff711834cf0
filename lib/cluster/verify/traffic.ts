import type { Look } from './check';
import type { LiveService } from './served';
import type { HttpAnswer } from './http-request';
import { askService, NotAsked, originOf, wrongAnswer } from './served';

/** What became of requests that were sent one after the other. */
export interface TrafficReport {
  readonly url: string;
  readonly requests: number;
  readonly succeeded: number;

  /** Milliseconds; of those that were answered. */
  readonly p50: number;
  readonly p95: number;
  readonly max: number;

  /** Of the first request, which starts the service where it is scaled to zero. */
  readonly first: number;

  /** What went wrong, with how often. */
  readonly failures: Readonly<Record<string, number>>;

  /** Why some could not be sent, if that was so. They are not counted. */
  readonly notAsked: string | undefined;
}

/** As in the walk-through's loop. */
const EVERY = 3000;

/** Sends a request every three seconds to a service, for as long as is said. */
export async function sendTraffic(look: Look, service: LiveService, milliseconds: number): Promise<TrafficReport> {
  const end = performance.now() + milliseconds;
  const latencies: number[] = [];
  const failures: Record<string, number> = {};
  let succeeded = 0;
  let requests = 0;
  let notAsked: string | undefined;
  for (;;) {
    const sent = performance.now();
    const answer = await askService(look, service);
    if (answer instanceof NotAsked) notAsked = answer.message;
    else {
      requests++;
      if (!(answer instanceof Error)) latencies.push(answer.milliseconds);
      const failure = failureOf(service, answer);
      if (failure === undefined) succeeded++;
      else failures[failure] = (failures[failure] ?? 0) + 1;
    }
    const next = Math.max(sent + EVERY, performance.now());
    if (next >= end) break;
    await new Promise((resolve) => setTimeout(resolve, next - performance.now()));
  }
  const sorted = [...latencies].sort((a, b) => a - b);
  return {
    ...{ url: originOf(service), requests, succeeded, failures },
    p50: percentile(sorted, 50),
    p95: percentile(sorted, 95),
    max: percentile(sorted, 100),
    first: Math.round(latencies[0] ?? NaN),
    notAsked,
  };
}

function failureOf(service: LiveService, answer: HttpAnswer | Error): string | undefined {
  if (answer instanceof Error) return answer.message;
  return wrongAnswer(service, answer) === undefined ? undefined : String(answer.status);
}

/** The smallest of the values below which, or at which, so many percent of them are: the nearest rank. */
export function percentile(sorted: readonly number[], percent: number): number {
  return Math.round(sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN);
}
