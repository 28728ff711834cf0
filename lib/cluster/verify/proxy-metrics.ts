import { ask } from './http-request';
import type { LiveCluster } from './live-cluster';
import type { LivePod } from './live-pod';
import type { MetricsReader } from './prometheus-text';

/** Where a proxy tells its metrics. Source: Linkerd edge-26.8.3, the proxy's port `linkerd-admin`. */
const ADMIN_PORT = 4191;
const PATH = '/metrics';

/** Until all metrics are there, in milliseconds. */
const TIMEOUT = 30_000;

/**
 * Reads the metrics of a pod's proxy. The API server is asked to pass the question on; where the pod refuses that, since it takes callers of the
 * mesh alone, or the user may not, a port-forward leads to the proxy itself.
 *
 * @param newReader for each attempt
 * @throws Error where neither does, or what is told are no metrics
 */
export async function readMetrics<R extends MetricsReader>(
  { namespace, name }: LivePod,
  live: LiveCluster,
  newReader: () => R,
): Promise<R> {
  const attempt = (): { reader: R; onText: (piece: string) => void } => {
    const reader = newReader();
    const onText = (piece: string): void => {
      reader.add(piece);
    };
    return { reader, onText };
  };
  const passedOn = attempt();
  const path = `/api/v1/namespaces/${namespace}/pods/${name}:${ADMIN_PORT}/proxy${PATH}`;
  const { status } = await live.kubectl.run(['get', `--raw=${path}`], {
    signal: AbortSignal.timeout(TIMEOUT),
    onText: passedOn.onText,
  });
  if (status === 0) {
    passedOn.reader.end();
    return passedOn.reader;
  }
  const direct = attempt();
  const { port } = await live.forward({ namespace, name, port: ADMIN_PORT }, 'pod');
  const answer = await ask({
    ...{ port, host: `localhost:${ADMIN_PORT}`, path: PATH, timeout: TIMEOUT },
    onText: direct.onText,
  });
  if (answer.status !== 200) throw new Error(`the proxy answers ${answer.status} for its metrics`);
  direct.reader.end();
  return direct.reader;
}
