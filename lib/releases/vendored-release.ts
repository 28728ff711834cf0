import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Construct } from 'constructs';
import type { Namespaces } from '../namespaces';
import { at, strings } from '../objects/json';
import type { Json, Manifest } from '../objects/manifest';
import { describeObject } from '../objects/manifest';
import { addMistake, Mistakes } from '../objects/mistakes';
import type { Phase } from '../objects/phase';
import type { Change } from '../objects/upstream-document';
import { UpstreamDocument } from '../objects/upstream-document';
import { holdsPrivateKey } from '../objects/private-key';
import { quote } from '../syntax/quote';
import type { VendoredDocument } from './documents';
import { readDocuments } from './documents';
import type { Lock, LockedComponent, LockedFile } from './lock';
import { readLock, vendorFolder } from './lock';
import type { Overlay } from './overlay';
import { LOCK_FILE, projectRoot } from './project-root';

export interface VendoredReleaseProps {
  /** The component, by its name in the lock. */
  readonly component: string;

  /**
   * Which of the release's files, by their names in the lock.
   *
   * @default - all of them
   */
  readonly files?: readonly string[];

  /** The phase that an object goes to. */
  readonly phaseOf: (object: Manifest) => Phase;

  /** The namespaces of the platform. The release's own documents for them are left out: the platform declares each once, with their labels and annotations. */
  readonly namespaces: Namespaces;

  /**
   * Changes to the release's objects.
   *
   * @default - none
   */
  readonly overlays?: readonly Overlay[];

  /**
   * What is wrong with an object as it goes out, in a clause; `undefined` if nothing is.
   *
   * @default - nothing but a private key
   */
  readonly problem?: (object: Manifest) => string | undefined;

  /**
   * The folder that holds `releases.lock.yaml` and `vendor/`.
   *
   * @default - the nearest one above this module that holds `releases.lock.yaml`
   */
  readonly root?: string;
}

/**
 * A component's release from its own files in `vendor/`, which are held against the lock. Each document goes to its phase: as it
 * stands in its file, byte for byte, or as overlays have changed it.
 *
 * What is wrong is recorded: a file that is missing or is not the lock's, an overlay that no object is for, a private key, a
 * namespace that the platform does not declare.
 */
export class VendoredRelease extends Construct {
  /** The release's version; `undefined` if the lock does not say. */
  readonly version: string | undefined;

  /** The release's objects as upstream has them. */
  readonly objects: readonly Manifest[];

  constructor(scope: Construct, id: string, props: VendoredReleaseProps) {
    super(scope, id);
    const { component, namespaces, overlays = [], phaseOf, problem, root = projectRoot() } = props;
    const locked = this.readLocked(root, component);
    this.version = locked?.version;
    const files = locked === undefined ? undefined : this.chosen(locked, component, props.files);
    const texts = files?.map((file) => this.readFile(root, component, locked?.version ?? '', file));
    const documents = (texts ?? []).flatMap((text) => (text === undefined ? [] : this.readDocuments(text)));
    this.objects = documents.map(({ manifest }) => manifest);

    const complete = texts?.every((text) => text !== undefined) === true;
    const unjudged = new Set<Overlay>();
    const selected = documents.map((document) => overlays.filter((one) => this.isSelected(document, one, unjudged)));
    for (const one of complete ? overlays : []) {
      if (unjudged.has(one) || selected.some((found) => found.includes(one))) continue;
      const { target, because } = one;
      const release = `${component} ${this.version ?? ''}`;
      addMistake(
        this,
        `overlay of ${target} (${because}): ${release} has no such object: adapt the overlay to this version`,
      );
    }
    for (const [index, document] of documents.entries()) {
      if (document.manifest.kind === 'Namespace') this.mergeNamespace(document, namespaces);
      else {
        const changes = (selected[index] ?? []).map((one) => changeOf(one, document));
        this.check(
          new UpstreamDocument(phaseOf(document.manifest), `${component}-${index}`, { ...document, changes }),
          problem,
        );
      }
    }
  }

  private readLocked(root: string, component: string): LockedComponent | undefined {
    let lock: Lock;
    try {
      lock = readLock(join(root, LOCK_FILE));
    } catch (error) {
      if (!(error instanceof Mistakes)) throw error;
      for (const { where, message } of error.mistakes) addMistake(this, `${where.replace(root + sep, '')}: ${message}`);
      return undefined;
    }
    const locked = lock.components[component];
    if (locked === undefined) {
      const known = Object.keys(lock.components).join(', ');
      addMistake(
        this,
        `component: ${LOCK_FILE} has no ${quote(component)}, only ${known}: add its version and files there`,
      );
    }
    return locked;
  }

