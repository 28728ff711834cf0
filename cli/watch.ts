import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { changedDocuments } from '../lib/render/changed-documents';
import { PLATFORM_FILE } from '../lib/render/dist';
import type { AppOptions } from './app-options';
import { FolderWatch } from './folder-watch';
import { note, print, styled } from './terminal';

interface Watched extends AppOptions {
  readonly dist: string;
}

/** Editors save in several steps. */
const SETTLED_MILLISECONDS = 40;

/** Folders of the project, or beside the app's file, that commands write. */
const WRITTEN = ['coverage', 'graph'];

/** Renders, and again after every save, until it is interrupted. A mistake is shown, and the watching goes on. */
export async function watch(root: string, { dist, ...which }: Watched): Promise<never> {
  const output = resolve(dist);
  const roots = [...new Set([root, dirname(resolve(which.app))])];
  const written = [output, ...roots.flatMap((folder) => WRITTEN.map((name) => join(folder, name)))];
  const isLeftOut = (path: string): boolean => {
    const name = basename(path);
    return name.startsWith('.') || name.endsWith('.log') || name === 'node_modules' || written.includes(path);
  };
  let saved: () => void = () => undefined;
  let pending = true;
  const notice = (): void => {
    pending = true;
    saved();
  };
  const folders = new FolderWatch(roots, isLeftOut, notice);
  note(`watching ${relative('', root) || '.'}: rendered again after every save, until Ctrl-C`);
  let before = filesIn(output);
  for (;;) {
    while (pending) {
      pending = false;
      folders.refresh();
      const status = await render({ dist, ...which });
      const after = filesIn(output);
      const changes = changesIn(before, after);
      print(changes.length === 0 && status === 0 ? ['nothing changed'] : changes);
      before = after;
    }
    await new Promise<void>((done) => (saved = done));
    await new Promise((done) => setTimeout(done, SETTLED_MILLISECONDS));
  }
}

/** As a process of its own, so that each begins from what is in the files. What is wrong is on its stderr, which is this one's. */
function render({ app, environment, dist }: Watched): Promise<number | null> {
  const which = environment === undefined ? [] : ['--environment', environment];
  const program = [...process.execArgv, process.argv[1] ?? '', 'synth', '--app', app, ...which, '--dist', dist];
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((done) => child.on('close', done));
}

/** The platform's files in a folder and those of its environments, by their paths. */
function filesIn(folder: string, deeper = true): Map<string, string> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return new Map();
  return new Map(
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return PLATFORM_FILE.test(entry.name) ? [[path, readFileSync(path, 'utf8')] as const] : [];
      return entry.isDirectory() && deeper ? [...filesIn(path, false)] : [];
    }),
  );
}

/** One line for each object that changed, below its file; nothing if none did. */
function changesIn(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const changes = changedDocuments(before.get(path) ?? '', after.get(path) ?? '');
    const shown = changes.map(
      ({ change, document }) => `  ${styled(STYLES[change], change, process.stdout)} ${document}`,
    );
    return changes.length === 0 ? [] : [relative('', path), ...shown];
  });
}

const STYLES = { added: 'green', changed: 'yellow', removed: 'red' } as const;
