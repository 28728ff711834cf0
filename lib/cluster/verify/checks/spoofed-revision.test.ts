import { newCluster, problems, see } from '../testing/verify-main';
import { spoofedRevision } from './spoofed-revision';

test('the headers of a client change nothing', async () => {
  expect(await see(spoofedRevision, newCluster())).toEqual({ seen: '1 service', problems: [] });
});

test('a networking layer that passes them on', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.revisionObeyed = true;
  expect(await problems(spoofedRevision, cluster)).toEqual([
    'http://helloworld-go.default.example.com: obeys a client\'s headers: it answers 404 "not found", and 200 "Hello Go Sample v1 now with Linkerd!" without them',
  ]);
});
