import { itemsOf } from '../objects/items-of';
import type { ListPlace, Manifest } from '../objects/manifest';
import type { Mistake } from '../objects/mistakes';
import { readManifest } from '../objects/read-manifest';
import { readYaml } from '../yaml/stream';

/** A document of a vendored file. */
export interface VendoredDocument {
  readonly manifest: Manifest;

  /** `file:line`, with the line of its first key. */
  readonly source: string;

  /**
   * The document's own text, comments and all.
   *
   * @default - the object is an item of a list
   */
  readonly text?: string;

  /** @default - the object has a text of its own */
  readonly list?: ListPlace;

  /**
   * A number that JavaScript cannot hold exactly, as it stands in the text. Such a document can be passed on, not changed.
   *
   * @default - there is none
   */
  readonly inexact?: string;
}

/** What a file holds: its documents, and what is wrong with it. */
export interface VendoredFile {
  readonly documents: readonly VendoredDocument[];
  readonly mistakes: readonly Mistake[];
}

/**
 * The Kubernetes objects of a YAML or JSON file, read as kubectl reads it. Of a list they are its items.
 *
 * @param file what `source` says in front of the line
 */
export function readDocuments(text: string, file: string): VendoredFile {
  const documents: VendoredDocument[] = [];
  const read = readYaml(text);
  const problems = [...read.problems];
  for (const { value: whole, text: own, inexact, lineOf } of read.documents) {
    for (const { path, value, problem } of itemsOf(whole)) {
      const line = lineOf(path);
      const found = problem === undefined ? readManifest(value) : { problem };
      if ('problem' in found) problems.push({ line, message: found.problem });
      else {
        const place = path.length === 0 ? { text: own } : { list: { text: own, path } };
        documents.push({
          manifest: found.manifest,
          source: `${file}:${line}`,
          ...place,
          ...(inexact !== undefined && { inexact }),
        });
      }
    }
  }
  problems.sort((a, b) => a.line - b.line);
  return { documents, mistakes: problems.map(({ line, message }) => ({ where: `${file}:${line}`, message })) };
}
