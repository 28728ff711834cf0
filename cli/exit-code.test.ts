import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CommandRun } from '../testing/command';
import { runKnitmesh } from '../testing/command';

const ROOT = resolve(__dirname, '..');

const APP = `import { App } from '${ROOT}/node_modules/cdk8s';
import { ambassador } from '${ROOT}/lib/ambassador/ambassador';
import { Platform } from '${ROOT}/lib/platform';
export default new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador() });
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-exit-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Each run starts Node anew. */
jest.setTimeout(60_000);

/** A command with an app whose file has one more line, or that of a package it imports has. */
function run(line: string, args: readonly string[], isPackage = false): CommandRun {
  writeFileSync(join(folder, 'node.js'), isPackage ? line : '');
  writeFileSync(join(folder, 'main.ts'), `${APP}import './node';\n${isPackage ? '' : line}\n`);
  return runKnitmesh([...args, '--app', join(folder, 'main.ts')], { cwd: folder });
}

const COMMANDS = [
  ['check'],
  ['synth', '--check'],
  ['synth'],
  ['diff', '--from', join(ROOT, 'dist')],
  ['graph', '-o', 'svg'],
  ['flux', '--check'],
  ['argo-cd', '--check', '--url', 'https://git.example.com/team/platform.git'],
  ['verify'],
  ['status'],
];

test.each(COMMANDS.map((args) => ({ command: args.join(' '), args })))(
  '$command is no success where the app ends the process',
  ({ args }) => {
    expect(run('process.exit(0);', args)).toEqual({
      status: 2,
      stdout: '',
      stderr: `error main.ts:6: ends the process before ${args[0] ?? ''} is done: take that out\n`,
    });
  },
);

test.each([
  ['with the exit code 1', 'process.exit(1);'],
  ['by what process.exit calls', 'process.reallyExit(0);'],
  ['and again as it ends', "process.on('exit', () => process.exit(0)); process.exit();"],
  ['with nobody left who listens', 'process.removeAllListeners(); process.exit(0);'],
  ['with an exit code set before', 'process.exitCode = 0; process.exit();'],
  ['behind the loading', 'void Promise.resolve().then(() => process.exit(0));'],
])('an app that ends the process %s is no success', (_, line) => {
  expect(run(line, ['check'])).toMatchObject({
    status: 2,
    stderr: 'error main.ts:6: ends the process before check is done: take that out\n',
  });
});

test('nor is a file that it imports', () => {
  expect(run('process.exit(0);', ['check'], true)).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error node.js:1: ends the process before check is done: take that out\n',
  });
});

/** Drawing waits for WebAssembly, so that timers run meanwhile. */
const DRAW = ['graph', '-o', 'svg'];

test('nor is one that ends it in a timer', () => {
  expect(run('setImmediate(() => process.exit(0));', DRAW)).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error main.ts:6: ends the process before graph is done: take that out\n',
  });
});

test('a command that waits for what never comes is no success', () => {
  const never = 'Object.assign(WebAssembly, { instantiate: () => new Promise(() => {}) });';
  expect(run(never, DRAW)).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error graph came to no end: it waits for what never comes\n',
  });
});

test('an error that nobody catches is told in a line', () => {
  expect(run("setImmediate(() => { throw new Error('no such team'); });", DRAW)).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error main.ts:6: no such team\n',
  });
});

test.each(['process.exitCode = 0;', "process.on('exit', () => (process.exitCode = 0));"])(
  "the exit code is the command's own, whatever the app does to it: %s",
  (line) => {
    expect(run(line, ['synth', '--check', '--dist', folder])).toMatchObject({ status: 1 });
    expect(run(line.replace('= 0', '= 1'), ['check'])).toMatchObject({ status: 0, stderr: '' });
  },
);

test('output that cannot be written is no success, but for who has read enough', () => {
  const check = (to: string): CommandRun => {
    const command = `"${process.execPath}" "${join(ROOT, 'cli', 'start.js')}" check ${to}`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  expect(check('> /dev/full')).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^error the output cannot be written: ENOSPC: .*\n$/) as string,
  });
  expect(check('| true; exit "${PIPESTATUS[0]}"')).toEqual({ status: 0, stdout: '', stderr: '' });
});
