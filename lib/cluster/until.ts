import { KubectlRefusal } from '../kubectl/kubectl';
import { refusalOf } from './refusal';

/** When somebody has waited long enough, in milliseconds since the epoch. */
export type Deadline = number;

export const after = (seconds: number): Deadline => Date.now() + seconds * 1000;

/** Waits a moment, or until the signal. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
    if (signal?.aborted === true) done();
  });
}

/**
 * Asks, and asks again while there is no API server to answer, until the deadline: it may be restarting.
 *
 * @throws what `ask` throws, once it is another mistake or too late
 */
export async function whileAway<T>(
  deadline: Deadline,
  signal: AbortSignal | undefined,
  ask: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      signal?.throwIfAborted();
      const away = error instanceof KubectlRefusal && refusalOf(error.stderr).cause === 'unreachable';
      if (!away || Date.now() > deadline) throw error;
      await pause(1000, signal);
    }
  }
}
