import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  return withProgram('kubectl-yaml', (program) => {
    const input = texts.map((text, id) => JSON.stringify({ id, yaml: Buffer.from(text).toString('base64') }));
    const { stdout } = spawnSync(program, { input: `${input.join('\n')}\n`, encoding: 'utf8', maxBuffer: 2 ** 30 });
    return answersTo(texts, stdout).map((answer) => {
      const { docs, err } = answer as { docs: unknown[] | null; err?: string };
      return { docs: docs ?? [], ...(err !== undefined && { err }) };
    });
  });
}

/** Serving's configuration, by keys of its ConfigMaps. */
export interface OracleConfig {
  readonly features?: Readonly<Record<string, string>>;
  readonly defaults?: Readonly<Record<string, string>>;
  readonly autoscaler?: Readonly<Record<string, string>>;
}

/** Objects, and the configuration under which Serving is asked for them. */
export interface AskedOfServing {
  readonly config: OracleConfig;
  readonly objects: readonly unknown[];
}

/**
 * What Serving's own defaulting and validation refuse in objects that are created: a text for each object, empty where they take it.
 * They are built from `ORACLES_DIR` once for all.
 *
 * @throws Error outside of tests that need `ORACLES_DIR`
 */
export function refusedByServing(asked: readonly AskedOfServing[]): string[][] {
  return withProgram('serving', (program, folder) =>
    asked.map(({ config, objects }) => {
      const file = join(folder, 'objects.json');
      writeFileSync(file, objects.map((object) => JSON.stringify(object)).join('\n'));
      const flags = Object.entries(config).flatMap(([name, data]: [string, Readonly<Record<string, string>>]) =>
        Object.entries(data).map(([key, value]) => `--${name}:${key}=${value}`),
      );
      const { stdout } = spawnSync(program, [...flags, file], { encoding: 'utf8', maxBuffer: 2 ** 30 });
      return answersTo(objects, stdout).map((answer) => (answer as { Error: string }).Error);
    }),
  );
}

/**
 * What Serving's own parsers refuse in its ConfigMaps: a text for each, empty where they take it. The program is our own, and is built with the
 * modules of the oracle from `ORACLES_DIR`, which knows fewer of them.
 *
 * @throws Error outside of tests that need `ORACLES_DIR`
 */
export function configMapsRefusedByServing(configMaps: readonly unknown[]): string[] {
  const prepare = (sources: string, folder: string): string => {
    for (const file of ['go.mod', 'go.sum']) cpSync(join(sources, file), join(folder, file));
    cpSync(join(__dirname, 'serving-config-maps', 'main.go'), join(folder, 'main.go'));
    return folder;
  };
  return withProgram(
    'serving',
    (program) => {
      const input = configMaps.map((configMap) => `${JSON.stringify(configMap)}\n`).join('');
      const { stdout } = spawnSync(program, { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
      return answersTo(configMaps, stdout).map((answer) => (answer as { Error: string }).Error);
    },
    prepare,
  );
}

/** @param prepare where the program is built, of the oracle's sources and an empty folder */
function withProgram<Result>(
  name: string,
  ask: (program: string, folder: string) => Result,
  prepare: (sources: string, folder: string) => string = (sources) => sources,
): Result {
  const sources = process.env.ORACLES_DIR;
  if (sources === undefined) throw new Error('ORACLES_DIR is not set');
  const folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  try {
    const program = join(folder, name);
    const cwd = prepare(join(sources, name), folder);
    // Packages that the oracle does not use are in modules that its go.mod does not name.
    const env = { ...process.env, ...(cwd === folder && { GOFLAGS: `${process.env.GOFLAGS ?? ''} -mod=mod`.trim() }) };
    execFileSync('go', ['build', '-o', program, '.'], { cwd, env });
    return ask(program, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function answersTo(asked: readonly unknown[], stdout: string): unknown[] {
  const answers = stdout.trimEnd().split('\n');
  if (answers.length !== asked.length) throw new Error(`${answers.length} answers to ${asked.length} questions`);
  return answers.map((answer): unknown => JSON.parse(answer));
}
