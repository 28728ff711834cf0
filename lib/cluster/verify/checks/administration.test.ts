import { Rendered } from '../rendered';
import { newCluster, problems, rendered, see } from '../testing/verify-main';
import { administration } from './administration';

test('nothing of it is served', async () => {
  expect(await see(administration, newCluster())).toEqual({ seen: '3 paths', problems: [] });
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

test('what cannot be asked is no refusal', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.closed = true;
  const url = 'http://knitmesh-verify-nobody.default.example.com/ambassador/v0';
  expect(await problems(administration, cluster)).toContain(
    `${url}/diag/: cannot be asked for: the connection was closed`,
  );
});
