import { basename, dirname } from 'node:path';
import { at } from '../objects/json';
import type { ListPlace, Manifest } from '../objects/manifest';
import type { Mistake } from '../objects/mistakes';
import { readDocuments } from '../releases/documents';
import { readYaml } from '../yaml/stream';
import type { BuildOptions, Built } from './build-kustomization';
import { buildKustomization } from './build-kustomization';
import type { ReadText } from './file-text';
import { fileText, streamText } from './file-text';
import type { FoundFile } from './find-files';
import { findFiles } from './find-files';
import { Kustomizations } from './kustomizations';
import { isKustomizationName, isYamlName } from './named-files';
import { shownPath } from './paths';

/** An object that was read. */
export interface SourceObject {
  readonly manifest: Manifest;

  /** `file:line` of its first key. */
  readonly source: string;

  /** The name of its file within the folder that was named. @default - it is of no such file */
  readonly file?: string;

  /** @default - it has no text of its own */
  readonly text?: string;

  /** @default - it is no item of a list */
  readonly list?: ListPlace;

  /** The folder of the kustomization that makes it. @default - it stands where `source` says */
  readonly madeBy?: string;
}

/** What was read, and what was not. */
export interface Sources {
  /** In the order in which kubectl takes the files. */
  readonly objects: readonly SourceObject[];

  /** What is no object, and what kubectl would read and is not read. */
  readonly mistakes: readonly Mistake[];

  /** What is not followed, as kubectl does not follow it. */
  readonly notes: readonly Mistake[];
  readonly files: ReadFiles;
}

/** Which files were read, and which were not. */
export interface ReadFiles {
  /** How many were read as they are. */
  readonly read: number;

  /** The folders of kustomizations that were built. */
  readonly built: readonly string[];

  /** Folders that were not looked into. */
  readonly leftOut: readonly string[];

  /** Files without an object where that is no mistake: what tools keep in hidden files, and what stands beside kustomizations. */
  readonly withoutObjects: readonly string[];
}

/** The objects of a file whose name within its folder and whose text are known, so that it need not be read. */
export type KnownObjects = (file: {
  readonly name: string;
  readonly text: string;
}) => readonly { readonly manifest: Manifest }[] | undefined;

export interface SourceOptions extends BuildOptions {
  /** Standard input. @default - that of this process */
  readonly input?: AsyncIterable<Buffer | string>;

  /** @default - all files are read */
  readonly known?: KnownObjects;
}

/** A shell's `<(…)` is a file like any other, but Node cannot open standard input where that is a socket. */
const STDIN_NAMES: readonly string[] = ['-', '/dev/stdin'];
const STDIN = '<stdin>';

/** Programs that are started at once. */
const AT_ONCE = 4;

/**
 * The objects of what a user names: files, folders with all that is in and below them, and `-` for standard input.
 *
 * @throws Error if a path is not there, or nothing in it is YAML
 */
export async function readSources(paths: readonly string[], options: SourceOptions = {}): Promise<Sources> {
  const reading = new Reading(options);
  for (const path of paths) await (STDIN_NAMES.includes(path) ? reading.input() : reading.path(path));
  const { objects, mistakes, notes, files } = reading;
  return { objects, mistakes, notes, files };
}

/** A file, as messages name it and as it is named within its folder. */
interface NamedFile {
  readonly shown: string;
  readonly name: string | undefined;
}

class Reading {
  readonly objects: SourceObject[] = [];
  readonly mistakes: Mistake[] = [];
  readonly notes: Mistake[] = [];
  readonly files = { read: 0, built: [] as string[], leftOut: [] as string[], withoutObjects: [] as string[] };
  private readonly seen = new Set<string>();

  constructor(private readonly options: SourceOptions) {}

  async input(): Promise<void> {
    if (this.seen.has(STDIN)) throw new Error('-: standard input is named twice, and can be read once');
    this.seen.add(STDIN);
    const read = await streamText(this.options.input ?? process.stdin);
    // Whatever should have written to it has failed, more often than not.
    if ('text' in read && read.text.trim() === '') throw new Error(`${STDIN}: there is nothing in it`);
    this.take({ shown: STDIN, name: undefined }, read);
  }

