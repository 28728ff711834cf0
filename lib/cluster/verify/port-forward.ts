import { createInterface } from 'node:readline';
import type { Kubectl } from '../../kubectl/kubectl';
import { lastWords } from '../../kubectl/kubectl';

/** What is reached. */
export interface ForwardTarget {
  readonly namespace: string;

  /** `service/ambassador`. */
  readonly target: string;
  readonly port: number;
}

/** How long kubectl may take until it listens, in milliseconds. */
const LONGEST_START = 30_000;

const LISTENING = /^Forwarding from 127\.0\.0\.1:(\d+) /;

/** A port of this machine that leads to a port of a pod, for as long as kubectl keeps it open. */
export class PortForward {
  private constructor(
    /** On 127.0.0.1. */
    readonly port: number,
    private readonly end: AbortController,
  ) {}

  /** Whether it still leads there: kubectl ends it with the pod. */
  get isOpen(): boolean {
    return !this.end.signal.aborted;
  }

  /** @throws Error in kubectl's own words if it does not come about */
  static open(kubectl: Kubectl, { namespace, target, port }: ForwardTarget): Promise<PortForward> {
    const end = new AbortController();
    // It would go on without this process.
    const endAtExit = (): void => {
      end.abort();
    };
    process.once('exit', endAtExit);
    end.signal.addEventListener('abort', () => process.off('exit', endAtExit));
    const args = ['port-forward', `--namespace=${namespace}`, '--address=127.0.0.1', target, `:${port}`];
    return new Promise((done, failed) => {
      const child = kubectl.start(args, end.signal);
      let stderr = '';
      const give = (why: string): void => {
        clearTimeout(timer);
        end.abort();
        failed(new Error(`kubectl port-forward ${target}: ${why}`));
      };
      const timer = setTimeout(() => {
        give(lastWords(stderr) || `nothing after ${LONGEST_START / 1000} s`);
      }, LONGEST_START);
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('error', (error) => {
        if (error.name !== 'AbortError') give(error.message);
      });
      child.on('close', () => {
        give(lastWords(stderr) || 'ended early');
      });
      if (child.stdout === null) return;
      createInterface({ input: child.stdout }).on('line', (line) => {
        const [, local] = LISTENING.exec(line) ?? [];
        if (local === undefined) return;
        clearTimeout(timer);
        done(new PortForward(Number(local), end));
      });
    });
  }

  close(): void {
    this.end.abort();
  }
}
