import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Mistake } from '../objects/mistakes';
import { Mistakes } from '../objects/mistakes';
import { quote } from '../syntax/quote';
import { addressWithoutCredentials } from '../syntax/url-credentials';
import type { Failure, FileState, Means, Need, WantedFile } from './bring';
import { bringFile, CannotBring, labelOf } from './bring';
import { Helm } from './helm';
import type { Patience, Proxies } from './http';
import { HttpClient, proxyProblem, WHOLE } from './http';
import type { Brought, RecordedSum } from './install';
import { install } from './install';
import type { Lock, LockedComponent } from './lock';
import { readLock, vendorFolder, versionProblem } from './lock';
import { isRemote } from './mirror';
import { LOCK_FILE } from './project-root';
import { Staging } from './staging';
import { readTrustAnchors } from './trust-anchors';

export interface VendorOptions {
  /** The repository: the folder of `releases.lock.yaml` and `vendor/`. */
  readonly root: string;

  /**
   * A folder or an HTTP URL that all files come from, at `<mirror>/<folder>/<version>/<file>`; charts come rendered.
   *
   * @default - the URLs of the lock
   */
  readonly mirror?: string;

  /**
   * Versions to move components to.
   *
   * @default - those of the lock
   */
  readonly versions?: Readonly<Record<string, string>>;

  /**
   * The components to vendor.
   *
   * @default - those of `versions`; if there are none, all of the lock
   */
  readonly components?: readonly string[];

  /**
   * A PEM file with the trust anchors that Linkerd's charts are rendered with. Those charts are then rendered even if their files are there.
   *
   * @default - Linkerd's charts can be had from a mirror only
   */
  readonly trustAnchors?: string;

  /** @default - none */
  readonly proxies?: Proxies;

  /** @default - see {@link Patience} */
  readonly patience?: Patience;

  /**
   * Files on their way at one time, at least 1.
   *
   * @default 4
   */
  readonly parallel?: number;

  /**
   * The Helm program.
   *
   * @default - `helm` on the PATH
   */
  readonly helm?: string;

  /** @default - nobody is told */
  readonly onEvent?: (event: VendorEvent) => void;
}

/** What happens while vendoring. Files are named `<component>/<version>/<file>`. */
export type VendorEvent =
  | { readonly type: 'wait' }
  | { readonly type: 'begin'; readonly files: number }
  | { readonly type: 'bytes'; readonly count: number }
  | { readonly type: 'file'; readonly file: string; readonly state: FileState | 'failed'; readonly from?: string };

export interface VendoredFile {
  readonly file: string;
  readonly state: FileState;
  readonly size: number;
  readonly sha256: string;

  /** @default - it was here */
  readonly from?: string;
}

export interface VendorResult {
  readonly components: readonly {
    readonly name: string;
    readonly version: string;

    /** @default - the version is the lock's */
    readonly movedFrom?: string;
  }[];
  readonly files: readonly VendoredFile[];
  readonly recorded: readonly RecordedSum[];

  /** What went wrong and did no harm: the first of two URLs did not answer, say. */
  readonly warnings: readonly Mistake[];
}

/** Vendoring failed: why, for every file. `vendor/` and the lock are as they were. */
export class VendorFailures extends Error {
  constructor(readonly failures: readonly Failure[]) {
    super(failures.map(({ where, message }) => `${where}: ${message}`).join('\n'));
    this.name = 'VendorFailures';
  }

  /** Whether bytes came that are not the pinned ones; otherwise none could be had. */
  get wrongBytes(): boolean {
    return this.failures.some(({ wrongBytes }) => wrongBytes);
  }
}

/**
 * Brings the releases of the lock into `vendor/<component>/<version>/`, each byte checked, and records in the lock what it did not know.
 * All or nothing: if a file cannot be had, `vendor/` and the lock stay as they were.
 *
 * @throws Mistakes if the lock or an option is wrong
 * @throws VendorFailures if a file cannot be had or has the wrong bytes
 */
export async function vendor(options: VendorOptions): Promise<VendorResult> {
  const { root, onEvent = () => undefined } = options;
  const lockFile = join(root, LOCK_FILE);
  // What is wrong with it is said before anything is waited for.
  refuseMistakes(readLock(lockFile), options);
  const { whole } = options.patience ?? {};
  const staging = new Staging(root);
  await staging.enter(whole ?? WHOLE, () => {
    onEvent({ type: 'wait' });
  });
  let succeeded = false;
  try {
    const result = await vendorAlone(options, staging);
    succeeded = true;
    return result;
  } finally {
    staging.leave(succeeded);
  }
}

/** {@link vendor} while no other run is at work. */
async function vendorAlone(options: VendorOptions, staging: Staging): Promise<VendorResult> {
  const { root, mirror, versions = {}, onEvent = () => undefined } = options;
  const lockFile = join(root, LOCK_FILE);
  const pinned = readLock(lockFile);
  const trustAnchors = options.trustAnchors === undefined ? undefined : readTrustAnchors(options.trustAnchors);
  const lock = readLock(lockFile, versions);
  const wanted = namesOf(lock, options).flatMap((name) => filesOf(root, name, lock.components[name]));

  const client = new HttpClient(options.patience, options.proxies);
  const means: Means = {
    client,
    staging,
    helm: new Helm(options.helm),
    mirror,
    trustAnchors,
    onBytes: (count) => {
      onEvent({ type: 'bytes', count });
    },
  };
  try {
    onEvent({ type: 'begin', files: wanted.length });
    const brought = await bringAll(wanted, means, options.parallel ?? 4, onEvent);
    const recorded = install(root, staging, pinned, brought);
    return resultOf(brought, recorded, pinned);
  } finally {
    await client.close();
  }
}

