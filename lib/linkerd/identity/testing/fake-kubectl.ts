import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MeshedPod } from '../meshed-pods';

/** A pod as kubectl prints it. */
export interface FakePod extends Omit<MeshedPod, 'component'> {
  /** @default '' */
  readonly component?: string;

  /** @default 'Running' */
  readonly phase?: string;

  /** The names of its containers and init containers. @default ['linkerd-proxy'] */
  readonly containers?: readonly string[];
}

/** What a cluster says to kubectl. */
export interface FakeCluster {
  readonly pods: readonly FakePod[];

  /** The certificate of the Secret `linkerd-identity-issuer`, in PEM. @default - it cannot be read */
  readonly issuer?: string;
}

/** A program `kubectl` in a folder that answers as a cluster would; its arguments land in `asked`. */
export function fakeKubectl(
  folder: string,
  { pods, issuer }: FakeCluster,
): { readonly program: string; readonly asked: string } {
  mkdirSync(folder, { recursive: true });
  const asked = join(folder, 'asked');
  const lines = pods.map(({ namespace, name, phase = 'Running', owner, component = '', trustRoot, containers }) =>
    [namespace, name, phase, owner, component, trustRoot, '', (containers ?? ['linkerd-proxy']).join(' ')].join('\t'),
  );
  writeFileSync(join(folder, 'pods'), lines.map((line) => `${line}\n`).join(''));
  if (issuer !== undefined) writeFileSync(join(folder, 'issuer'), Buffer.from(issuer).toString('base64'));
  const script = `#!/bin/sh
echo "$*" >> '${asked}'
case "$*" in
  *"get pods"*) exec cat '${join(folder, 'pods')}' ;;
  *"get secret"*) exec cat '${join(folder, 'issuer')}' ;;
esac
`;
  const program = join(folder, 'kubectl');
  writeFileSync(program, script);
  chmodSync(program, 0o755);
  return { program, asked };
}
