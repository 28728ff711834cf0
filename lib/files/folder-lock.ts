import { randomUUID } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from './make-folder';

/** Who holds a lock. */
interface Holder {
  readonly process: number;
  readonly host: string;

  /** When the process was started, as the system counts it, where it tells: a number may be given to another process later. */
  readonly started?: string;

  /** No two are the same. */
  readonly token: string;
}

/** How file systems without links say so. */
const NO_LINKS: readonly string[] = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

/** Another process is at work where one alone may be. */
export class LockedByAnother extends Error {
  constructor(what: string, { process, host }: Pick<Holder, 'process' | 'host'>, file: string) {
    const where = host === hostname() ? '' : ` on ${host}`;
    const fix = where === '' ? 'wait until it has ended' : `wait until it has ended, or remove ${file} if it has`;
    super(`${what}: another one is at work here (process ${process}${where}): ${fix}`);
    this.name = 'LockedByAnother';
  }
}

/** A file that keeps other processes away from a folder. One that a killed process has left keeps nobody away. */
export class FolderLock {
  private readonly own: string;

  /**
   * @param file the lock
   * @param what the command, as messages name it
   */
  constructor(
    private readonly file: string,
    private readonly what: string,
  ) {
    const started = startOf(process.pid);
    const holder: Holder = {
      process: process.pid,
      host: hostname(),
      ...(started !== undefined && { started }),
      token: randomUUID(),
    };
    this.own = JSON.stringify(holder);
  }

  /**
   * Takes the lock.
   *
   * @throws LockedByAnother if another process holds it
   */
  take(): void {
    for (;;) {
      makeFolder(dirname(this.file));
      if (this.tryToTake()) {
        this.sweep();
        return;
      }
      const there = this.read();
      if (there === undefined) continue;
      const holder = holderIn(there);
      if (holder !== undefined && isHeld(holder)) throw new LockedByAnother(this.what, holder, this.file);
      this.removeLeft(there);
    }
  }

  /**
   * Takes the lock once it is free.
   *
   * @param milliseconds how long to wait at most
   * @param onWait called once, where there is a wait
   * @throws LockedByAnother if it is not free by then
   */
  async takeWithin(milliseconds: number, onWait: () => void): Promise<void> {
    const until = Date.now() + milliseconds;
    for (let waited = false; ; waited = true) {
      try {
        this.take();
        return;
      } catch (error) {
        if (!(error instanceof LockedByAnother) || Date.now() >= until) throw error;
        if (!waited) onWait();
        await sleep(100);
      }
    }
  }

  /** Whether it is still held: nobody has taken it for one that was left. */
  isHeld(): boolean {
    return this.read() === this.own;
  }

  release(): void {
    if (this.isHeld()) rmSync(this.file, { force: true });
  }

  /** A link is made at once with all that is in it, and only where there is none. */
  private tryToTake(): boolean {
    const written = `${this.file}.${randomUUID()}`;
    try {
      writeFileSync(written, this.own);
      linkSync(written, this.file);
      return true;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      // Whoever held it may take the folder along.
      if (['EEXIST', 'ENOENT'].includes(code)) return false;
      if (!NO_LINKS.includes(code)) throw error;
      return this.writeWhereNone();
    } finally {
      rmSync(written, { force: true });
    }
  }

  private writeWhereNone(): boolean {
    try {
      writeFileSync(this.file, this.own, { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  private read(file = this.file): string | undefined {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Removes what processes have left that were killed while they took the lock. */
  private sweep(): void {
    const folder = dirname(this.file);
    for (const name of readdirSync(folder).filter((one) => one.startsWith(`${basename(this.file)}.`))) {
      const holder = holderIn(this.read(join(folder, name)) ?? '');
      // One that is just being written is missed by its process, which tries again.
      if (holder === undefined || !isHeld(holder)) rmSync(join(folder, name), { force: true });
    }
  }

  /** Removes a lock that was left, unless another process has done so and holds it now. */
  private removeLeft(left: string): void {
    const aside = `${this.file}.${randomUUID()}`;
    try {
      renameSync(this.file, aside);
      if (readFileSync(aside, 'utf8') !== left) linkSync(aside, this.file);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!['ENOENT', 'EEXIST'].includes(code)) throw error;
    } finally {
      rmSync(aside, { force: true });
    }
  }
}

function holderIn(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

/** Of a process on another machine it is not known whether it runs. */
function isHeld({ process, host, started }: Holder): boolean {
  if (host !== hostname()) return true;
  return isRunning(process) && (started === undefined || startOf(process) === started);
}

/** Whether a process of this machine runs. */
export function isRunning(process: number): boolean {
  try {
    global.process.kill(process, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process was started, in ticks since the machine was; `undefined` where the system does not tell. */
function startOf(process: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${process}/stat`, 'utf8');
    // The name, in brackets, may hold anything.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
