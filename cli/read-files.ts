import { filesText } from '../lib/sources/files-text';
import type { Sources } from '../lib/sources/read-sources';
import { printMistakes } from './terminal';

/** How every command reads what `--from` and its like name. */
export const READING_HELP = `
Of a folder all files count that end in .yaml, .yml or .json, also in folders below, in the order of their names. Left out are hidden folders, node_modules and
vendor, unless they are named themselves. The items of a List count as objects. Where there is a kustomization, what kubectl kustomize makes of it counts
instead of the files that it names, and nothing is fetched for it; give "-" for what something else makes: kubectl kustomize DIR | ... --from -
`;

/** Says on stderr which files were read, and what was not followed. */
export function printReadFiles({ files, notes }: Pick<Sources, 'files' | 'notes'>, name?: string): void {
  printMistakes('warning', notes);
  process.stderr.write(`${name === undefined ? '' : `${name}: `}${filesText(files)}\n`);
}