function refuseMistakes(pinned: Lock, { mirror, versions = {}, components = [], proxies = {} }: VendorOptions): void {
  const mistakes: Mistake[] = [];
  const known = Object.keys(pinned.components);
  const refuseUnknown = (where: string, name: string): void => {
    if (known.includes(name)) return;
    mistakes.push({
      where,
      message: `${quote(name)} is not a component of ${LOCK_FILE}: use one of ${known.join(', ')}`,
    });
  };
  for (const name of components) refuseUnknown('--component', name);
  for (const [name, version] of Object.entries(versions)) {
    refuseUnknown('--version', name);
    const problem = versionProblem(version);
    if (problem !== undefined) mistakes.push({ where: '--version', message: `${name}: ${problem}` });
    if (components.length > 0 && !components.includes(name)) {
      mistakes.push({
        where: '--version',
        message: `${name} would be moved but not vendored: add --component ${name}`,
      });
    }
  }
  if (
    mirror !== undefined &&
    !isRemote(mirror) &&
    statSync(mirror, { throwIfNoEntry: false })?.isDirectory() !== true
  ) {
    mistakes.push({
      where: '--mirror',
      message: `${quote(addressWithoutCredentials(mirror))} is neither a folder nor an http or https URL`,
    });
  }
  for (const [where, proxy] of [
    ['HTTP_PROXY', proxies.http],
    ['HTTPS_PROXY', proxies.https],
  ] as const) {
    const problem = proxyProblem(proxy ?? '');
    if (problem !== undefined) mistakes.push({ where, message: problem });
  }
  if (mistakes.length > 0) throw new Mistakes(mistakes);
}

/** The components to vendor, in the order of the lock. */
function namesOf(lock: Lock, { components = [], versions = {} }: VendorOptions): string[] {
  const chosen = components.length > 0 ? components : Object.keys(versions);
  const all = Object.keys(lock.components);
  return chosen.length > 0 ? all.filter((name) => chosen.includes(name)) : all;
}

function filesOf(root: string, component: string, release: LockedComponent | undefined): WantedFile[] {
  if (release === undefined) return [];
  const folder = vendorFolder(root, component, release.version);
  return release.files.map((file) => ({ component, release, file, folder }));
}

/** A file that did not come. */
interface Failed {
  readonly label: string;
  readonly error: CannotBring;
}

/** Brings the files, some at a time. A failure does not keep the others from coming: all failures are reported, and what came is kept. */
async function bringAll(
  wanted: readonly WantedFile[],
  means: Means,
  parallel: number,
  onEvent: (event: VendorEvent) => void,
): Promise<Brought[]> {
  const outcomes: (Brought | Failed)[] = [];
  const bring = async (one: WantedFile): Promise<Brought | Failed> => {
    const label = labelOf(one, one.file.name);
    try {
      const file = await bringFile(one, means);
      onEvent({
        type: 'file',
        file: label,
        state: file.state,
        ...(file.from === undefined ? {} : { from: file.from }),
      });
      return { wanted: one, file };
    } catch (error) {
      if (!(error instanceof CannotBring)) throw error;
      onEvent({ type: 'file', file: label, state: 'failed' });
      return { label, error };
    }
  };
  const waiting = wanted.entries();
  const worker = async (): Promise<void> => {
    for (const [index, one] of waiting) outcomes[index] = await bring(one);
  };
  await Promise.all(Array.from({ length: Math.max(1, parallel) }, worker));
  const failed = outcomes.filter((outcome) => 'error' in outcome);
  if (failed.length > 0) throw new VendorFailures(failuresOf(failed));
  return outcomes.filter((outcome) => 'wanted' in outcome);
}

/** What charts need besides their archives, and how to come by it. */
const NEEDS: Readonly<Record<Need, string>> = {
  helm: 'is not on the PATH: install Helm 3 or newer (https://helm.sh), or take rendered files with --mirror',
  'trust anchors': 'are missing: give their PEM file with --trust-anchors FILE, or take rendered files with --mirror',
};

function failuresOf(failed: readonly Failed[]): Failure[] {
  const needs = Object.entries(NEEDS).flatMap(([need, message]) => {
    const files = failed.filter(({ error }) => error.needs.includes(need as Need)).map(({ label }) => label);
    return files.length === 0
      ? []
      : [{ where: need, message: `${message}. Needed for ${files.join(', ')}`, wrongBytes: false }];
  });
  return [...failed.flatMap(({ error }) => error.failures), ...needs];
}

function resultOf(brought: readonly Brought[], recorded: readonly RecordedSum[], pinned: Lock): VendorResult {
  const versions = new Map(brought.map(({ wanted }) => [wanted.component, wanted.release.version]));
  return {
    components: [...versions].map(([name, version]) => {
      const before = pinned.components[name]?.version;
      return { name, version, ...(before === undefined || before === version ? {} : { movedFrom: before }) };
    }),
    files: brought.map(({ wanted, file: { state, size, sha256, from } }) => ({
      file: labelOf(wanted, wanted.file.name),
      state,
      size,
      sha256,
      ...(from === undefined ? {} : { from }),
    })),
    recorded,
    warnings: brought.flatMap(({ file }) => file.warnings),
  };
}
