import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeCluster } from './fake-cluster';
import { newCluster } from './verify-main';

/**
 * Pods of the reference platform on real programs (Linkerd edge-26.8.3, Knative 1.23.0, Emissary 4.1.0; `mtls: 'permissive'`), with excerpts in `recorded/`
 * of what their proxies told: series of requests, responses and connections, half a minute after a cold start of `helloworld-go`.
 */
export const RECORDED_PODS = {
  ambassador: { name: 'ambassador-b87fb489c-5m8x8', ip: '10.244.0.12' },
  activator: { name: 'activator-7bdcc8bdcd-wr76b', ip: '10.244.0.9' },
  autoscaler: { name: 'autoscaler-57cf56fb6b-fsppm', ip: '10.244.0.10' },
  // The pod of the cold start has the address of the one before, `…-dvlck`.
  'helloworld-go': { name: 'helloworld-go-00001-deployment-59f6897879-qjl2s', ip: '10.244.0.16' },
} as const;

export type RecordedCaller = 'ambassador' | 'activator' | 'autoscaler';

export const recordedMetrics = (of: RecordedCaller): string =>
  readFileSync(join(__dirname, 'recorded', `${of}.txt`), 'utf8');

/** The pods of the walk-through under the names and addresses of the recorded ones. */
export function recordedCluster(): FakeCluster {
  const cluster = newCluster();
  for (const [prefix, { name, ip }] of Object.entries(RECORDED_PODS)) {
    const pod = cluster.pod(prefix);
    pod.metadata.name = name;
    pod.metadata.labels['pod-template-hash'] = name.split('-').at(-2) ?? '';
    pod.status.podIP = ip;
  }
  return cluster;
}

/** The recorded cluster, whose proxies tell what was recorded, changed. */
export function tellRecorded(changes: Partial<Record<RecordedCaller, (text: string) => string>> = {}): FakeCluster {
  const cluster = recordedCluster();
  // Nobody had looked at viz's dashboard.
  cluster.dataPlane.faults.silentPorts.add(8085);
  for (const caller of ['ambassador', 'activator', 'autoscaler'] as const) {
    const text = recordedMetrics(caller);
    cluster.dataPlane.faults.told.set(RECORDED_PODS[caller].name, (changes[caller] ?? ((same) => same))(text));
  }
  return cluster;
}
