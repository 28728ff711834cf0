import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../../objects/manifest';

const CASES = join(__dirname, 'cases');

/** The objects of a text that are of Serving's API. */
export function servingObjectsIn(text: string): Manifest[] {
  return parseAllDocuments(text, { version: '1.1' })
    .map((document) => document.toJS() as Manifest | null)
    .filter((object): object is Manifest => object?.apiVersion.startsWith('serving.knative.dev/') === true);
}

/** The names of the files in `cases/`. */
export const CASE_FILES: readonly string[] = readdirSync(CASES).sort();

/** The objects of a file in `cases/`. */
export const objectsOfCase = (file: string): Manifest[] => servingObjectsIn(readFileSync(join(CASES, file), 'utf8'));
