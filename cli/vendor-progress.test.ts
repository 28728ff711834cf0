import { PassThrough } from 'node:stream';
import type { VendorEvent } from '../lib/releases/vendor';
import { vendorProgress } from './vendor-progress';

const EVENTS: readonly VendorEvent[] = [
  { type: 'begin', files: 3 },
  { type: 'bytes', count: 1_500_000 },
  { type: 'file', file: 'a/1/a.yaml', state: 'fetched', from: 'https://a.example/a.yaml' },
  { type: 'file', file: 'a/1/b.yaml', state: 'unchanged' },
  { type: 'file', file: 'a/1/c.yaml', state: 'failed' },
];

function shown(isTTY: boolean): string {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 80,
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => true,
  });
  const progress = vendorProgress(stream as unknown as NodeJS.WriteStream);
  EVENTS.forEach(progress.onEvent);
  progress.stop();
  return String(stream.read() ?? '');
}

test('lines where there is no terminal: what failed is told by its error', () => {
  expect(shown(false)).toBe('fetched a/1/a.yaml from https://a.example/a.yaml\nunchanged a/1/b.yaml\n');
});

test('a bar on a terminal', () => {
  const text = shown(true);
  expect(text).toContain('0/3 files, 0.0 MB');
  expect(text).toContain('3/3 files, 1.5 MB');
  expect(text).not.toContain('a.yaml');
});

test('nothing if it never began', () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true });
  vendorProgress(stream as unknown as NodeJS.WriteStream).stop();
  expect(stream.read()).toBeNull();
});
