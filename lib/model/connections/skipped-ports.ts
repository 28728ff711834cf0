import { hasOwnProxy } from '../mesh';
import type { Reason } from './connection';
import type { Mesh } from './mesh';
import { isInPorts } from '../../syntax/port';
import { argument } from './mesh';
import type { Container, Workload } from './workload';

/** Why a port goes past a workload's proxy: by annotation where it is injected, by an argument of its init container where it is rendered. */
export function skippedPort(
  workload: Workload,
  direction: 'inbound' | 'outbound',
  port: number | undefined,
  mesh: Mesh,
): Reason | undefined {
  if (port === undefined) return undefined;
  const annotation = `config.linkerd.io/skip-${direction}-ports`;
  const rendered = hasOwnProxy(workload);
  const ports = rendered
    ? initArgument(workload.containers, `--${direction}-ports-to-ignore`)
    : mesh.annotation(workload, annotation);
  if (!isInPorts(port, ports)) return undefined;
  const whose = direction === 'inbound' ? 'the proxy of what it calls' : "the caller's proxy";
  const why = rendered ? `its init container has --${direction}-ports-to-ignore` : annotation;
  return { short: 'skips the proxy', text: `${direction} port ${port} goes past ${whose}: ${why}` };
}

function initArgument(containers: readonly Container[], name: string): string | undefined {
  return containers.map(({ args }) => argument(args, name)).find((value) => value !== undefined);
}
