import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PHASES } from '../objects/phase';
import { deliveredPhases, DELIVERIES } from './delivery';
import { filesOf } from '../render/files';
import { inParts, platformObjects } from '../../testing/platform-objects';

const order = (objects = platformObjects()): Record<string, string[]> =>
  Object.fromEntries(deliveredPhases(filesOf(objects)).map(({ name, after }) => [name, after.map(({ name }) => name)]));

test('each phase waits for what it needs, and nothing for the ConfigMaps of Knative or for viz', () => {
  expect(order()).toEqual({
    '00-namespaces': [],
    '10-crds': [],
    '20-linkerd': ['00-namespaces', '10-crds'],
    '30-linkerd-viz': ['20-linkerd'],
    '40-knative-config': ['00-namespaces', '10-crds'],
    '45-knative-serving': ['20-linkerd'],
    '50-ambassador': ['20-linkerd'],
    '60-services': ['45-knative-serving', '50-ambassador'],
  });
});

test('in place of a phase that is installed by other means stands what that waits for', () => {
  const external = { linkerd: 'external', 'linkerd-viz': 'external', 'knative-serving': 'external' } as const;
  expect(order(platformObjects({ releases: external }))).toEqual({
    '00-namespaces': [],
    '10-crds': [],
    '50-ambassador': ['00-namespaces', '10-crds'],
    '60-services': ['50-ambassador'],
  });
});

test('the files of a phase that is in parts are one phase', () => {
  const phases = deliveredPhases(filesOf(inParts(platformObjects(), '45-knative-serving', ['1', '2'])));
  expect(phases.find(({ phase }) => phase === 'knative-serving')).toMatchObject({
    name: '45-knative-serving',
    holds: 'knative-serving',
    files: ['45-knative-serving.1.yaml', '45-knative-serving.2.yaml'],
  });
  expect(phases).toHaveLength(8);
});

test('a phase waits for phases of a lower number alone, so that there is no circle', () => {
  for (const [phase, { after }] of Object.entries(DELIVERIES)) {
    for (const earlier of after) expect(PHASES[earlier]).toBeLessThan(PHASES[phase as keyof typeof PHASES]);
  }
});

test('the page for people has the same table', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'gitops.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `knitmesh-([\w-]+)` +\| ([^|]+) \|/gm)].map(([, phase = '', after = '']) => [
    phase,
    [...after.matchAll(/[\w-]+/g)].map(([word]) => word),
  ]);
  const phase = (name: string): string => (name === 'networking' ? 'ambassador' : name);
  expect(Object.fromEntries(rows)).toEqual({
    ...Object.fromEntries(Object.entries(DELIVERIES).map(([name, { after }]) => [phase(name), after.map(phase)])),
    secrets: ['namespaces'],
  });
});
