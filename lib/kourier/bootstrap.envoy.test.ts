import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import type { Manifest } from '../objects/manifest';
import { Phase } from '../objects/phase';
import { testWith } from '../../testing/requirements';
import { addBootstrap } from './bootstrap';
import { addGateway } from './gateway';

interface Gateway {
  readonly template: {
    readonly spec: {
      readonly containers: readonly {
        readonly args: readonly string[];
        readonly env: readonly { readonly name: string; readonly value: string }[];
      }[];
    };
  };
}

testWith('envoy')('Envoy takes what gateways start with', () => {
  const phase = new Phase(new App(), 'networking');
  addBootstrap(phase);
  addGateway(phase, {});
  const find = (kind: string): Manifest | undefined =>
    collectObjects(phase).find(({ manifest }) => manifest.kind === kind)?.manifest;
  const [container] = (find('Deployment')?.spec as unknown as Gateway).template.spec.containers;
  const variables = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
  const folder = mkdtempSync(join(tmpdir(), 'knitmesh-envoy-'));
  try {
    for (const [name, text] of Object.entries(find('ConfigMap')?.data as Record<string, string>)) {
      writeFileSync(join(folder, name), text);
    }
    const args = (container?.args ?? []).map((arg) =>
      arg.replace('/tmp/config', folder).replaceAll(/\$\((\w+)\)/g, (_, name: string) => variables[name] ?? ''),
    );
    const run = spawnSync('envoy', [...args, '--mode validate'], { encoding: 'utf8' });
    expect({ status: run.status, output: run.stdout + run.stderr }).toEqual({
      status: 0,
      output: expect.stringMatching(/configuration '.*envoy-bootstrap\.yaml' OK/) as string,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
