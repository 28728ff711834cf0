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
