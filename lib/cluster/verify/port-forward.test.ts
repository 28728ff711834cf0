import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kubectl } from '../../kubectl/kubectl';
import { PortForward } from './port-forward';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function kubectl(lines: string): Kubectl {
  const program = join(folder, 'kubectl');
  writeFileSync(program, `#!${process.execPath}\n${lines}\n`);
  chmodSync(program, 0o755);
  return new Kubectl({ program, context: 'staging' });
}

const TARGET = { namespace: 'ambassador', target: 'service/ambassador', port: 80 };

test('the port that kubectl has chosen, until it is closed', async () => {
  const wanted = 'port-forward --namespace=ambassador --address=127.0.0.1 service/ambassador :80 --context=staging';
  const forward = await PortForward.open(
    kubectl(
      `if (process.argv.slice(2).join(' ') === '${wanted}') console.log('Forwarding from 127.0.0.1:40123 -> 8080'); setInterval(() => undefined, 1000);`,
    ),
    TARGET,
  );
  expect(forward.port).toBe(40123);
  expect(forward.isOpen).toBe(true);
  forward.close();
  expect(forward.isOpen).toBe(false);
});

test('kubectl ends it when the pod goes', async () => {
  const forward = await PortForward.open(
    kubectl(`console.log('Forwarding from 127.0.0.1:40123 -> 8080'); setTimeout(() => process.exit(1), 100);`),
    TARGET,
  );
  while (forward.isOpen) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(forward.isOpen).toBe(false);
});

test.each([
  [`console.error('error: services "ambassador" not found'); process.exitCode = 1;`, 'services "ambassador" not found'],
  ['', 'ended early'],
])('kubectl that does not come to it: %j', async (lines, why) => {
  await expect(PortForward.open(kubectl(lines), TARGET)).rejects.toThrow(
    `kubectl port-forward service/ambassador: ${why}`,
  );
});

test('no kubectl', async () => {
  await expect(PortForward.open(new Kubectl({ program: join(folder, 'none') }), TARGET)).rejects.toThrow(/ENOENT/);
});
