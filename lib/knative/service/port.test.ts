import type { KnativeServiceProps } from './knative-service';
import type { ServingPort } from './port';
import { manifestWith, mistakesWith, saying } from './testing/platform';

test('a port is a number, and a protocol where one is given', () => {
  const portsOf = (props: Partial<KnativeServiceProps>): unknown =>
    manifestWith(props).spec.template.spec.containers[0]?.ports;
  expect(portsOf({})).toBeUndefined();
  expect(portsOf({ port: { number: 9000 } })).toEqual([{ containerPort: 9000 }]);
  expect(portsOf({ port: { number: 9000, protocol: 'h2c' } })).toEqual([{ containerPort: 9000, name: 'h2c' }]);
});

it.each([
  [{ number: 0 }, /^port\.number: 0 is not a port/],
  [{ number: 65536 }, /^port\.number: 65536 is not a port/],
  [{ number: '8080' as unknown as number }, 'port.number: "8080" is a text: write the number without quotes'],
  [{ number: 8012 }, "port.number: 8012 is a port of Serving's queue-proxy: choose another, for example 8080"],
  [{ number: 4143 }, "port.number: 4143 is a port of Linkerd's proxy: choose another, or set meshed to false"],
  [
    { number: 80, protocol: 'grpc' as 'h2c' },
    /^port\.protocol: "grpc" is no name of a serving port: write "http1", "h2c" for HTTP\/2/,
  ],
] satisfies [ServingPort, string | RegExp][])('%j is refused', (port, message) => {
  expect(mistakesWith({ port })).toEqual([saying(message)]);
});
