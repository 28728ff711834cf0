import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryOf } from '../git/repository';
import { Kubectl } from '../kubectl/kubectl';
import { fileText } from './file-text';
import type { References } from './kustomization';
import { isKustomizationName } from './named-files';
import { isWithin, shownPath } from './paths';

/** What `kubectl kustomize` made, or in a clause why it made nothing. */
export type Built = { readonly text: string } | { readonly problem: string };

export interface BuildOptions {
  /** @default - the first on the PATH */
  readonly kubectl?: Kubectl;

  /** Ends a build that takes too long. @default - after half a minute */
  readonly limit?: () => AbortSignal;
}

const LIMIT_SECONDS = 30;

/**
 * Nothing is fetched: Git has no protocol that it may use, and what is asked for over HTTP goes to a port where nobody listens. What is known
 * to be remote is not tried at all; this is for what is not known.
 */
const NO_NETWORK = {
  GIT_ALLOW_PROTOCOL: 'none',
  ...Object.fromEntries(['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].map((name) => [name, 'http://127.0.0.1:9'])),
  NO_PROXY: '',
};

/**
 * What a kustomization makes. Files that are outside of its folder are read as Flux reads them, as long as they are in the same repository.
 *
 * @param folder where it is, without links
 * @param all all that it names
 */
export async function buildKustomization(folder: string, all: References, options: BuildOptions = {}): Promise<Built> {
  const { kubectl = new Kubectl(), limit = () => AbortSignal.timeout(LIMIT_SECONDS * 1000) } = options;
  const [remote] = all.remote;
  if (remote !== undefined) {
    return { problem: `names ${remote}, and nothing is fetched here: ${byHand(folder)}` };
  }
  const repository = repositoryOf(folder) ?? folder;
  const isOwn = [...all.files, ...all.folders].every((path) => isWithin(path, repository));
  const signal = limit();
  try {
    const args = ['kustomize', folder, ...(isOwn ? ['--load-restrictor=LoadRestrictionsNone'] : [])];
    const { status, stdout, stderr } = await kubectl.run(args, { signal, env: NO_NETWORK });
    if (status === 0) return { text: stdout };
    if (signal.aborted) return { problem: `kubectl kustomize took longer than ${LIMIT_SECONDS} s: ${byHand(folder)}` };
    return { problem: hasSecrets(folder, all) ? withheld(folder) : `kubectl kustomize: ${reasonIn(stderr)}` };
  } catch (error) {
    if (signal.aborted) return { problem: `kubectl kustomize took longer than ${LIMIT_SECONDS} s: ${byHand(folder)}` };
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `is a kustomization, which kubectl builds: ${reason}, or ${byHand(folder)}` };
  }
}

const byHand = (folder: string): string =>
  `build it by other means, and hand over what it makes with --from -: kubectl kustomize ${shownPath(folder)}`;

const withheld = (folder: string): string =>
  `kubectl kustomize fails, and what it says may repeat values of the Secrets there: see it with kubectl kustomize ${shownPath(folder)}`;

/** Whether Secrets are built there, as far as one word tells: what is wrong may well be that nothing of it can be read. */
function hasSecrets(folder: string, { folders, files }: References): boolean {
  const kustomizations = [folder, ...folders]
    .filter((one) => existsSync(one))
    .flatMap((one) =>
      readdirSync(one)
        .filter(isKustomizationName)
        .map((name) => join(one, name)),
    );
  return [...kustomizations, ...files].some((file) => {
    const read = fileText(file);
    return 'text' in read && /secret/i.test(read.text);
  });
}

/** What kubectl says, in one line. Some builds of it say it as a field of a line of their log. */
function reasonIn(stderr: string): string {
  const said = stderr.split('\n').filter((line) => line !== '' && !/^# Warning:|^Warning:/.test(line));
  const logged = / err="((?:[^"\\]|\\.)*)"/.exec(said.join(' '));
  const text = logged === null ? said.join(' ') : (logged[1] ?? '').replace(/\\([nt])/g, ' ').replace(/\\(.)/g, '$1');
  return (
    text
      .replace(/^error: |^[EIWF]\d{4} .*? err=<?\s*/i, '')
      .replace(/\s+/g, ' ')
      .replace(/ >$/, '')
      .trim() || 'it failed'
  );
}
