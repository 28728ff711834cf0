import { Rendered } from '../rendered';
import { newCluster, problems, rendered, see, unseen } from '../testing/verify-main';
import { administration } from './administration';

test('nothing of it is served', async () => {
  expect(await see(administration, newCluster())).toEqual({ seen: '3 paths', problems: [], unseen: [] });
});

test('diagnostics are served on every host', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.administrationServed = true;
  const url = 'http://knitmesh-verify-nobody.default.example.com/ambassador/v0';
  expect(await problems(administration, cluster)).toEqual(
    ['diag/', 'check_alive', 'check_ready'].map((path) => `${url}/${path}: is answered: 200 "diagnostics"`),
  );
});

test('a networking layer without such paths is not asked', async () => {
  const { publicService } = rendered.layer;
  const other = new Rendered(rendered.objects, { publicService });
  expect(await see(administration, newCluster(), {}, other)).toEqual({
    problems: [],
    skipped: 'the networking layer has none',
  });
});

test('what cannot be asked is no refusal, and no failure', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.closed = true;
  const url = 'http://knitmesh-verify-nobody.default.example.com/ambassador/v0';
  expect(await unseen(administration, cluster)).toContain(`${url}/diag/: the connection was closed`);
});

test('a networking layer that refuses everything has refused nothing', async () => {
  const cluster = newCluster();
  const service = cluster.live.find(({ apiVersion }) => apiVersion === 'serving.knative.dev/v1');
  Object.assign(service?.status as object, { url: 'http://other.default.example.com' });
  expect(await unseen(administration, cluster)).toEqual([
    'the networking layer: it serves no public service, so that its refusals say nothing',
  ]);
});

test('where plain HTTP is sent away it is asked by HTTPS', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.redirected = true;
  // Nothing is played behind port 443.
  expect(await unseen(administration, cluster)).toContainEqual(
    expect.stringMatching(/SSL|EPROTO|packet length|wrong version/i),
  );
});
