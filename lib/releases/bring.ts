import { join } from 'node:path';
import type { Mistake } from '../objects/mistakes';
import { CHARTS } from './charts';
import { FetchProblem } from './fetch-problem';
import type { Helm } from './helm';
import type { HttpClient } from './http';
import type { KnownBytes, LockedChart, LockedComponent, LockedFile } from './lock';
import { mirrorPlaces } from './mirror';
import { obtain, Unobtainable } from './obtain';
import type { Bytes } from './receive';
import { bytesOf, receive } from './receive';
import type { Move } from '../files/whole-files';
import type { Staging } from './staging';

/** A file that is to stand in `vendor/`. */
export interface WantedFile {
  readonly component: string;
  readonly release: LockedComponent;
  readonly file: LockedFile;

  /** The folder in `vendor/`. */
  readonly folder: string;
}

/**
 * How a file came: it stood there already, an earlier run that did not end well had brought it, it was fetched, or Helm rendered it.
 */
export type FileState = 'unchanged' | 'kept' | 'fetched' | 'rendered';

export interface BroughtFile extends Bytes {
  readonly state: FileState;

  /**
   * The URL or path that it came from.
   *
   * @default - it was here
   */
  readonly from?: string;

  /** What the lock is to say of the chart's archive. */
  readonly archive: KnownBytes;

  /** What is to be moved to `vendor/`. */
  readonly staged: readonly Move[];

  /** What went wrong on the way and did no harm. */
  readonly warnings: readonly Mistake[];
}

/** What a file comes by. */
export interface Means {
  readonly client: HttpClient;
  readonly staging: Staging;
  readonly helm: Helm;
  readonly mirror: string | undefined;
  readonly trustAnchors: string | undefined;
  readonly onBytes: (count: number) => void;
}

/** What a chart needs besides its archive. */
export type Need = 'helm' | 'trust anchors';

export interface Failure extends Mistake {
  /** Whether bytes came that are not the pinned ones; otherwise none could be had. */
  readonly wrongBytes: boolean;
}

/** A file could not be brought. */
export class CannotBring extends Error {
  constructor(
    readonly failures: readonly Failure[],
    readonly needs: readonly Need[] = [],
  ) {
    super(failures.map(({ where, message }) => `${where}: ${message}`).join('\n'));
    this.name = 'CannotBring';
  }
}

/** `knative-serving/1.23.0/serving-core.yaml`: a file as messages name it. */
export function labelOf({ component, release }: WantedFile, name: string): string {
  return `${component}/${release.version}/${name}`;
}

/**
 * Brings a file to the staging folder, unless it stands in `vendor/` as it should.
 *
 * @throws CannotBring all that stands in the way
 */
export async function bringFile(wanted: WantedFile, means: Means): Promise<BroughtFile> {
  const { file, component, release } = wanted;
  if (file.chart !== undefined && means.mirror === undefined) return bringRendered(wanted, file.chart, means);
  const places = means.mirror === undefined ? file.urls : mirrorPlaces(means.mirror, component, release, file);
  const archive = bytesIn(file.chart ?? {});
  return { ...(await bringBytes(wanted, file.name, file, places, means)), archive };
}

type BroughtBytes = Omit<BroughtFile, 'archive'>;

async function bringBytes(
  wanted: WantedFile,
  name: string,
  expected: KnownBytes,
  places: readonly string[],
  { staging, client, onBytes }: Means,
): Promise<BroughtBytes> {
  const label = labelOf(wanted, name);
  const to = join(wanted.folder, name);
  const { sha256 } = expected;
  if (sha256 !== undefined) {
    const there = await bytesOf(to);
    if (there?.sha256 === sha256) return { ...there, state: 'unchanged', staged: [], warnings: [] };
    const kept = await staging.find(label, sha256);
    if (kept !== undefined) return { ...kept.bytes, state: 'kept', staged: [{ from: kept.path, to }], warnings: [] };
  }
  const partial = staging.partial(label);
  try {
    const { problems, from, ...bytes } = await obtain(client, places, partial, name, expected, onBytes);
    const warnings = problems.map((message) => ({ where: label, message }));
    return { ...bytes, state: 'fetched', from, staged: [{ from: staging.keep(partial, label, bytes), to }], warnings };
  } catch (error) {
    if (!(error instanceof Unobtainable)) throw error;
    throw new CannotBring(error.lines.map((message) => ({ where: label, message, wrongBytes: error.wrongBytes })));
  }
}

async function bringRendered(wanted: WantedFile, locked: LockedChart, means: Means): Promise<BroughtFile> {
  const { file, folder } = wanted;
  const { helm, staging, trustAnchors } = means;
  const label = labelOf(wanted, file.name);
  const to = join(folder, file.name);
  const chart = CHARTS[locked.name];
  if (chart === undefined) throw new Error(`the chart ${locked.name} has no values`);

  const takesTrustAnchors = chart.takesTrustAnchors ?? false;
  const there = await bytesOf(to);
  const asked = takesTrustAnchors && trustAnchors !== undefined;
  if (there !== undefined && there.sha256 === file.sha256 && !asked) {
    return { ...there, state: 'unchanged', archive: bytesIn(locked), staged: [], warnings: [] };
  }

  const needs: Need[] = [];
  if (!(await helm.isThere())) needs.push('helm');
  if (takesTrustAnchors && trustAnchors === undefined) needs.push('trust anchors');
  const archive = await bringBytes(wanted, locked.archive, locked, locked.urls, means).catch((error: unknown) => {
    throw error instanceof CannotBring ? new CannotBring(error.failures, needs) : error;
  });
  if (needs.length > 0) throw new CannotBring([], needs);

  const archivePath = archive.staged[0]?.from ?? join(folder, locked.archive);
  const partial = staging.partial(label);
  const text = await helm
    .template(archivePath, chart, trustAnchors ?? '', `${partial}.values`)
    .catch((error: unknown) => {
      const message = `helm could not render ${locked.archive}: ${(error as Error).message}`;
      throw new CannotBring([{ where: label, message, wrongBytes: false }]);
    });
  const bytes = await receive(once(text), partial, file.name, {}).catch((error: unknown) => {
    if (!(error instanceof FetchProblem)) throw error;
    throw new CannotBring([{ where: label, message: error.from(`helm and ${locked.archive}`), wrongBytes: false }]);
  });
  const staged = [...archive.staged, { from: staging.keep(partial, label, bytes), to }];
  const same = there?.sha256 === bytes.sha256;
  return {
    ...bytes,
    state: same ? 'unchanged' : 'rendered',
    from: archive.from ?? archivePath,
    archive: bytesIn(archive),
    staged: same ? archive.staged : staged,
    warnings: archive.warnings,
  };
}

async function* once(text: string): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

/** Size and sum alone. */
function bytesIn({ size, sha256 }: KnownBytes): KnownBytes {
  return { ...(size === undefined ? {} : { size }), ...(sha256 === undefined ? {} : { sha256 }) };
}
