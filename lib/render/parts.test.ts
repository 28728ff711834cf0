import fc from 'fast-check';
import type { PlatformObject } from '../objects/manifest';
import { PLATFORM_FILE } from './dist';
import { renderFiles } from './files';

const service = (name: string, namespace?: string): PlatformObject => ({
  phase: '60-services',
  source: name,
  manifest: {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
  },
});

const services = (count: number, namespace: string): PlatformObject[] =>
  Array.from({ length: count }, (_, number) => service(`service-${number}`, namespace));

const sizes = (objects: readonly PlatformObject[], objectsPerFile?: number): Record<string, number | undefined> =>
  Object.fromEntries(
    renderFiles(objects, objectsPerFile === undefined ? {} : { objectsPerFile }).map(({ name, objects }) => [
      name,
      objects,
    ]),
  );

test('one file while it holds all', () => {
  expect(sizes(services(250, 'team-a'))).toEqual({ '60-services.yaml': 250 });
});

test('beyond that a file for each namespace, and what is in none stays', () => {
  expect(sizes([...services(3, 'team-a'), ...services(2, 'b'), service('everywhere')], 3)).toEqual({
    '60-services.b.yaml': 2,
    '60-services.team-a.yaml': 3,
    '60-services.yaml': 1,
  });
});

test('a namespace with more has several, none larger than the bound, and all of them named as files of a platform are', () => {
  const files = Object.entries(sizes([...services(2000, 'team-a'), service('one', 'team-b')]));
  expect(files.length).toBeGreaterThan(16);
  for (const [name, size] of files) {
    expect(name).toMatch(PLATFORM_FILE);
    expect(size).toBeLessThanOrEqual(250);
  }
  expect(files.reduce((sum, [, size = 0]) => sum + size, 0)).toBe(2001);
});

test('other phases are one file each', () => {
  const objects = services(300, 'team-a').map((object) => ({ ...object, phase: '50-ambassador' }));
  expect(sizes(objects)).toEqual({ '50-ambassador.yaml': 300 });
});

test('a service more touches the file that it is in, and others only where that one is parted', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 20, maxLength: 120 });
  fc.assert(
    fc.property(names, fc.constantFrom('team-a', 'team-b'), ([added = '', ...rest], namespace) => {
      const before = rest.map((name, number) => service(name, number % 3 === 0 ? 'team-b' : 'team-a'));
      const texts = (objects: readonly PlatformObject[]): Map<string, string> =>
        new Map(renderFiles(objects, { objectsPerFile: 10 }).map(({ name, text }) => [name, text]));
      const [from, to] = [texts(before), texts([...before, service(added, namespace)])];
      const gone = [...from.keys()].filter((name) => !to.has(name));
      const changed = [...to].filter(([name, text]) => from.has(name) && from.get(name) !== text);
      expect(gone.length + changed.length).toBeLessThanOrEqual(1);
    }),
  );
});
