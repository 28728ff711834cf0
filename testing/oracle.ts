import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What kubectl's decoder reads in a text: its documents, and why it stopped. */
export interface ReadByKubectl {
  readonly docs: readonly unknown[];

  /** @default - it read all of the text */
  readonly err?: string;
}

/**
 * What kubectl's own decoder reads in each of these texts. It is built from `ORACLES_DIR` once for all of them.
 *
 * @throws Error outside of tests that need `ORACLES_DIR`
 */
export function readByKubectl(texts: readonly string[]): ReadByKubectl[] {
  const sources = process.env.ORACLES_DIR;
  if (sources === undefined) throw new Error('ORACLES_DIR is not set');
  const folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  try {
    const program = join(folder, 'kubectl-yaml');
    execFileSync('go', ['build', '-o', program, '.'], { cwd: join(sources, 'kubectl-yaml') });
    const input = texts.map((text, id) => JSON.stringify({ id, yaml: Buffer.from(text).toString('base64') }));
    const { stdout } = spawnSync(program, { input: `${input.join('\n')}\n`, encoding: 'utf8', maxBuffer: 2 ** 30 });
    const answers = stdout.trimEnd().split('\n');
    if (answers.length !== texts.length) throw new Error(`${answers.length} answers to ${texts.length} texts`);
    return answers.map((answer) => {
      const { docs, err } = JSON.parse(answer) as { docs: unknown[] | null; err?: string };
      return { docs: docs ?? [], ...(err !== undefined && { err }) };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
