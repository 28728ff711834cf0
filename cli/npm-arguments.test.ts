import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CommandRun } from '../testing/command';
import { runKnitmesh } from '../testing/command';

const ROOT = resolve(__dirname, '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Each run starts Node anew. */
jest.setTimeout(60_000);

/** A command as npm runs its script, with what npm took for its own configuration. */
const asScript = (args: readonly string[], env: NodeJS.ProcessEnv = {}, typedIn = ROOT): CommandRun =>
  runKnitmesh(args, { cwd: ROOT, env: { npm_lifecycle_event: args[0], INIT_CWD: typedIn, ...env } });

test.each<[readonly string[], NodeJS.ProcessEnv, string]>([
  [
    ['synth'],
    { npm_config_check: 'true' },
    'npm took --check for an option of its own: write npm run synth -- --check',
  ],
  [
    ['apply'],
    { npm_config_dry_run: 'true', npm_config_context: 'staging' },
    'npm took --context --dry-run for options of its own: write npm run apply -- --context --dry-run',
  ],
])('%j with %j is refused, and nothing is done', (args, env, message) => {
  expect(asScript([...args, '--app', join(folder, 'main.ts')], env)).toEqual({
    status: 2,
    stdout: '',
    stderr: `error ${message}\n`,
  });
});

test('options of npm’s own configuration, and those of other scripts, count for nothing', () => {
  const vendored = join(folder, 'lock');
  mkdirSync(vendored);
  const env = { npm_config_yes: 'true', npm_config_offline: 'true', npm_config_root: vendored };
  expect(asScript(['certs', '--root', folder], { ...env, npm_config_root: undefined }).status).toBe(0);
  expect(asScript(['certs', '--root', folder, '--check'], { ...env, npm_lifecycle_event: 'test' }).status).toBe(0);
});

test('paths are as they are typed, also in a folder below', () => {
  mkdirSync(join(folder, 'below'));
  writeFileSync(
    join(folder, 'below', 'pod.yaml'),
    'apiVersion: v1\nkind: Pod\nmetadata: { generateName: a-, namespace: a }\n',
  );
  const { status, stdout } = asScript(['check', '--from', 'below/pod.yaml'], {}, folder);
  expect(status).toBe(1);
  expect(stdout).toContain('    below/pod.yaml:1: Pod a/a-*: metadata.generateName');
});
