import type { Manifest } from '../../objects/manifest';
import { objectKey } from '../../objects/manifest';
import type { ApplyEvent, ApplyOptions, PhaseResult } from './apply-phase';
import { applyPhases } from './apply';
import { ClusterInventory } from '../inventory';
import { FakeKubectl } from '../testing/fake-kubectl';
import { configMap, object, rendered } from '../testing/objects';

/**
 * A cluster that keeps what it is given, as a server-side apply does; the time of the manager's entry may move though nothing changes. `refuse`
 * may say why it does not take one.
 */
const CLUSTER = (refuse: string): string => `
const file = __filename + '.json';
const state = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const keyOf = ({ kind, metadata }) => kind + ' ' + metadata.name;
const refuse = (one) => { ${refuse} };
if (args[0] === 'get') list(objects.map((one) => state[keyOf(one)]).filter((one) => one !== undefined));
else if (args[0] === 'apply') {
  const wrong = [];
  for (const one of objects) {
    const why = refuse(one);
    if (why !== undefined) { wrong.push(why); continue; }
    const entry = { manager: 'kubectl', operation: 'Apply', time: 't' + calls, fieldsV1: { 'f:data': {} } };
    state[keyOf(one)] = { ...one, metadata: { ...one.metadata, uid: 'u', managedFields: [entry] } };
    print(nameOf(one) + ' serverside-applied');
  }
  writeFileSync(file, JSON.stringify(state));
  if (wrong.length > 0) fail(wrong.join('\\n'));
}`;

const phase = (name: string, ...manifests: Manifest[]) => ({
  name,
  objects: manifests.map((one) => rendered(one, name)),
});
const PHASES = [
  phase('40-knative-config', configMap('config')),
  phase('45-knative-serving', object('v1', 'ServiceAccount', 'repair', 'default')),
  phase('60-services', configMap('one'), configMap('two')),
];

let fake: FakeKubectl;
let events: ApplyEvent[];
beforeEach(() => {
  events = [];
});
afterEach(() => {
  fake.remove();
});

async function run(options: Partial<ApplyOptions> = {}): Promise<PhaseResult[]> {
  const phases = options.phases ?? PHASES;
  return applyPhases(fake.kubectl, {
    phases,
    rendered: phases.flatMap(({ objects }) => objects.map(({ manifest }) => manifest)),
    inventory: await ClusterInventory.read(fake.kubectl),
    ...{ leftAlone: new Set<string>(), forceConflicts: false, timeoutSeconds: 60 },
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
    ...options,
  });
}
const counts = (results: readonly PhaseResult[]): unknown[] =>
  results.map(({ state, created, configured, unchanged, left }) => [state, created, configured, unchanged, left]);

test('phases are created, then found as they are, then changed where something is different', async () => {
  fake = new FakeKubectl(CLUSTER(''));
  expect(counts(await run())).toEqual([
    ['ready', 1, 0, 0, 0],
    ['ready', 1, 0, 0, 0],
    ['ready', 2, 0, 0, 0],
  ]);
  expect(counts(await run())).toEqual([
    ['ready', 0, 0, 1, 0],
    ['ready', 0, 0, 1, 0],
    ['ready', 0, 0, 2, 0],
  ]);
  const changed = phase('60-services', configMap('one'), { ...configMap('two'), data: { a: 'b' } });
  expect(counts(await run({ phases: [changed] }))).toEqual([['ready', 0, 1, 1, 0]]);
  expect((await run({ phases: [phase('60-services', configMap('two'))] }))[0]?.changes).toEqual([
    'ConfigMap default/two',
  ]);
});

test('what is left alone is not applied', async () => {
  fake = new FakeKubectl(CLUSTER(''));
  const leftAlone = new Set([objectKey(configMap('one'))]);
  expect(counts(await run({ leftAlone })).at(-1)).toEqual(['ready', 1, 0, 0, 1]);
});

