import { POD_LABELS } from './labels';
import { openPorts } from './open-ports';
import { PORTS } from './ports';

const portsOf = (tls: boolean): (string | number)[][] =>
  openPorts({ tls }).map(({ port, protocol }) => [port, protocol]);

test('the public port is open, the one for HTTPS where it is served, and neither the internal nor the admin port', () => {
  expect(portsOf(false)).toEqual([[PORTS.http, 'unknown']]);
  expect(portsOf(true)).toEqual([
    [PORTS.http, 'unknown'],
    [PORTS.https, 'TLS'],
  ]);
});

test("they are Ambassador's pods' own, and anybody may call them", () => {
  for (const { podSelector, callers } of openPorts({ tls: true })) {
    expect(POD_LABELS).toMatchObject(podSelector.matchLabels ?? {});
    expect(callers).toBe('anyone');
  }
});
