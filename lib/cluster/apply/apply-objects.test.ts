import { applyObjects, inDoubt } from './apply-objects';
import { FakeKubectl } from '../testing/fake-kubectl';
import { configMap } from '../testing/objects';

let fake: FakeKubectl;
afterEach(() => {
  fake.remove();
});

/** Takes what is not named `bad…`; of those it says all that is wrong in the end, as kubectl does. */
const PICKY = `
const wrong = [];
for (const one of objects) {
  const conflict = /^bad-(.*)$/.exec(one.metadata.name);
  if (conflict === null || (args.includes('--force-conflicts') && conflict[1] !== 'invalid')) print(nameOf(one) + ' serverside-applied');
  else wrong.push(conflict[1] === 'invalid' ? 'Error from server (Invalid): no' : conflict[1] === 'webhook' ? 'failed calling webhook "w": no' : 'error: Apply failed with 1 conflict: conflict with "' + conflict[1] + '": .data');
}
if (wrong.length > 0) fail(wrong.join('\\n'));`;

test('all are taken in one go', async () => {
  fake = new FakeKubectl(PICKY);
  let applied = 0;
  const refused = await applyObjects(fake.kubectl, [configMap('a'), configMap('b')], { onApplied: () => applied++ });
  expect([refused, applied, fake.calls.length]).toEqual([[], 2, 1]);
  expect(fake.calls[0]?.args).toEqual(['apply', '--server-side', '--field-manager=kubectl', '--filename=-']);
});

test('each that is refused is named with its reason, and the rest is taken', async () => {
  fake = new FakeKubectl(PICKY);
  const all = ['a', 'bad-helm', 'b', 'bad-invalid', 'c'].map((name) => configMap(name));
  const refused = await applyObjects(fake.kubectl, all);
  expect(refused.map(({ manifest, refusal }) => [manifest.metadata.name, refusal.cause])).toEqual([
    ['bad-helm', 'conflict'],
    ['bad-invalid', 'refused'],
  ]);
});

test.each([1, 2])('a reason holds nothing of the Secrets that were applied, of %d of them', async (number) => {
  fake = new FakeKubectl(`fail('error: denied: ' + Object.values(objects[0].data)[0] + ' is too short');`);
  const all = ['a', 'b'].map((name) => ({ ...configMap(name), kind: 'Secret', data: { a: 'aHVudGVyMg==' } }));
  const refused = await applyObjects(fake.kubectl, all.slice(0, number));
  expect(refused.map(({ refusal }) => refusal.reason)).toEqual(
    Array.from({ length: number }, () => 'denied: (masked) is too short'),
  );
});

test('a name that two namespaces have does not hide which one is refused', async () => {
  fake = new FakeKubectl(`
const wrong = objects.filter(({ metadata }) => metadata.namespace === 'two');
for (const one of objects) if (!wrong.includes(one)) print(nameOf(one) + ' serverside-applied');
if (wrong.length > 0) fail('Error from server (Invalid): no');`);
  const refused = await applyObjects(fake.kubectl, [
    configMap('a', 'one'),
    configMap('a', 'two'),
    configMap('b', 'one'),
  ]);
  expect(refused.map(({ manifest }) => manifest.metadata.namespace)).toEqual(['two']);
  // Twice: what is not in doubt is not applied again.
  expect(fake.calls.map(({ objects }) => objects.length)).toEqual([3, 1, 1]);
});

test('what plain kubectl apply has set is taken over, and what others have is not', async () => {
  fake = new FakeKubectl(PICKY);
  const all = ['bad-kubectl-client-side-apply', 'bad-helm'].map((name) => configMap(name));
  const refused = await applyObjects(fake.kubectl, all);
  expect(refused.map(({ manifest }) => manifest.metadata.name)).toEqual(['bad-helm']);
  expect(fake.calls.filter(({ args }) => args.includes('--force-conflicts'))).toHaveLength(1);
});

test('what shares its kind and namespace with one that a silent webhook is asked about is not tried in vain', async () => {
  fake = new FakeKubectl(PICKY.replaceAll('bad-(.*)', '(?:bad-)(webhook)'));
  const all = Array.from({ length: 5 }, () => configMap('bad-webhook')).concat(configMap('good', 'elsewhere'));
  const refused = await applyObjects(fake.kubectl, all);
  expect(refused).toHaveLength(5);
  expect(fake.calls).toHaveLength(2);
});

test('without an API server nothing is tried by itself', async () => {
  fake = new FakeKubectl(`fail('Unable to connect to the server: dial tcp: connect: connection refused');`);
  const refused = await applyObjects(fake.kubectl, [configMap('a'), configMap('b')]);
  expect(refused.map(({ refusal }) => refusal.cause)).toEqual(['unreachable', 'unreachable']);
  expect(fake.calls).toHaveLength(1);
});

test('a dry run asks the API server', async () => {
  fake = new FakeKubectl(PICKY);
  await applyObjects(fake.kubectl, [configMap('a')], { dryRun: true, forceConflicts: true });
  expect(fake.calls[0]?.args).toEqual(expect.arrayContaining(['--dry-run=server', '--force-conflicts']));
});

test('in doubt is what was printed less often than it was given', () => {
  fake = new FakeKubectl('');
  const all = [configMap('a', 'one'), configMap('a', 'two'), configMap('b')];
  expect(inDoubt(all, new Map([['configmap/a', 2]]))).toEqual([all[2]]);
  expect(
    inDoubt(
      all,
      new Map([
        ['configmap/a', 1],
        ['configmap/b', 1],
      ]),
    ),
  ).toEqual([all[0], all[1]]);
});