  async path(path: string): Promise<void> {
    const found = findFiles(path);
    this.mistakes.push(...found.mistakes);
    this.notes.push(...found.notes);
    this.files.leftOut.push(...found.leftOut);
    const kustomizations = new Kustomizations(found.files);
    const files = found.files.filter(
      ({ path: file, real }) =>
        !isKustomizationName(basename(file)) || isYamlName(file) || kustomizations.has(dirname(real)),
    );
    if (files.length === 0 && found.mistakes.length === 0) throw new Error(`${shownPath(path)}: has no YAML file`);
    for (const folder of kustomizations.looseComponents) {
      this.notes.push({
        where: shownPath(folder),
        message: 'is a component that no kustomization here names: it makes nothing by itself',
      });
    }
    const built = await this.buildAll(kustomizations);
    for (const file of files.filter(({ real }) => !this.seen.has(real))) {
      this.seen.add(file.real);
      const folder = dirname(file.real);
      if (isKustomizationName(basename(file.path)) && kustomizations.has(folder))
        this.takeBuilt(file, built.get(folder));
      else if (!kustomizations.names(file.real)) {
        const isLenient = basename(file.path).startsWith('.') || kustomizations.covers(folder);
        this.take({ shown: shownPath(file.path), name: file.name }, fileText(file.path), isLenient);
      }
    }
  }

  private async buildAll(kustomizations: Kustomizations): Promise<Map<string, Built>> {
    const built = new Map<string, Built>();
    const roots = kustomizations.roots;
    for (let at = 0; at < roots.length; at += AT_ONCE) {
      await Promise.all(
        roots.slice(at, at + AT_ONCE).map(async (folder) => {
          built.set(folder, await buildKustomization(folder, kustomizations.allOf(folder), this.options));
        }),
      );
    }
    return built;
  }

  private takeBuilt({ path, name }: FoundFile, built: Built | undefined): void {
    // It is a part of another one.
    if (built === undefined) return;
    const where = shownPath(path);
    if ('problem' in built) {
      this.mistakes.push({ where: `${where}:1`, message: built.problem });
      return;
    }
    const folder = shownPath(dirname(path));
    this.files.built.push(folder);
    const { documents, mistakes } = readDocuments(built.text, 'line');
    for (const { manifest } of documents) {
      this.objects.push({ manifest, source: `${where}:1`, ...fileOf(name), madeBy: folder });
    }
    for (const { where: line, message } of mistakes) {
      const what = `in what kubectl kustomize makes of it, ${line.replace(':', ' ')}`;
      this.mistakes.push({ where: `${where}:1`, message: `${what}: ${message}` });
    }
  }

  /** @param isLenient whether a file without any object is no mistake */
  private take(file: NamedFile, read: ReadText, isLenient = false): void {
    if ('problem' in read) {
      this.mistakes.push({ where: file.shown, message: read.problem });
      return;
    }
    if (isLenient && !readYaml(read.text).documents.some(({ value }) => saysWhatItIs(value))) {
      this.files.withoutObjects.push(file.shown);
      return;
    }
    this.files.read += 1;
    const inFolder = fileOf(file.name);
    const known = file.name === undefined ? undefined : this.options.known?.({ name: file.name, text: read.text });
    if (known !== undefined) {
      for (const { manifest } of known) this.objects.push({ manifest, source: file.shown, ...inFolder });
      return;
    }
    const { documents, mistakes } = readDocuments(read.text, file.shown);
    for (const mistake of mistakes) this.mistakes.push(mistake);
    for (const { manifest, source, text, list } of documents) {
      const place = { ...(text !== undefined && { text }), ...(list !== undefined && { list }) };
      this.objects.push({ manifest, source, ...inFolder, ...place });
    }
  }
}

const fileOf = (name: string | undefined): Pick<SourceObject, 'file'> => (name === undefined ? {} : { file: name });

/** Whether a document is meant to be an object, whatever else is wrong with it. */
const saysWhatItIs = (value: unknown): boolean =>
  at(value, 'apiVersion') !== undefined && at(value, 'kind') !== undefined;
