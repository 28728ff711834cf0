import { createInterface } from 'node:readline/promises';
import { inert } from '../lib/syntax/inert';
import { noteStream } from './terminal';

/**
 * Asks a question on the terminal. Only `y` and `yes` are a yes.
 *
 * @throws Error if there is no terminal to ask on
 */
export async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('there is no terminal to ask on: say yes with --yes');
  const terminal = createInterface({ input: process.stdin, output: noteStream() });
  try {
    const answer = await terminal.question(`${inert(question)} [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