  private chosen({ files }: LockedComponent, component: string, names: readonly string[] | undefined): LockedFile[] {
    if (names === undefined) return [...files];
    return names.flatMap((name) => {
      const file = files.find((locked) => locked.name === name);
      if (file === undefined)
        addMistake(this, `files: ${LOCK_FILE} has no ${quote(name)} of ${component}: add it there`);
      return file ?? [];
    });
  }

  private readFile(root: string, component: string, version: string, file: LockedFile): SourceText | undefined {
    const path = join(vendorFolder(root, component, version), file.name);
    const source = relative(root, path).split(sep).join('/');
    const bytes = readIfThere(path);
    const problem = bytes === undefined ? 'is missing' : problemOf(bytes, file);
    if (problem === undefined && bytes !== undefined) return { source, text: bytes.toString('utf8') };
    addMistake(this, `${source} ${problem ?? ''}: run npm run vendor`);
    return undefined;
  }

  private readDocuments({ source, text }: SourceText): readonly VendoredDocument[] {
    const { documents, mistakes } = readDocuments(text, source);
    for (const { where, message } of mistakes) addMistake(this, `${where}: ${message}`);
    for (const document of documents) {
      // An item of a list is written anew.
      if (document.list === undefined || document.inexact === undefined) continue;
      addMistake(
        this,
        `${document.source}: ${document.inexact} in a list is too large a number to be written again as it was`,
      );
    }
    return documents;
  }

  /** @param unjudged is added to where that cannot be told */
  private isSelected({ manifest, source }: VendoredDocument, overlay: Overlay, unjudged: Set<Overlay>): boolean {
    try {
      return overlay.selects(manifest);
    } catch (error) {
      addMistake(this, `${source}: overlay of ${overlay.target} (${overlay.because}): ${reasonOf(error)}`);
      unjudged.add(overlay);
      return false;
    }
  }

  private mergeNamespace({ manifest, source }: VendoredDocument, namespaces: Namespaces): void {
    const { name = '', labels, annotations } = manifest.metadata;
    const namespace = namespaces.find(name);
    if (namespace === undefined) {
      addMistake(
        this,
        `${source}: namespace ${quote(name)} is not declared by the platform: declare it with addNamespace`,
      );
      return;
    }
    const own = namespace.toJson() as Manifest;
    for (const [key, value] of Object.entries(strings(labels))) {
      if (at(own.metadata.labels, key) === undefined) namespace.metadata.addLabel(key, value);
    }
    for (const [key, value] of Object.entries(strings(annotations))) {
      if (at(own.metadata.annotations, key) === undefined) namespace.metadata.addAnnotation(key, value);
    }
  }

  /** Looks at what goes out, when all mistakes are collected. */
  private check(document: UpstreamDocument, problem: VendoredReleaseProps['problem']): void {
    const { source } = document.props;
    const problemOfObject = (): string | undefined => {
      try {
        const { object } = document;
        if (object === undefined) return undefined;
        const what = holdsPrivateKey(object.manifest as Json) ? PRIVATE_KEY : problem?.(object.manifest);
        return what === undefined ? undefined : `${describeObject(object.manifest)}: ${what}`;
      } catch (error) {
        return (error as Error).message;
      }
    };
    this.node.addValidation({
      validate: () => {
        const what = problemOfObject();
        return what === undefined ? [] : [`${source}: ${what}`];
      },
    });
  }
}

const PRIVATE_KEY =
  'it holds a private key, which must not be rendered: vendor a release whose keys are in Secrets of your own';

/** A file's text, and its path from the project's root. */
interface SourceText {
  readonly source: string;
  readonly text: string;
}

function changeOf({ target, because, change }: Overlay, { inexact }: VendoredDocument): Change {
  return (manifest) => {
    if (change === undefined) return undefined;
    if (inexact !== undefined) {
      throw new Error(`overlay of ${target}: ${inexact} is too large a number to be written again as it was`);
    }
    try {
      return change(manifest);
    } catch (error) {
      throw new Error(`overlay of ${target} (${because}): ${reasonOf(error)}`, { cause: error });
    }
  };
}

/** Overlays are typed functions of objects that may be of another shape: then they read what is not there. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof TypeError ? `the object is of another shape than it takes: ${message}` : message;
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function problemOf(bytes: Buffer, { size, sha256 }: LockedFile): string | undefined {
  if (size !== undefined && bytes.length !== size) {
    return `has ${bytes.length} bytes, ${LOCK_FILE} says ${size}`;
  }
  const sum = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== undefined && sum !== sha256) return `has the SHA-256 ${sum}, ${LOCK_FILE} says ${sha256}`;
  return undefined;
}
