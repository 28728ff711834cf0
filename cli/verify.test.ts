import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runKnitmesh } from '../testing/command';

const NO_CLUSTER =
  'there is no cluster: set KUBECONFIG, or name a kubeconfig with --kubeconfig and one of its contexts with --context';

test.each(['verify', 'status'])('%s without a cluster, without kubectl: one line and exit code 2', (command) => {
  expect(runKnitmesh([command], { env: { KUBECONFIG: '/dev/null' } })).toEqual({
    status: 2,
    stdout: '',
    stderr: `error kubectl version: ${NO_CLUSTER}\n`,
  });
  expect(runKnitmesh([command], { env: { PATH: '/none' } })).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error kubectl is not there: install it, and put it on the PATH\n',
  });
});

test.each([
  [['--namespace', 'team-a'], '--namespace: the platform has nothing in team-a'],
  [['--timeout', 'soon'], '"soon" is not a duration: write a number with a unit, for example "30s" or "1m30s"'],
  [['--output', 'yaml'], "argument 'yaml' is invalid"],
])('%j is a mistake', (args, message) => {
  const { status, stderr } = runKnitmesh(['verify', ...args]);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('whoever may look at nothing learns so, and does not get exit code 0', () => {
  const folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  const version = JSON.stringify({ serverVersion: { major: '1', minor: '34', gitVersion: 'v1.34.4' } });
  writeFileSync(
    join(folder, 'kubectl'),
    `#!${process.execPath}
if (process.argv[2] === 'version') console.log(${JSON.stringify(version)});
else {
  console.error('Error from server (Forbidden): you may not');
  process.exitCode = 1;
}
`,
  );
  chmodSync(join(folder, 'kubectl'), 0o755);
  const { status, stdout, stderr } = runKnitmesh(['verify'], { env: { PATH: folder } });
  rmSync(folder, { recursive: true });
  expect([status, stderr]).toEqual([2, '']);
  expect(stdout.match(/^[×‼].*/gm)).toBeNull();
  expect(stdout).toContain(
    '- every Deployment is rolled out and available\n    could not look at the cluster: kubectl get: Error from server (Forbidden): you may not\n',
  );
  expect(stdout).toMatch(/\nStatus check results are not known: \d+ checks could not look\n$/);
});
