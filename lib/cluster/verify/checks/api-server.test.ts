import { newCluster, problems, see, unseen } from '../testing/verify-main';
import { apiServer } from './api-server';

test('the version of the API server is told', async () => {
  expect(await see(apiServer, newCluster())).toEqual({ seen: 'v1.34.4', problems: [] });
});

test('one that Knative Serving refuses', async () => {
  const cluster = newCluster();
  cluster.version = 'v1.33.7';
  expect(await problems(apiServer, cluster)).toEqual(['the API server: is of version v1.33.7']);
});

test('one that tells no version is not judged', async () => {
  const cluster = newCluster();
  cluster.run = () => Promise.resolve({ status: 0, stdout: '{}', stderr: '' });
  expect(await unseen(apiServer, cluster)).toEqual(['the API server: it tells no version']);
});
