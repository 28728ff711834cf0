import { App } from 'cdk8s';
import type { Resources } from '../networking/pods';
import { collectObjects } from '../objects/collect';
import { mistakesOf } from '../objects/mistakes';
import { Phase } from '../objects/phase';
import type { GatewayProps } from './gateway';
import { addGateway } from './gateway';

const declare = (props: GatewayProps): Phase => {
  const phase = new Phase(new App(), 'networking');
  addGateway(phase, props);
  return phase;
};

/** What the Deployment says, and what the HorizontalPodAutoscaler. */
const scaleOf = (props: GatewayProps): unknown[] =>
  collectObjects(declare(props)).map(({ manifest: { kind, spec } }) => {
    const { replicas, minReplicas, maxReplicas } = spec as unknown as Record<string, number | undefined>;
    return [kind, replicas ?? [minReplicas, maxReplicas]];
  });

test('by default Kubernetes chooses, and the Deployment says no number, which the two would fight over', () => {
  expect(scaleOf({})).toEqual([
    ['Deployment', [undefined, undefined]],
    ['HorizontalPodAutoscaler', [3, 10]],
  ]);
});

test('a fixed number is the Deployment’s, and nothing scales it', () => {
  expect(scaleOf({ replicas: 2 })).toEqual([['Deployment', 2]]);
});

test.each<[GatewayProps, string]>([
  [{ replicas: 0 }, 'replicas: 0 is not a whole number of at least 1'],
  [{ replicas: { min: 1.5, max: 3 } }, 'replicas.min: 1.5 is not a whole number of at least 1'],
  [{ replicas: { min: 4, max: 3 } }, 'replicas.max: 3 is less than min, 4: raise it, or lower min'],
  [{ replicas: { min: 1, max: 3, cpuPercent: 0 } }, 'replicas.cpuPercent: 0 is not a whole number of at least 1'],
  [
    { resources: { limits: { cpu: '1' } } satisfies Resources },
    'resources.requests.cpu: is missing, and pods are added by how much of it they use: write for example "200m"',
  ],
])('%j is refused', (props, message) => {
  expect(mistakesOf(declare(props)).map((mistake) => mistake.message)).toEqual([message]);
});

test('where their number is fixed, gateways need no CPU request', () => {
  expect(mistakesOf(declare({ replicas: 2, resources: {} }))).toEqual([]);
});
