import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVED_KINDS } from './served-kinds';
import { loadValidators, validatorOf } from './validators';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A Service's validator at work: without a name for its port there is nothing to say, with a number for one there is. */
function works(validators: ReturnType<typeof loadValidators>): void {
  const validate = validators.IoK8sApiCoreV1Service;
  const service = (name: unknown) => ({ apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 80, name }] } });
  expect(validate?.(service(undefined))).toBe(true);
  expect(validate?.(service(80))).toBe(false);
  expect(validate?.errors).toEqual([expect.objectContaining({ instancePath: '/spec/ports/0/name', keyword: 'type' })]);
}

test('they are made once, and come from a file from then on', () => {
  const kept = join(folder, 'kept');
  works(loadValidators(kept));
  const [name = ''] = readdirSync(kept);
  expect(readdirSync(kept)).toEqual([name]);
  const before = statSync(join(kept, name), { bigint: true });
  works(loadValidators(kept));
  const { ino, mtimeNs } = statSync(join(kept, name), { bigint: true });
  expect([ino, mtimeNs]).toEqual([before.ino, before.mtimeNs]);
});

test('where nothing can be written they are the same', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  works(loadValidators(join(file, 'kept')));
  expect(readdirSync(folder)).toEqual(['file']);
});

test('every kind that Kubernetes serves has one, and no other has', () => {
  expect(SERVED_KINDS.filter(({ apiVersion, kind }) => typeof validatorOf(apiVersion, kind) !== 'function')).toEqual(
    [],
  );
  for (const kind of ['Container', '../Pod', 'constructor', '__proto__'])
    expect(validatorOf('v1', kind)).toBeUndefined();
});
