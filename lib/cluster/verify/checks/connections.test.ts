import { newCluster, problems, see } from '../testing/verify-main';
import { connections } from './connections';

const ACTIVATOR = 'Deployment knative-serving/activator';
const SERVICE = 'Knative Service default/helloworld-go';

test('what the proxies have seen is mTLS', async () => {
  const { details, problems, seen } = await see(connections, newCluster());
  expect(problems).toEqual([]);
  expect(seen).toBe('4 connections of 7 seen, all mTLS');
  expect(details).toContainEqual({ from: ACTIVATOR, to: SERVICE, about: 'requests', port: 8012, state: 'mtls' });
});

test('a port that is reached past the proxy', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.plainPorts.add(9090);
  expect(await problems(connections, cluster)).toEqual([
    `Deployment knative-serving/autoscaler → ${SERVICE}, load of queue-proxy on port 9090: is not mTLS: not_provided_by_service_discovery`,
  ]);
});

test('proxies that refuse the API server are asked by a port-forward', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.metricsRefused = true;
  expect(await problems(connections, cluster)).toEqual([]);
});

test('connections without which nothing works, and that nobody has seen', async () => {
  const cluster = newCluster();
  for (const port of [8012, 8080]) cluster.dataPlane.faults.silentPorts.add(port);
  expect(await problems(connections, cluster)).toEqual([
    `${SERVICE}: has answered, but no proxy has seen the request on its way: not by mTLS, at least`,
    `${ACTIVATOR} → Deployment knative-serving/autoscaler, waiting requests on port 8080: is not seen by any proxy`,
  ]);
});
