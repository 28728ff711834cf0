import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { note, styled, whenPrinted, whenUnprintable } from './terminal';

/** Exit codes of all commands: done, a finding or a mistake, could not run. */
export const DONE = 0;
export const FINDING = 1;
export const COULD_NOT_RUN = 2;

let code = DONE;
let done = false;
let told = false;

/** What the command exits with when it is done; 0 where it never says. */
export function setExitCode(status: number): void {
  code = status;
}

/** The command is done, and the process may end. */
export function commandIsDone(): void {
  done = true;
  process.exitCode = code;
}

/** Ends the process, of which all is said: by default with what the command exits with, if it is done. */
export function exitNow(status = done ? code : COULD_NOT_RUN): never {
  setExitCode(status);
  commandIsDone();
  process.exit();
}

/** The command is done, and the process ends once all is said: what V8 still does, and tidying the heap, would be waited for otherwise. */
export function endWhenSaid(): void {
  commandIsDone();
  whenPrinted((error) => {
    if (error) unsaid(error);
    process.exit();
  });
}

/** Whoever reads the output may have enough of it, as `head` has. */
function unsaid(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') exitNow();
  tell(`the output cannot be written: ${error.message}`);
  exitNow(COULD_NOT_RUN);
}

/** Not in Node's types: what process.exit ends with, and what packages call that have to do with the end of processes. */
interface Ending {
  reallyExit: (status?: number) => void;
}

/**
 * From here on the process fails unless the command said that it is done, however it ends: what an app's file or a package of it does with
 * process.exit and process.exitCode is never taken for success. This is for accidents: code that means harm could say anything in our name.
 */
export function failUnlessDone(command: string): void {
  const ending = process as unknown as Ending;
  const end = ending.reallyExit.bind(process);
  ending.reallyExit = function reallyExit() {
    if (!done) {
      const where = placeIn(stackBelow(reallyExit));
      tell(`${where === undefined ? '' : `${where}: `}ends the process before ${command} is done: take that out`);
    }
    end(done ? code : COULD_NOT_RUN);
  };
  process.on('beforeExit', () => {
    if (!done) tell(`${command} came to no end: it waits for what never comes`);
    process.exit();
  });
  process.on('uncaughtException', (error: unknown) => {
    const where = error instanceof Error ? placeIn(error.stack ?? '') : undefined;
    const message = error instanceof Error ? error.message : String(error);
    tell(`${where === undefined ? '' : `${where}: `}${message}`);
    exitNow(COULD_NOT_RUN);
  });
  whenUnprintable(unsaid);
  // For an end that nothing above sees.
  process.exitCode = COULD_NOT_RUN;
}

/** Once: what comes after it follows from it. */
function tell(message: string): void {
  if (!told) note(`${styled('red', 'error', process.stderr)} ${message}`);
  told = true;
}

function stackBelow(callee: () => void): string {
  const at: { stack?: string } = {};
  Error.captureStackTrace(at, callee);
  return at.stack ?? '';
}

const FRAME = /^ +at (?:.*\()?(.+):(\d+):\d+\)?$/gm;

/** `main.ts:12`: the innermost line of a stack that is in a file, rather than in Node itself or in what is compiled together. */
function placeIn(stack: string): string | undefined {
  const [place] = [...stack.matchAll(FRAME)].filter(([, file = '']) =>
    statSync(file, { throwIfNoEntry: false })?.isFile(),
  );
  return place === undefined ? undefined : `${relative(process.cwd(), place[1] ?? '')}:${place[2] ?? ''}`;
}
