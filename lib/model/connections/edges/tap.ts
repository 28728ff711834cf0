import { admissionWebhooksOf } from '../../api-server-calls';
import { selects } from '../../selector';
import { describeObject } from '../../../objects/manifest';
import { PROXY_ENV_ANNOTATION, proxyVariable, readProxyEnv, TAP_VARIABLE } from '../../../objects/proxy-env';
import type { Cluster } from '../cluster';
import type { Connection } from '../connection';
import { argument } from '../mesh';
import { at } from '../../../objects/json';
import type { Workload } from '../workload';

/** Where a proxy is tapped, and the identity that may. Source: Linkerd edge-26.8.3, the proxy's environment and viz's tap injector. */
const CONTROL_PORT = 4190;
const IDENTITY = /(?<![\w-])([a-z0-9-]+)\.([a-z0-9-]+)\.serviceaccount\.identity\./;
const INJECTOR_ARGUMENT = '-tap-service-name';
const DISABLED = 'viz.linkerd.io/disable-tap';

/**
 * From viz's tap to the proxies that let it: those of pods whose template says so itself, and those that start when the tap injector is
 * there already, in a later phase.
 */
export function tapConnections({ objects, workloads, services, mesh }: Cluster): Connection[] {
  const injectors = admissionWebhooksOf(objects.map(({ manifest }) => manifest)).flatMap((call) =>
    services.behind(call.service).flatMap(({ workload }) => {
      const allowed = workload.containers
        .map(({ args }) => argument(args, INJECTOR_ARGUMENT))
        .find((value) => value !== undefined);
      return allowed === undefined ? [] : [{ ...call, allowed, phase: workload.object.phase }];
    }),
  );
  const allowedBy = (workload: Workload): { identity: string; knownFrom: string } | undefined => {
    const identity = proxyVariable(
      readProxyEnv(mesh.annotation(workload, PROXY_ENV_ANNOTATION) ?? '') ?? [],
      TAP_VARIABLE,
    );
    if (identity !== undefined) return { identity, knownFrom: describeObject(workload.object.manifest) };
    if (mesh.annotation(workload, DISABLED) === 'true') return undefined;
    const injector = injectors.find(
      ({ words, phase }) =>
        workload.object.phase > phase &&
        selects(at(words, 'namespaceSelector'), mesh.labelsOf(workload.namespace)) &&
        selects(at(words, 'objectSelector'), workload.labels),
    );
    return injector && { identity: injector.allowed, knownFrom: describeObject(injector.manifest) };
  };
  const byAccount = new Map<string, Workload[]>();
  for (const workload of workloads) {
    const account = `${workload.namespace}/${workload.serviceAccount}`;
    const before = byAccount.get(account);
    if (before === undefined) byAccount.set(account, [workload]);
    else before.push(workload);
  }
  return workloads.flatMap((to) => {
    const allowed = mesh.membership(to).meshed ? allowedBy(to) : undefined;
    if (allowed === undefined) return [];
    const [, account, namespace] = IDENTITY.exec(allowed.identity) ?? [];
    return (byAccount.get(`${namespace}/${account}`) ?? [])
      .filter((from) => from !== to)
      .map((from) => ({
        from,
        to,
        about: 'tap',
        port: CONTROL_PORT,
        ofProxy: true,
        admitted: 'tap',
        everyPod: true,
        knownFrom: allowed.knownFrom,
      }));
  });
}
