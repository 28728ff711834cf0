import { newCluster, problems, see, unseen } from '../testing/verify-main';
import { spoofedRevision } from './spoofed-revision';

test('the headers of a client change nothing', async () => {
  expect(await see(spoofedRevision, newCluster())).toEqual({ seen: '1 service', problems: [], unseen: [] });
});

test('a networking layer that passes them on', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.revisionObeyed = true;
  expect(await problems(spoofedRevision, cluster)).toEqual([
    'http://helloworld-go.default.example.com: obeys a client\'s headers: it answers 404 "not found", and 200 "Hello Go Sample v1 now with Linkerd!" without them',
  ]);
});

test('a service that answers differently from one time to the next is not judged', async () => {
  const cluster = newCluster();
  let times = 0;
  cluster.dataPlane.onRequest = () => {
    cluster.dataPlane.faults.answer.status = times++ === 0 ? 200 : 503;
  };
  expect(await unseen(spoofedRevision, cluster)).toEqual([
    'http://helloworld-go.default.example.com: it answers differently from one time to the next',
  ]);
});

test('where no service answers with a success there is nothing to compare', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.answer.status = 404;
  expect(await see(spoofedRevision, cluster)).toEqual({
    problems: [],
    skipped: 'no service answers with a success',
  });
});
