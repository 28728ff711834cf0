import { at, list } from '../../../objects/json';
import { PROXY_CONTAINER } from '../../../objects/inject';
import type { Manifest } from '../../../objects/manifest';
import type { Check, Problem, Remark } from '../check';
import { count } from '../count';
import { sideBySide } from '../side-by-side';

export const injector: Check = {
  id: 'injector',
  group: 'mesh',
  title: 'the proxy injector answers, and meshes a new pod of every meshed namespace',
  hint: 'kubectl logs --namespace linkerd deployment/linkerd-proxy-injector; pods wait, unmeshed ones do not start',
  async look({ rendered, live }) {
    const namespaces = rendered.meshedNamespaces;
    if (namespaces.length === 0) return { problems: [], skipped: 'no namespace is meshed' };
    const unseen: Remark[] = [];
    const problems = await sideBySide(4, namespaces, async (namespace): Promise<Problem[]> => {
      const object = `a new pod of ${namespace}`;
      const { status, stdout, stderr } = await live.kubectl.run(
        ['create', '--dry-run=server', '--output=json', '--filename=-', '--request-timeout=60s'],
        { input: JSON.stringify(podIn(namespace)) },
      );
      const refusal = refusalOf(stderr);
      if (status !== 0 && (refusal.includes(INJECTOR) || refusal.startsWith(NO_NAMESPACE)))
        return [{ object, reason: `is refused: ${refusal}` }];
      if (status !== 0) {
        unseen.push({ object, reason: `it cannot be tried: ${refusal || `kubectl ended with ${String(status)}`}` });
        return [];
      }
      const spec = at(JSON.parse(stdout), 'spec');
      const names = [...list(at(spec, 'initContainers')), ...list(at(spec, 'containers'))].map((one) =>
        at(one, 'name'),
      );
      return names.includes(PROXY_CONTAINER) ? [] : [{ object, reason: 'would start without a proxy' }];
    });
    return { problems: problems.flat(), unseen, seen: count(namespaces.length, 'namespace') };
  },
};

/** A pod that is never made: the API server is asked what it would make of it. */
const podIn = (namespace: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { generateName: 'knitmesh-verify-', namespace },
  spec: {
    containers: [
      {
        name: 'none',
        image: 'registry.invalid/none',
        resources: { requests: { cpu: '1m', memory: '1Mi' }, limits: { cpu: '1m', memory: '1Mi' } },
        securityContext: {
          ...{ allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
          seccompProfile: { type: 'RuntimeDefault' },
        },
      },
    ],
  },
});

/** Stands in the names of the injector's webhooks. Who else refuses a pod says nothing of it: rights, a quota, pod security, another webhook. */
const INJECTOR = 'linkerd-proxy-injector';

const NO_NAMESPACE = 'namespaces "';

const refusalOf = (stderr: string): string =>
  (stderr.trim().split('\n').at(-1) ?? '').replace(
    /^Error from server(?: \(\w+\))?: (?:error when creating "STDIN": )?/,
    '',
  );