test('what is about to be applied is recorded first, with what an earlier run left', async () => {
  fake = new FakeKubectl(CLUSTER(`if (one.metadata.name === 'one') return 'Error from server (Invalid): no';`));
  const results = await run({ phases: PHASES.slice(2) });
  expect(results).toMatchObject([
    { state: 'refused', problems: [{ what: 'ConfigMap default/one', why: 'Error from server (Invalid): no' }] },
  ]);
  const applied = fake.calls.filter(({ args }) => args[0] === 'apply').map(({ objects }) => objects[0]?.metadata.name);
  expect(applied.slice(0, 2)).toEqual(['knitmesh-inventory-60-services', 'one']);
});

test('a phase that is refused keeps those behind it from being applied', async () => {
  fake = new FakeKubectl(CLUSTER(`if (one.metadata.name === 'repair') return 'Error from server (Forbidden): no';`));
  expect(counts(await run())).toEqual([
    ['ready', 1, 0, 0, 0],
    ['refused', 0, 0, 0, 0],
  ]);
});

test.each([
  ['ConfigMap', configMap('config')],
  ['Certificate of Knative', object('networking.internal.knative.dev/v1alpha1', 'Certificate', 'config', 'default')],
])('a %s that a silent webhook refuses stops nothing, and is tried again in the end', async (_, guarded) => {
  fake = new FakeKubectl(
    CLUSTER(
      `if (one.metadata.name === 'config' && state['ConfigMap two'] === undefined) return 'failed calling webhook "config": refused';`,
    ),
  );
  expect(counts(await run({ phases: [phase('40-knative-config', guarded), ...PHASES.slice(1)] }))).toEqual([
    ['ready', 1, 0, 0, 0],
    ['ready', 1, 0, 0, 0],
    ['ready', 2, 0, 0, 0],
  ]);
  const done = events.flatMap((event) => (event.type === 'done' ? [event.result.phase] : []));
  expect(done).toEqual(['45-knative-serving', '60-services', '40-knative-config']);
});

test('one that is refused in the end as well is said', async () => {
  fake = new FakeKubectl(
    CLUSTER(`if (one.metadata.name === 'config') return 'failed calling webhook "config": refused';`),
  );
  const [first, ...others] = await run({ timeoutSeconds: 1 });
  expect(first).toMatchObject({ state: 'refused', problems: [{ what: 'ConfigMap default/config' }] });
  expect(others.map(({ state }) => state)).toEqual(['ready', 'ready']);
});

test('what can pass by itself is tried again, and is said meanwhile', async () => {
  fake = new FakeKubectl(
    CLUSTER(`if (one.metadata.name === 'repair' && calls < 8) return 'error: no matches for kind "ServiceAccount"';`),
  );
  expect(counts(await run())[1]).toEqual(['ready', 1, 0, 0, 0]);
  expect(events).toContainEqual({
    type: 'waiting',
    phase: '45-knative-serving',
    waiting: [{ what: 'ServiceAccount default/repair', why: 'no matches for kind "ServiceAccount"' }],
  });
});

test('a cluster that does not answer in time is said, and the rest is left', async () => {
  fake = new FakeKubectl(
    `if (calls === 0) list([]); else fail('Unable to connect to the server: dial tcp: connect: connection refused');`,
  );
  expect(await run({ timeoutSeconds: 0 })).toMatchObject([
    {
      state: 'not ready',
      problems: [{ what: 'the cluster', why: expect.stringContaining('connection refused') as string }],
    },
  ]);
});

test('Ctrl-C ends it where it is', async () => {
  fake = new FakeKubectl(CLUSTER(''));
  const end = new AbortController();
  const results = await run({
    signal: end.signal,
    onEvent: (event) => {
      if (event.type === 'phase' && event.phase === '45-knative-serving') end.abort();
    },
  });
  expect(results.map(({ state }) => state)).toEqual(['ready', 'interrupted']);
});
