import type { Construct } from 'constructs';
import { ServiceProfile } from '../../../imports/linkerd.io';
import { CLUSTER_DOMAIN } from '../proxy/cluster-domain';
import { EXTENSION_LABEL } from './labels';
import { VIZ_NAMESPACE } from './namespace';

/** The calls of viz's own services, by which their metrics are counted. */
const CALLS: Readonly<
  Record<'metrics-api' | 'prometheus', readonly (readonly [method: 'GET' | 'POST', path: string])[]>
> = {
  'metrics-api': [
    ['POST', '/api/v1/StatSummary'],
    ['POST', '/api/v1/TopRoutes'],
    ['POST', '/api/v1/ListPods'],
    ['POST', '/api/v1/ListServices'],
    ['POST', '/api/v1/SelfCheck'],
    ['POST', '/api/v1/Gateways'],
    ['POST', '/api/v1/Edges'],
  ],
  prometheus: [
    ['POST', '/api/v1/query'],
    ['GET', '/api/v1/query_range'],
    ['GET', '/api/v1/series'],
  ],
};

/** The ServiceProfiles of viz's own services. */
export function addServiceProfiles(scope: Construct, ownPrometheus: boolean): void {
  for (const [service, calls] of Object.entries(CALLS)) {
    if (service === 'prometheus' && !ownPrometheus) continue;
    new ServiceProfile(scope, `profile-${service}`, {
      metadata: {
        name: `${service}.${VIZ_NAMESPACE}.svc.${CLUSTER_DOMAIN}`,
        namespace: VIZ_NAMESPACE,
        labels: EXTENSION_LABEL,
      },
      spec: {
        routes: calls.map(([method, path]) => ({ name: `${method} ${path}`, condition: { method, pathRegex: path } })),
      },
    });
  }
}
