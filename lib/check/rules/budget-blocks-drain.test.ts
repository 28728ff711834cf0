import { deployment, found, objectsOf, testExamples } from '../testing/doc-examples';
import { budgetBlocksDrain } from './budget-blocks-drain';

testExamples(budgetBlocksDrain);

const budget = (fields: object): string =>
  JSON.stringify({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web', namespace: 'team-a' },
    spec: { selector: { matchLabels: { app: 'web' } }, ...fields },
  });
const replicas = (number: number): string => deployment('web', { fields: { replicas: number } });
const autoscaler = (minReplicas: number): string =>
  JSON.stringify({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'team-a' },
    spec: { minReplicas, maxReplicas: 9, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
  });

test.each<[string, string[], boolean]>([
  ['one of one', [replicas(1), budget({ minAvailable: 1 })], true],
  ['one of two', [replicas(2), budget({ minAvailable: 1 })], false],
  ['80 % of four, which is four', [replicas(4), budget({ minAvailable: '80%' })], true],
  ['80 % of five', [replicas(5), budget({ minAvailable: '80%' })], false],
  ['the fewest of an autoscaler', [deployment('web'), autoscaler(1), budget({ minAvailable: 1 })], true],
  ['… of two', [deployment('web'), autoscaler(2), budget({ minAvailable: 1 })], false],
  ['a percentage that may be missing is rounded up', [replicas(1), budget({ maxUnavailable: '10%' })], false],
  ['none may be missing', [budget({ maxUnavailable: 0 })], true],
  ['all must be there', [budget({ minAvailable: '100%' })], true],
  ['a workload that is scaled to none', [replicas(0), budget({ minAvailable: 1 })], false],
  ['no pods that are known', [budget({ minAvailable: 1 })], false],
  ['pods of another namespace', [replicas(1).replace('team-a', 'team-b'), budget({ minAvailable: 1 })], false],
])('%s', (_, documents, blocks) => {
  expect(found(budgetBlocksDrain, objectsOf(...documents))).toHaveLength(blocks ? 1 : 0);
});
