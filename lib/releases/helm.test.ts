import { join } from 'node:path';
import { Helm } from './helm';
import { ScratchRepository } from './testing/scratch-repository';

let repository: ScratchRepository;
let valuesFile: string;
beforeEach(() => {
  repository = new ScratchRepository('');
  valuesFile = join(repository.root, 'values');
});
afterEach(() => {
  repository.remove();
});

const chart = {
  release: 'ambassador',
  namespace: 'ambassador',
  values: (trustAnchors: string) => ({ replicaCount: 3, caBundle: trustAnchors }),
};

const helm = (script: string): Helm => new Helm(repository.writeProgram('helm', script));
const render = (program: Helm): Promise<string> => program.template('a b;c.tgz', chart, 'PEM\n"quoted"\n', valuesFile);

test('is given the archive, and nothing that depends on the hour or a cluster', async () => {
  const text = await render(helm('for argument; do echo "$argument"; done'));
  expect(text.replace(valuesFile, 'VALUES').trim().split('\n')).toEqual([
    ...['template', 'ambassador', 'a b;c.tgz'],
    ...['--namespace', 'ambassador', '--kube-version', '1.34.0', '--no-hooks', '--values', 'VALUES'],
  ]);
});

test('is given the values as JSON, which is YAML', async () => {
  await render(helm(''));
  expect(JSON.parse(repository.read('values'))).toEqual({ replicaCount: 3, caBundle: 'PEM\n"quoted"\n' });
});

test.each([
  ['its error', 'echo "W: old" >&2; echo "Error: no such chart" >&2; echo "more" >&2; exit 1', 'Error: no such chart'],
  ['its first line if no line is an error', 'echo "went wrong" >&2; exit 2', 'went wrong'],
  ['the command if it says nothing', 'exit 3', 'Command failed: '],
])('that fails is told by %s', async (_, script, message) => {
  await expect(render(helm(script))).rejects.toThrow(message);
});

test('is there if it can be run, whatever it answers', async () => {
  expect(await helm('exit 1').isThere()).toBe(true);
  expect(await new Helm(join(repository.root, 'nowhere')).isThere()).toBe(false);
  expect(await new Helm(repository.write('not-a-program', '')).isThere()).toBe(false);
});
