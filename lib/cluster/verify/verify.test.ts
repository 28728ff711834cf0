import { newCluster, rendered, SETTINGS } from './testing/verify-main';
import { CHECKS } from './checks';
import { jsonOf } from './output/json';
import { textOf } from './output/text';
import type { Verdict } from './verify';
import { isWell, verify } from './verify';

const plain = (_: string, text: string): string => text;
const told = (verdicts: readonly Verdict[]): string => `${textOf(verdicts, plain).join('\n')}\n`;

const resultsOf = (verdicts: readonly Verdict[]): Record<string, string> =>
  Object.fromEntries(verdicts.map(({ check, result }) => [check.id, result]));

test('all checks of a platform that works', async () => {
  const cluster = newCluster();
  await cluster.dataPlane.start({ layer: 0, admin: 0 });
  const verdicts = await verify(rendered, cluster, SETTINGS);
  cluster.dataPlane.stop();
  const wanted = CHECKS.filter(({ id }) => id !== 'traffic');
  const skipped = ['linkerd-check', 'linkerd-viz-check'];
  expect(resultsOf(verdicts)).toEqual(
    Object.fromEntries(wanted.map(({ id }) => [id, skipped.includes(id) ? 'skipped' : 'passed'])),
  );
  const text = told(verdicts);
  expect(text).toContain(
    'mesh\n----\n√ the proxy injector answers, and meshes a new pod of every meshed namespace (4 namespaces)\n',
  );
  expect(text).toMatch(/\n19 passed, 0 failed, 0 warnings, 2 skipped\nStatus check results are √\n$/);
  expect(JSON.parse(jsonOf(verdicts))).toMatchObject({
    success: true,
    checks: wanted.map(({ id, group, title }) => ({ id, group, title, problems: [] })),
  });
});

test('what fails is told with its reason and a hint, and what is a warning does not fail', async () => {
  const cluster = newCluster();
  cluster.remove('Deployment', 'linkerd-identity');
  const why = { type: 'ScalingActive', status: 'False', message: 'no metrics' };
  cluster.object('HorizontalPodAutoscaler', 'activator').status = { conditions: [why] };
  await cluster.dataPlane.start({ layer: 0, admin: 0 });
  const verdicts = await verify(rendered, cluster, SETTINGS);
  cluster.dataPlane.stop();
  const text = told(verdicts);
  expect(text).toContain(
    [
      '× every Deployment is rolled out and available',
      '    Deployment linkerd/linkerd-identity: is not in the cluster',
      '    hint: kubectl describe it, and look at the events of its ReplicaSet and pods',
      '',
    ].join('\n'),
  );
  expect(text).toMatch(/‼ every HorizontalPodAutoscaler has metrics to scale by\n {4}Horizontal/);
  expect(text).toMatch(/\n17 passed, 1 failed, 1 warning, 2 skipped\nStatus check results are ×\n$/);
  expect(JSON.parse(jsonOf(verdicts))).toMatchObject({ success: false });
});

test('it waits until nothing fails', async () => {
  const cluster = newCluster();
  cluster.injector = 'is down';
  await cluster.dataPlane.start({ layer: 0, admin: 0 });
  const rounds: string[][] = [];
  const verdicts = await verify(rendered, cluster, {
    ...SETTINGS,
    wait: 20_000,
    onRound: (failing) => {
      rounds.push(failing.map(({ id }) => id));
      cluster.injector = 'meshes';
    },
  });
  cluster.dataPlane.stop();
  expect(rounds).toEqual([['injector']]);
  expect(resultsOf(verdicts).injector).toBe('passed');
});

test('what could not be looked at is no failure and no pass, and is waited for', async () => {
  const cluster = newCluster();
  const run = cluster.run.bind(cluster);
  const refused = new Set(['slices']);
  cluster.run = (args, options) =>
    refused.size > 0 && args.includes('endpointslices.discovery.k8s.io')
      ? Promise.resolve({ status: 1, stdout: '', stderr: 'Error from server (Forbidden): you may not\n' })
      : run(args, options);
  await cluster.dataPlane.start({ layer: 0, admin: 0 });
  const verdicts = await verify(rendered, cluster, SETTINGS);
  const waited = await verify(rendered, cluster, {
    ...SETTINGS,
    wait: 20_000,
    onRound: (waiting) => {
      expect(waiting.map(({ id }) => id)).toEqual(['services']);
      refused.clear();
    },
  });
  cluster.dataPlane.stop();
  const reason = 'kubectl get: Error from server (Forbidden): you may not';
  expect(resultsOf(verdicts).services).toBe('skipped');
  expect(isWell(verdicts)).toBe(false);
  expect(told(verdicts)).toContain(
    `- every Service has endpoints that are ready\n    could not look at the cluster: ${reason}\n`,
  );
  expect(told(verdicts)).toMatch(/\nStatus check results are not known: 1 check could not look\n$/);
  expect(JSON.parse(jsonOf(verdicts))).toMatchObject({
    success: false,
    checks: expect.arrayContaining([
      expect.objectContaining({
        id: 'services',
        result: 'skipped',
        problems: [],
        unseen: [{ object: 'the cluster', reason }],
      }),
    ]) as unknown,
  });
  expect(resultsOf(waited).services).toBe('passed');
  expect(isWell(waited)).toBe(true);
});

test('a note is told in both outputs, and a problem with a hint of its own', () => {
  const [check] = CHECKS;
  if (check === undefined) throw new Error('there is none');
  const remark = { object: 'a', reason: 'b' };
  const verdicts: Verdict[] = [
    { check, result: 'passed', outcome: { problems: [], notes: [remark], seen: 'c' } },
    { check, result: 'failed', outcome: { problems: [{ ...remark, hint: 'see d' }] } },
  ];
  const text = told(verdicts);
  expect(text).toContain(`√ ${check.title} (c)\n    note: a: b\n× ${check.title}\n    a: b\n        see d\n    hint: `);
  expect(JSON.parse(jsonOf(verdicts))).toMatchObject({
    checks: [
      { result: 'passed', problems: [], unseen: [], notes: [remark] },
      { result: 'failed', problems: [{ ...remark, severity: 'error', hint: 'see d' }], notes: [] },
    ],
  });
});

test('a cluster that cannot be reached is no finding', async () => {
  const cluster = newCluster();
  cluster.run = () => Promise.resolve({ status: 1, stdout: '', stderr: 'error: no such host\n' });
  await expect(verify(rendered, cluster, SETTINGS)).rejects.toThrow(/^kubectl version: no such host$/);
});

test('every check has an id and a hint of its own', () => {
  expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
  expect(CHECKS.filter(({ hint, title }) => hint === '' || title === '')).toEqual([]);
});
