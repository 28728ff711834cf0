import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kubectl, asInput, lastWords } from './kubectl';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A program that does what some lines of JavaScript say; `args` are its arguments. */
function program(lines: string): string {
  const path = join(folder, 'kubectl');
  writeFileSync(path, `#!${process.execPath}\nconst args = process.argv.slice(2);\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

const ECHO = `process.stdout.write(JSON.stringify({ args, input: require('node:fs').readFileSync(0, 'utf8') }));`;

test('kubectl is told the context, the kubeconfig and how long a request may take, and given its input', async () => {
  const kubectl = new Kubectl({ program: program(ECHO), context: 'staging', kubeconfig: '/k' });
  expect(JSON.parse(await kubectl.print(['get', 'pods'], { input: 'text' }))).toEqual({
    args: ['get', 'pods', '--request-timeout=60s', '--context=staging', '--kubeconfig=/k'],
    input: 'text',
  });
});

const POD = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };

test.each([
  ['none', '', []],
  ['one', JSON.stringify(POD), [POD]],
  ['several', asInput([POD, POD]), [POD, POD]],
])('%s of the objects that it prints', async (_, printed, objects) => {
  const kubectl = new Kubectl({ program: program(`process.stdout.write(${JSON.stringify(printed)});`) });
  expect(await kubectl.objects(['get', 'pods'])).toEqual(objects);
});

test('lines are passed on while it runs', async () => {
  const lines: string[] = [];
  const kubectl = new Kubectl({ program: program(`process.stdout.write('a\\nb\\n');`) });
  const run = await kubectl.run([], { onLine: (line) => lines.push(line) });
  expect(lines).toEqual(['a', 'b']);
  expect(run).toEqual({ status: 0, stdout: 'a\nb\n', stderr: '' });
});

test('what it prints can be taken as it comes, and is not kept then', async () => {
  let taken = '';
  const kubectl = new Kubectl({ program: program(`process.stdout.write('ä'.repeat(500_000));`) });
  const run = await kubectl.run([], { onText: (piece) => (taken += piece) });
  expect(run).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(taken === 'ä'.repeat(500_000)).toBe(true);
});

test('what takes it can end it', async () => {
  const kubectl = new Kubectl({ program: program(`console.log('<html>'); setInterval(() => undefined, 1000);`) });
  const run = kubectl.run([], {
    onText: (piece) => {
      throw new Error(`what is ${piece.trim()}?`);
    },
  });
  await expect(run).rejects.toThrow(/^what is <html>\?$/);
});

test('a refusal is told in its last words, and a patch that it prints before is not', async () => {
  const stderr =
    'Warning: a\nError from server (Invalid): error when applying patch:\n{"data":{"password":"hidden"}}\nfor: "STDIN": error when patching "STDIN": no such thing\n';
  const kubectl = new Kubectl({
    program: program(`process.stderr.write(${JSON.stringify(stderr)}); process.exitCode = 1;`),
  });
  await expect(kubectl.print(['apply'])).rejects.toThrow(/^kubectl apply: no such thing$/);
});

test('what a webhook or a wrapper repeats of a Secret is left out', async () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'aHVudGVyMg==' } };
  const refusing = program(`process.stderr.write('error: denied: "hunter2" is too short'); process.exitCode = 1;`);
  const input = asInput([secret]);
  await expect(new Kubectl({ program: refusing }).print(['apply'], { input })).rejects.toThrow(
    /^kubectl apply: denied: "\(masked\)" is too short$/,
  );
  const printing = program(`process.stdout.write('hunter2');`);
  await expect(new Kubectl({ program: printing }).objects(['get'])).rejects.toThrow(/^what kubectl printed is no JSON/);
});

test('no kubectl', async () => {
  await expect(new Kubectl({ program: join(folder, 'none') }).print(['get'])).rejects.toThrow(
    /none is not there: install it, and put it on the PATH$/,
  );
});

test('what runs on is ended by its signal', async () => {
  const end = new AbortController();
  const kubectl = new Kubectl({ program: program(`console.log('runs'); setInterval(() => undefined, 1000);`) });
  const run = await kubectl.run([], {
    signal: end.signal,
    onLine: () => {
      end.abort();
    },
  });
  expect(run).toEqual({ status: null, stdout: 'runs\n', stderr: '' });
});

test.each([
  ['E1123 16:00 memcache.go:1] x\nerror: no such context\n', 'no such context'],
  [
    'The connection to the server localhost:8080 was refused - did you specify the right host or port?\n',
    'there is no cluster: set KUBECONFIG, or name a kubeconfig with --kubeconfig and one of its contexts with --context',
  ],
  ['', ''],
])('the last words of %j', (stderr, words) => {
  expect(lastWords(stderr)).toBe(words);
});
