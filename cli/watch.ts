import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, watch as watchFolder } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { changedDocuments } from '../lib/render/changed-documents';
import { PLATFORM_FILE } from '../lib/render/dist';
import { styled } from './terminal';

interface Watched {
  readonly app: string;
  readonly dist: string;
}

/** Editors save in several steps. */
const SETTLED_MILLISECONDS = 40;

/** Folders in which nothing is that a platform is made of. */
const LEFT_OUT = ['node_modules', 'coverage', 'graph'];

/** Renders, and again after every save, until it is interrupted. A mistake is shown, and the watching goes on. */
export async function watch(root: string, { app, dist }: Watched): Promise<never> {
  const output = resolve(dist);
  const isOurs = (folder: string, name: string): boolean =>
    !name.split(sep).some((part) => part.startsWith('.')) &&
    !name.endsWith('.log') &&
    !`${join(folder, name)}${sep}`.startsWith(`${output}${sep}`);
  let saved: () => void = () => undefined;
  let pending = true;
  const notice = (): void => {
    pending = true;
    saved();
  };
  for (const folder of foldersOf(root, dirname(resolve(app)))) {
    watchFolder(folder.path, { recursive: folder.deep }, (_, name) => {
      if (name === null || isOurs(folder.path, name)) notice();
    });
  }
  process.stderr.write(`watching ${relative('', root) || '.'}: rendered again after every save, until Ctrl-C\n`);
  let before = filesIn(output);
  for (;;) {
    while (pending) {
      pending = false;
      const status = await render(app, dist);
      const after = filesIn(output);
      const changes = changesIn(before, after);
      process.stdout.write(changes === '' && status === 0 ? 'nothing changed\n' : changes);
      before = after;
    }
    await new Promise<void>((done) => (saved = done));
    await new Promise((done) => setTimeout(done, SETTLED_MILLISECONDS));
  }
}

interface Folder {
  readonly path: string;
  readonly deep: boolean;
}

/** All of the project but what is installed or written, and all that is beside the app's file. */
function foldersOf(root: string, appFolder: string): Folder[] {
  return [...new Set([root, appFolder])].flatMap((path) => [
    { path, deep: false },
    ...readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !LEFT_OUT.includes(entry.name))
      .map(({ name }) => ({ path: join(path, name), deep: true })),
  ]);
}

/** As a process of its own, so that each begins from what is in the files. What is wrong is on its stderr, which is this one's. */
function render(app: string, dist: string): Promise<number | null> {
  const program = [...process.execArgv, process.argv[1] ?? '', 'synth', '--app', app, '--dist', dist];
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
function changesIn(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const lines = paths.flatMap((path) => {
    const changes = changedDocuments(before.get(path) ?? '', after.get(path) ?? '');
    const shown = changes.map(
      ({ change, document }) => `  ${styled(STYLES[change], change, process.stdout)} ${document}`,
    );
    return changes.length === 0 ? [] : [relative('', path), ...shown];
  });
  return lines.map((line) => `${line}\n`).join('');
}

const STYLES = { added: 'green', changed: 'yellow', removed: 'red' } as const;
