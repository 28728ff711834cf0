import fs from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What changes files, of Node's functions that take effect at once, and of those that promise to. */
const CHANGES = [
  'linkSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'unlinkSync',
  'writeFileSync',
  'chmodSync',
] as const;
const PROMISED = ['open', 'rm', 'writeFile'] as const;

/** The process is gone: what it would do next is not done. */
export class Killed extends Error {
  constructor() {
    super('killed');
    this.name = 'Killed';
  }
}

/**
 * For tests: what a disk is like for a process that is killed at a change of a file. Nothing is changed from then on, as nothing of the process runs;
 * a file that is just being written is there in half.
 */
export class DyingDisk {
  private changes = 0;
  private readonly restored: (() => void)[] = [];

  /** @param at the change that is not made any more, from 1; `Infinity`: all are counted */
  constructor(private readonly at: number) {
    for (const name of CHANGES) this.replace(fs, name);
    for (const name of PROMISED) this.replace(fs.promises, name);
  }

  /** How many changes there were. */
  get made(): number {
    return this.changes;
  }

  /** The disk is as usual again: another process uses it. */
  restore(): void {
    for (const restore of this.restored) restore();
  }

  private replace<Module extends object>(module: Module, name: keyof Module): void {
    const own = module[name] as (...args: unknown[]) => unknown;
    const replacement = (...args: unknown[]): unknown => {
      // To read is no change.
      if (name === 'open' && args[1] === undefined) return own.apply(module, args);
      this.changes += 1;
      if (this.changes < this.at) return own.apply(module, args);
      if (this.changes === this.at && name === 'writeFileSync') {
        const [path, text, options] = args as [string, string, object];
        own.call(module, path, text.slice(0, text.length / 2), options);
      }
      throw new Killed();
    };
    (module as Record<keyof Module, unknown>)[name] = replacement;
    this.restored.push(() => {
      (module as Record<keyof Module, unknown>)[name] = own;
    });
  }
}

/**
 * Does something that is killed at each of its changes of a file, one after the other.
 *
 * @param attempt what is killed; it is to begin from the same state each time
 * @param then what follows after each kill, on a disk that works again
 * @returns how many kills there were
 */
export async function killAtEach(
  attempt: () => unknown,
  then: (kill: number) => unknown,
  before: () => unknown = () => undefined,
): Promise<number> {
  for (let kill = 1; ; kill += 1) {
    await before();
    const disk = new DyingDisk(kill);
    let killed: boolean;
    try {
      await attempt();
      killed = false;
    } catch (error) {
      if (disk.made < kill) throw error;
      killed = true;
    } finally {
      disk.restore();
    }
    if (!killed && disk.made < kill) return kill - 1;
    await then(kill);
  }
}

/** Makes locks of this process those of one that has ended, as those of a killed one are. */
export function bury(lock: string): void {
  const folder = dirname(lock);
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  for (const name of names.filter((one) => one.startsWith(basename(lock)))) {
    const text = fs.readFileSync(join(folder, name), 'utf8');
    fs.writeFileSync(join(folder, name), text.replace(/"started":"\d+"/, '"started":"never"'));
  }
}
