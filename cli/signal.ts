import { setExitCode } from './exit-code';

/** As shells have it for a program that SIGINT ended. */
export const INTERRUPTED = 130;

/** Runs until the first Ctrl-C, which ends it in good order; a second one ends it at once. */
export async function withSignal(run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interrupt = new AbortController();
  const end = (): void => {
    interrupt.abort();
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    await run(interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
  }
  if (interrupt.signal.aborted) setExitCode(INTERRUPTED);
}
