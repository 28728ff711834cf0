import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Chart } from './charts';
import { KUBE_VERSION } from './charts';

/** Two minutes: charts take a second. */
const TIMEOUT = 120_000;
const MOST_BYTES = 64 * 1024 * 1024;

const NOT_THERE = new Set(['ENOENT', 'EACCES']);

const run = promisify(execFile);

/** Helm, the program. */
export class Helm {
  private found: Promise<boolean> | undefined;

  /** @param program its name on the PATH, or its path */
  constructor(private readonly program = 'helm') {}

  /** Whether it can be run. */
  async isThere(): Promise<boolean> {
    this.found ??= run(this.program, ['version', '--short'], { timeout: TIMEOUT }).then(
      () => true,
      (error: unknown) => !NOT_THERE.has((error as NodeJS.ErrnoException).code ?? ''),
    );
    return this.found;
  }

  /**
   * Renders a chart's archive. Hooks, which are Helm's own, are left out.
   *
   * @param valuesFile a file to write the values to
   * @throws Error with Helm's first line on what is wrong
   */
  async template(archive: string, chart: Chart, trustAnchors: string, valuesFile: string): Promise<string> {
    // JSON is YAML to Helm.
    await writeFile(valuesFile, JSON.stringify(chart.values(trustAnchors)));
    const { release, namespace } = chart;
    const options = ['--namespace', namespace, '--kube-version', KUBE_VERSION, '--no-hooks', '--values', valuesFile];
    try {
      const { stdout } = await run(this.program, ['template', release, archive, ...options], {
        timeout: TIMEOUT,
        maxBuffer: MOST_BYTES,
      });
      return stdout;
    } catch (error) {
      const { stderr = '', message } = error as Error & { stderr?: string };
      const said = stderr.split('\n').find((line) => line.startsWith('Error')) ?? stderr.split('\n', 1)[0] ?? '';
      throw new Error(said === '' ? (message.split('\n', 1)[0] ?? '') : said, { cause: error });
    }
  }
}
