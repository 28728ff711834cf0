import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { mapping } from '../objects/json';
import { readYaml } from '../yaml/stream';
import { fileText } from './file-text';
import { isKustomizationName } from './named-files';

/** What a kustomization names besides itself. */
export interface References {
  /** Folders with kustomizations of their own, as absolute paths without links. */
  readonly folders: readonly string[];

  /** Files, in the same form. */
  readonly files: readonly string[];

  /** What is fetched over the network. */
  readonly remote: readonly string[];
}

/**
 * The fields of a kustomization that name files, and which key of their items does so where those are mappings. Source: kustomize 5.5
 * `api/types/kustomization.go`.
 */
const NAMING: readonly (readonly [field: string, ...keys: string[]])[] = [
  ['resources'],
  ['bases'],
  ['components'],
  ['crds'],
  ['configurations'],
  ['generators'],
  ['transformers'],
  ['validators'],
  ['patches', 'path'],
  ['patchesStrategicMerge'],
  ['patchesJson6902', 'path'],
  ['replacements', 'path'],
  ['configMapGenerator', 'files', 'envs', 'env'],
  ['secretGenerator', 'files', 'envs', 'env'],
  ['helmCharts', 'valuesFile', 'additionalValuesFiles'],
  ['openapi', 'path'],
];

const KUSTOMIZE_GROUP = 'kustomize.config.k8s.io/';

/** Whether what stands in a file of such a name is a kustomization: Flux has another kind that is called so, which is an ordinary object. */
export function isKustomization(value: unknown): boolean {
  const { apiVersion } = mapping(value);
  return apiVersion === undefined || (typeof apiVersion === 'string' && apiVersion.startsWith(KUSTOMIZE_GROUP));
}

/** Whether a kustomization is a component: a part that others name. */
export const isComponent = (value: unknown): boolean => mapping(value).kind === 'Component';

/** What the kustomization in a folder names; nothing where there is none that can be read. */
export function referencesOf(folder: string): References {
  const found = { folders: new Set<string>(), files: new Set<string>(), remote: new Set<string>() };
  for (const name of namesIn(folder)) {
    const read = fileText(join(folder, name));
    const [document] = 'text' in read ? readYaml(read.text).documents : [];
    if (document === undefined) continue;
    for (const reference of namedIn(document.value)) {
      const path = resolve(folder, reference);
      const entry = statSync(path, { throwIfNoEntry: false });
      if (entry === undefined) {
        if (isRemote(reference)) found.remote.add(reference);
      } else (entry.isDirectory() ? found.folders : found.files).add(realpathSync(path));
    }
  }
  return { folders: [...found.folders], files: [...found.files], remote: [...found.remote] };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(isKustomizationName);
  } catch {
    return [];
  }
}

/** All texts that may name a file. One with a line break in it is a patch itself, and `key=path` names a file by a key. */
function namedIn(value: unknown): string[] {
  const kustomization = mapping(value);
  return NAMING.flatMap(([field, ...keys]) =>
    listOf(kustomization[field]).flatMap((item) =>
      typeof item === 'string' ? [item] : keys.flatMap((key) => listOf(mapping(item)[key])),
    ),
  )
    .filter((text): text is string => typeof text === 'string' && text !== '' && !text.includes('\n'))
    .map((text) => text.replace(/^[^=/?]*=(?=.)/, ''));
}

/** What kustomize fetches where no file has that name. Source: kustomize 5.5 `api/internal/git/repospec.go`, `api/internal/loader/fileloader.go`. */
const isRemote = (reference: string): boolean =>
  /^[a-z][a-z+]*:\/\/|^[\w.-]+@[\w.-]+:|^git::|^(?:[\w-]+\.)+[a-z]{2,}\/|[?&]ref=/i.test(reference);

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
