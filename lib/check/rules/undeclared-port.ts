import { PROXY_CONTAINER } from '../../objects/inject';
import { INBOUND_PORTS_VARIABLE, PROXY_ENV_ANNOTATION } from '../../objects/proxy-env';
import { QUEUE_PROXY_PORTS } from '../../objects/revision-ports';
import type { LateServer } from '../../model/policy/first-connection';
import { lateServers } from '../../model/policy/first-connection';
import type { KnownPorts } from '../../model/policy/known-ports';
import { hasOwnProxy, isMeshed } from '../../model/mesh';
import type { PodTemplate } from '../../model/pod-template';
import { isKnative } from '../../model/pod-template';
import type { Rule } from '../rule';

/** A proxy knows the policies of the ports that the injector finds among the containers. Of any other it learns when it is called. */
export const undeclaredPort: Rule = {
  id: 'undeclared-port',
  group: 'mesh',
  severity: 'error',
  title: 'every Server is about a port whose policy the proxies know from their start',
  check: (objects) =>
    objects.podTemplates.flatMap((template) => {
      const late = lateServers(template, objects);
      if (late === undefined || late.servers.length === 0) return [];
      if (!hasOwnProxy(template) && !isMeshed(template, objects)) return [];
      const fix = fixFor(template, late.known, late.servers);
      return late.servers.map((server) => ({
        object: template.object,
        path: template.path,
        message: `${describe(server, late.known)}: ${fix}`,
      }));
    }),
};

function describe({ name, port, policy, refuses, admits }: LateServer, { from }: KnownPorts): string {
  const why =
    from === 'variable' ? `is not among ${INBOUND_PORTS_VARIABLE} of the proxy` : 'no container of the pod declares';
  const what = [
    ...(refuses ? ['refuses callers whom the Server admits'] : []),
    ...(admits ? ['admits callers whom the Server refuses'] : []),
  ];
  return `the Server ${name} is about port ${port}, which ${why}: the first connection is judged by the default inbound policy, ${policy}, which ${what.join(' and ')}`;
}

function fixFor(template: PodTemplate, { ranges, from }: KnownPorts, servers: readonly LateServer[]): string {
  const ports = [...new Set(servers.map(({ port }) => port))];
  if (from === 'variable' || hasOwnProxy(template)) {
    const where = hasOwnProxy(template) ? `the container ${PROXY_CONTAINER}` : PROXY_ENV_ANNOTATION;
    return `add ${ports.join(',')} to ${INBOUND_PORTS_VARIABLE} in ${where}`;
  }
  if (!isKnative(template)) return 'declare the port on a container';
  const all = [...new Set([...ranges.map(Number), QUEUE_PROXY_PORTS.hooks, ...ports])].sort(
    (one, other) => one - other,
  );
  return `set ${INBOUND_PORTS_VARIABLE} to ${all.join(',')} in ${PROXY_ENV_ANNOTATION} of the template`;
}
