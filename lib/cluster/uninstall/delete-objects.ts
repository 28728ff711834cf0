import type { Kubectl } from '../../kubectl/kubectl';
import { asInput, lastWords } from '../../kubectl/kubectl';
import type { Manifest } from '../../objects/manifest';

export interface DeleteOptions {
  /** How long to wait until they are gone, finalizers and all, in seconds. */
  readonly timeoutSeconds: number;

  /** Waits until what they own is gone as well. @default false */
  readonly foreground?: boolean;
  readonly signal?: AbortSignal;
}

/** What kubectl says in front of each error. */
const ERROR = /^(?:Error from server|error)/;

/**
 * Deletes objects in their order, and waits until they are gone. What is gone already is no mistake.
 *
 * @returns what kept objects from going, a line each; nothing if all are gone
 */
export async function deleteObjects(
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  { timeoutSeconds, foreground = false, signal }: DeleteOptions,
): Promise<string[]> {
  if (manifests.length === 0) return [];
  const args = [
    'delete',
    '--ignore-not-found',
    '--wait=true',
    `--timeout=${Math.max(1, Math.ceil(timeoutSeconds))}s`,
    `--cascade=${foreground ? 'foreground' : 'background'}`,
    '--filename=-',
  ];
  const input = asInput(manifests);
  const { status, stderr } = await kubectl.run(args, { input, ...(signal && { signal }) });
  if (status === 0) return [];
  signal?.throwIfAborted();
  const lines = stderr.split('\n').filter((line) => ERROR.test(line));
  return [...new Set(lines.map((line) => lastWords(line, input)))];
}
