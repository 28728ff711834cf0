import type { Cluster } from '../cluster';
import type { Connection } from '../connection';
import { apiServerCallsOf } from '../webhook';

/** From the API server to webhooks, and to APIs that it passes on. */
export function apiServerConnections({ objects, services }: Cluster): Connection[] {
  return apiServerCallsOf(objects).flatMap(({ service, object, about }) =>
    services.behind(service).map(({ workload, port }) => ({
      from: 'api-server' as const,
      to: workload,
      about,
      port,
      service,
      ownTls: true,
      knownFrom: object,
    })),
  );
}
