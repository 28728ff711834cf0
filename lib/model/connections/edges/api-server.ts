import { describeObject } from '../../../objects/manifest';
import { apiServerCallsOf } from '../../api-server-calls';
import type { Cluster } from '../cluster';
import type { Connection } from '../connection';

/** From the API server to webhooks, and to APIs that it passes on. Admission webhooks come first. */
export function apiServerConnections({ objects, services }: Cluster): Connection[] {
  const calls = objects.flatMap(({ manifest }) => apiServerCallsOf(manifest));
  const webhooks = calls.filter(({ about }) => about === 'webhook');
  const others = calls.filter(({ about }) => about !== 'webhook');
  return [...webhooks, ...others].flatMap(({ service, manifest, about }) =>
    services.behind(service).map(({ workload, port }) => ({
      from: 'api-server' as const,
      to: workload,
      about,
      port,
      service,
      ownTls: true,
      knownFrom: describeObject(manifest),
    })),
  );
}
