import type { Manifest } from '../../objects/manifest';
import { ClusterInventory, inventoryObjects } from '../inventory';
import type { PruneOptions, StaleObject } from './prune';
import { pruneStale } from './prune';
import { FakeKubectl } from '../testing/fake-kubectl';
import { configMap, managedBy, object } from '../testing/objects';

const KINDS = 'x v1 true ConfigMap\\nx v1 false Namespace';
const there = [
  managedBy(configMap('stale'), 'kubectl'),
  managedBy(configMap('earlier'), 'kubectl'),
  managedBy(configMap('anew'), 'kubectl-create'),
  managedBy(object('v1', 'Namespace', 'n'), 'kubectl'),
];
const recorded = [
  ...inventoryObjects('10-crds', ['ConfigMap default/earlier', 'Namespace n']),
  ...inventoryObjects('60-services', [
    'ConfigMap default/anew',
    'ConfigMap default/gone',
    'ConfigMap default/stale',
    'ConfigMap default/there',
  ]),
];

let fake: FakeKubectl;
afterEach(() => {
  fake.remove();
});

/** A cluster that keeps an object named `stays` whatever it is told. */
async function run(
  options: Partial<PruneOptions> = {},
  stuck: Manifest[] = [],
): Promise<{ states: string[]; inventory: ClusterInventory }> {
  fake = new FakeKubectl(`
const all = ${JSON.stringify(there)};
const deleted = readFileSync(__filename.replace(/kubectl$/, 'calls'), 'utf8').split('\\n').filter((line) => line.includes('"delete"')).join('');
const stuck = ${JSON.stringify(stuck.map(({ metadata }) => metadata.name))};
const isThere = ({ metadata: { name } }) => stuck.includes(name) || !deleted.includes('"' + name + '"');
if (args[0] === 'api-resources') print('${KINDS}');
else if (args[0] === 'delete') { if (objects.some(({ metadata }) => stuck.includes(metadata.name))) fail('error: timed out'); }
else if (args.includes('configmaps')) list(${JSON.stringify(recorded)});
else if (args[0] === 'get') list(all.filter((one) => isThere(one) && objects.some(({ kind, metadata }) => kind === one.kind && metadata.name === one.metadata.name)));`);
  const inventory = await ClusterInventory.read(fake.kubectl);
  const found: StaleObject[] = await pruneStale(fake.kubectl, {
    ...{ rendered: [configMap('there')], inventory, phases: () => true, prune: false, timeoutSeconds: 60 },
    signal: new AbortController().signal,
    ...options,
  });
  return { states: found.map(({ key, state }) => `${key} ${state}`), inventory };
}

test('stale objects are listed, the last phase first; what is gone is forgotten', async () => {
  const { states, inventory } = await run();
  expect(states).toEqual([
    'ConfigMap default/anew disowned',
    'ConfigMap default/stale stale',
    'Namespace n kept',
    'ConfigMap default/earlier stale',
  ]);
  expect(inventory.phases.get('60-services')).toEqual(['ConfigMap default/stale', 'ConfigMap default/there']);
  expect(
    fake.calls.some(
      ({ args, objects }) => args[0] === 'delete' && objects.some(({ metadata }) => metadata.name === 'stale'),
    ),
  ).toBe(false);
});

test('they are removed on demand; never a namespace, nor what somebody else has made anew', async () => {
  const { states, inventory } = await run({ prune: true });
  expect(states).toEqual([
    'ConfigMap default/anew disowned',
    'ConfigMap default/stale pruned',
    'Namespace n kept',
    'ConfigMap default/earlier pruned',
  ]);
  expect(inventory.phases).toEqual(
    new Map([
      ['10-crds', ['Namespace n']],
      ['60-services', ['ConfigMap default/there']],
    ]),
  );
});

test('of other phases nothing is looked at', async () => {
  const { states, inventory } = await run({ prune: true, phases: (phase) => phase === '10-crds' });
  expect(states).toEqual(['Namespace n kept', 'ConfigMap default/earlier pruned']);
  expect(inventory.phases.get('60-services')).toHaveLength(4);
});

test('what cannot be removed stays in the inventory', async () => {
  const { states, inventory } = await run({ prune: true }, [configMap('stale')]);
  expect(states).toContain('ConfigMap default/stale stuck');
  expect(inventory.phases.get('60-services')).toContain('ConfigMap default/stale');
});
