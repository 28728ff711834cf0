import { run } from './process-run';

const node = (code: string) => ({ args: [process.execPath, '-e', code] });

test('measures whole processes, several as one', () => {
  const sleep = node('setTimeout(() => {}, 200)');
  const { wall } = run([sleep, sleep]);
  expect(wall).toBeGreaterThan(0.4);
});

test('measures memory and CPU where that can be told', () => {
  const { cpu, memory } = run([node("globalThis.kept = Buffer.alloc(300 * 2 ** 20, 'x')")]);
  if (memory === undefined) return;
  expect(memory).toBeGreaterThan(300);
  expect(cpu).toBeGreaterThan(0);
});

test('a command that fails is no measure', () => {
  expect(() => run([node("console.error('no luck'); process.exit(3)")])).toThrow(/ended with 3: no luck/);
  expect(() => run([{ args: ['no-such-program'] }])).toThrow();
});
