import { newCluster, problems, see } from '../testing/verify-main';
import { knativeServices } from './knative-services';

const service = (cluster: ReturnType<typeof newCluster>) => {
  const found = cluster.live.find(({ apiVersion }) => apiVersion === 'serving.knative.dev/v1');
  if (found === undefined) throw new Error('there is none');
  return found;
};

test('it is Ready, with its URL', async () => {
  expect(await see(knativeServices, newCluster())).toMatchObject({
    seen: 'http://helloworld-go.default.example.com',
    problems: [],
  });
});

test.each([
  [
    'is not Ready: RevisionMissing: Configuration "helloworld-go" does not have any ready Revision.',
    {
      observedGeneration: 1,
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          reason: 'RevisionMissing',
          message: 'Configuration "helloworld-go" does not\nhave any ready Revision.',
        },
      ],
    },
  ],
  ['is not Ready', { observedGeneration: 1 }],
  ['has not been looked at by Knative since it was changed last', { observedGeneration: 0 }],
  ['is Ready, but has no URL', { observedGeneration: 1, conditions: [{ type: 'Ready', status: 'True' }] }],
])('one that %s', async (reason, status) => {
  const cluster = newCluster();
  service(cluster).status = status;
  expect(await problems(knativeServices, cluster)).toEqual([`Knative Service default/helloworld-go: ${reason}`]);
});

test('one that is gone', async () => {
  const cluster = newCluster();
  cluster.live.splice(cluster.live.indexOf(service(cluster)), 1);
  expect(await problems(knativeServices, cluster)).toEqual([
    'Knative Service default/helloworld-go: is not in the cluster',
  ]);
});
