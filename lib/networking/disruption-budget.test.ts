import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import { mistakesOf } from '../objects/mistakes';
import { Phase } from '../objects/phase';
import type { DisruptionBudget } from './disruption-budget';
import { addDisruptionBudget } from './disruption-budget';

const declare = (budget: DisruptionBudget, replicas: number): Phase => {
  const phase = new Phase(new App(), 'networking');
  addDisruptionBudget(phase, budget, {
    metadata: { name: 'gateway', namespace: 'edge' },
    podSelector: { app: 'gateway' },
    replicas,
  });
  return phase;
};

test.each<[DisruptionBudget, number]>([
  [{ maxUnavailable: 1 }, 1],
  [{ maxUnavailable: '25%' }, 3],
  [{ minAvailable: 2 }, 3],
  [{ minAvailable: '50%' }, 2],
])('%j of %i replicas lets a node drain', (budget, replicas) => {
  expect(collectObjects(declare(budget, replicas))[0]?.manifest.spec).toMatchObject(budget);
});

test('both at once do not compile, since Kubernetes refuses them', () => {
  // @ts-expect-error -- one of the two
  const budget: DisruptionBudget = { maxUnavailable: 1, minAvailable: 1 };
  expect(Object.keys(budget)).toHaveLength(2);
});

test.each<[DisruptionBudget, number, string]>([
  [
    { maxUnavailable: 0 },
    3,
    'disruptionBudget.maxUnavailable: 0 of 3 replicas lets no pod go, so no node could be drained: use maxUnavailable: 1',
  ],
  [
    { minAvailable: '80%' },
    1,
    'disruptionBudget.minAvailable: "80%" of 1 replicas lets no pod go, so no node could be drained: use maxUnavailable: 1',
  ],
  [
    { minAvailable: 3 },
    3,
    'disruptionBudget.minAvailable: 3 of 3 replicas lets no pod go, so no node could be drained: use maxUnavailable: 1',
  ],
  [
    { maxUnavailable: -1 },
    3,
    'disruptionBudget.maxUnavailable: -1 is not a number of pods: write for example 1 or "50%"',
  ],
  [
    { minAvailable: '150%' },
    3,
    'disruptionBudget.minAvailable: "150%" is not a number of pods: write for example 1 or "50%"',
  ],
])('%j of %i replicas is refused', (budget, replicas, message) => {
  expect(mistakesOf(declare(budget, replicas)).map((mistake) => mistake.message)).toEqual([message]);
});
