import type { LiveCluster } from './live-cluster';
import type { LivePod } from './live-pod';
import { ask } from './http-request';
import type { Sample } from './prometheus-text';
import { parseMetrics } from './prometheus-text';

/** Where a proxy tells its metrics. Source: Linkerd edge-26.8.3, the proxy's port `linkerd-admin`. */
const ADMIN_PORT = 4191;
const PATH = '/metrics';

/** For an answer, in milliseconds. */
const TIMEOUT = 15_000;

/**
 * The metrics of a pod's proxy. The API server is asked to pass the question on; where the pod refuses that, since it takes callers of the mesh
 * alone, or the user may not, a port-forward leads to the proxy itself.
 *
 * @throws Error where neither does
 */
export async function metricsOf({ namespace, name }: LivePod, live: LiveCluster): Promise<Sample[]> {
  return parseMetrics(await read(namespace, name, live));
}

async function read(namespace: string, name: string, live: LiveCluster): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/pods/${name}:${ADMIN_PORT}/proxy${PATH}`;
  const { status, stdout } = await live.kubectl.run(['get', `--raw=${path}`], { signal: AbortSignal.timeout(TIMEOUT) });
  if (status === 0) return stdout;
  const { port } = await live.forward({ namespace, name, port: ADMIN_PORT }, 'pod');
  const answer = await ask({ port, host: `localhost:${ADMIN_PORT}`, path: PATH, timeout: TIMEOUT });
  if (answer.status !== 200)
    throw new Error(`the proxy of pod ${namespace}/${name} answers ${answer.status} for its metrics`);
  return answer.body;
}
