import type { Manifest } from '../../objects/manifest';
import { ClusterInventory, inventoryObjects } from '../inventory';
import { FakeKubectl } from '../testing/fake-kubectl';
import { configMap, object } from '../testing/objects';
import type { UninstallOptions, UninstallStep } from './uninstall';
import { describeOthers, plannedCount, uninstall } from './uninstall';
import type { UninstallPlan } from './uninstall-plan';

const crd: Manifest = {
  ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.com'),
  spec: { group: 'example.com', names: { kind: 'Thing', plural: 'things' } },
};
const webhook = object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'hook');
const plan: UninstallPlan = {
  phases: [
    { name: '60-services', objects: [configMap('settings'), object('example.com/v1', 'Thing', 'thing', 'default')] },
    {
      name: '20-linkerd',
      objects: [
        object('v1', 'ServiceAccount', 'account', 'n'),
        object('apps/v1', 'Deployment', 'server', 'n'),
        webhook,
        object('apiregistration.k8s.io/v1', 'APIService', 'api'),
      ],
    },
  ],
  crds: [crd],
  namespaces: [object('v1', 'Namespace', 'n')],
  cleaned: [object('v1', 'Namespace', 'default')],
  othersOfCrds: [object('example.com/v1', 'Thing', 'theirs', 'default')],
  othersInNamespaces: [],
  disowned: [],
};

let fake: FakeKubectl;
afterEach(() => {
  fake.remove();
});

const RECORDED = [
  ...inventoryObjects('10-crds', ['apiextensions.k8s.io/CustomResourceDefinition things.example.com']),
  ...inventoryObjects('60-services', ['ConfigMap default/settings']),
];

async function run(lines: string, options: Partial<UninstallOptions> = {}): Promise<UninstallStep[]> {
  fake = new FakeKubectl(`if (args[0] === 'get') list(${JSON.stringify(RECORDED)});\n${lines}`);
  const inventory = await ClusterInventory.read(fake.kubectl);
  return uninstall(fake.kubectl, plan, {
    ...{ inventory, keepCrds: false, keepNamespaces: false, timeoutSeconds: 60 },
    ...{ signal: new AbortController().signal, onStep: () => undefined },
    ...options,
  });
}

/** What was deleted, call by call; what is taken off `default`, and the inventory's parts. */
const deeds = (): string[] =>
  fake.calls
    .slice(1)
    .map(({ args, objects }) =>
      `${args[0] ?? ''} ${objects.map(({ metadata }) => metadata.name ?? '').join(' ')}`.trim(),
    );

test('what controllers have to clean up goes before them, and what the API server calls before its servers', async () => {
  const steps = await run('');
  expect(deeds()).toEqual([
    'delete theirs',
    'delete thing',
    'delete settings',
    'delete knitmesh-inventory-60-services',
    'delete api hook',
    'delete server account',
    'delete things.example.com',
    'delete knitmesh-inventory-10-crds',
    'apply default',
    'annotate',
    'delete n',
  ]);
  expect(steps.every(({ problems }) => problems.length === 0)).toBe(true);
  const cascades = fake.calls.flatMap(({ args }) => args.filter((one) => one.startsWith('--cascade')));
  expect(cascades.slice(0, 3)).toEqual(['--cascade=foreground', '--cascade=foreground', '--cascade=background']);
});

test('CRDs and namespaces can stay, and with them what others have; the inventory keeps them in mind', async () => {
  await run('', { keepCrds: true, keepNamespaces: true });
  const all = deeds().join('\n');
  for (const kept of ['theirs', 'things.example.com', 'knitmesh-inventory-10-crds', 'delete n\n'])
    expect(all).not.toContain(kept);
  expect(all).toContain('delete server account');
});

test('each deletion waits, and what is gone already is none', async () => {
  await run('', { timeoutSeconds: 0.2 });
  const deletions = fake.calls.filter(({ args }) => args.some((one) => one.startsWith('--cascade')));
  expect(deletions.length).toBeGreaterThan(5);
  for (const { args } of deletions) {
    expect(args).toEqual(expect.arrayContaining(['--ignore-not-found', '--wait=true', '--timeout=1s']));
  }
});

test('what is recorded is forgotten once it is gone, CRDs and namespaces last', async () => {
  const recorded = [
    ...inventoryObjects('00-namespaces', ['Namespace n']),
    ...inventoryObjects('10-crds', ['apiextensions.k8s.io/CustomResourceDefinition things.example.com']),
    ...inventoryObjects('60-services', ['ConfigMap default/settings']),
  ];
  const phases = ['60-services', '10-crds', '00-namespaces'].map((name) => ({ name, objects: [] }));
  fake = new FakeKubectl(`if (args[0] === 'get') list(${JSON.stringify(recorded)});`);
  const inventory = await ClusterInventory.read(fake.kubectl);
  await uninstall(
    fake.kubectl,
    { ...plan, phases },
    {
      ...{ inventory, keepCrds: false, keepNamespaces: false, timeoutSeconds: 60 },
      ...{ signal: new AbortController().signal, onStep: () => undefined },
    },
  );
  expect(deeds()).toEqual([
    'delete theirs',
    'delete knitmesh-inventory-60-services',
    'delete things.example.com',
    'delete knitmesh-inventory-10-crds',
    'apply default',
    'annotate',
    'delete n',
    'delete knitmesh-inventory-00-namespaces',
  ]);
});

test('what does not go stays recorded, counts as not removed, and keeps the rest of its step', async () => {
  const stuck = "if (objects.some(({ metadata }) => metadata.name === 'hook')) fail('error: timed out waiting');";
  const steps = await run(stuck);
  expect(steps.at(-1)).toMatchObject({ step: '20-linkerd', removed: 0, problems: ['timed out waiting'] });
  expect(deeds()).toEqual([
    'delete theirs',
    'delete thing',
    'delete settings',
    'delete knitmesh-inventory-60-services',
    'delete api hook',
  ]);
});

test('once it is to end, nothing more is deleted', async () => {
  const ending = new AbortController();
  const deleting = run('', {
    signal: ending.signal,
    onStep: (step) => {
      if (step === '60-services') ending.abort();
    },
  });
  await expect(deleting).rejects.toThrow(/abort/i);
  expect(deeds()).toEqual(['delete theirs']);
});

test('what does not go keeps all behind it from going', async () => {
  const steps = await run(
    `if (objects.some(({ metadata }) => metadata.name === 'thing')) fail('error: timed out waiting for the condition on things/thing');`,
  );
  expect(steps.at(-1)).toMatchObject({
    step: '60-services',
    problems: ['timed out waiting for the condition on things/thing'],
  });
  expect(deeds()).toEqual(['delete theirs', 'delete thing']);
});

test('a webhook that does not answer is taken away, and the deletion repeated', async () => {
  const steps = await run(
    `
if (objects[0]?.metadata.name === 'thing' && !readFileSync(${JSON.stringify('LOG')}, 'utf8').includes('"hook"'))
  fail('Error from server (InternalError): failed calling webhook "hook": refused');`.replace(
      '"LOG"',
      "__filename.replace(/kubectl$/, 'calls')",
    ),
  );
  expect(deeds().slice(1, 4)).toEqual(['delete thing', 'delete hook', 'delete thing']);
  expect(steps.every(({ problems }) => problems.length === 0)).toBe(true);
});

test('how much it is, and what of others would be lost', () => {
  fake = new FakeKubectl('');
  expect(plannedCount(plan)).toBe(6);
  expect(describeOthers([configMap('a'), object('example.com/v1', 'Thing', 'b'), configMap('c')])).toEqual([
    'ConfigMap default/a and 1 more',
    'Thing b',
  ]);
});
