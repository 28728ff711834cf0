import { phaseOf, phasesOf, selectPhases } from './phases';
import { configMap, rendered } from './testing/objects';

const objects = [
  rendered(configMap('a'), '60-services.team-a'),
  rendered(configMap('b'), '00-namespaces'),
  rendered(configMap('c'), '60-services.team-b'),
];
const names = (wanted: readonly string[]): string[] => selectPhases(phasesOf(objects), wanted).map(({ name }) => name);

test('files of one number are one phase, and phases come in their order', () => {
  expect(phaseOf('60-services.team-a')).toBe('60-services');
  expect(
    phasesOf(objects).map(({ name, objects }) => [name, objects.map(({ manifest }) => manifest.metadata.name)]),
  ).toEqual([
    ['00-namespaces', ['b']],
    ['60-services', ['a', 'c']],
  ]);
});

test.each([
  [[], ['00-namespaces', '60-services']],
  [['services'], ['60-services']],
  [['60-services.yaml'], ['60-services']],
  [
    ['60', '00-namespaces'],
    ['00-namespaces', '60-services'],
  ],
])('%j are %j', (wanted, selected) => {
  expect(names(wanted)).toEqual(selected);
});

test('what is no phase is said, with what may be meant', () => {
  expect(() => names(['service'])).toThrow(
    /^--phase: "service" is none of 00-namespaces, 60-services; did you mean "services"\?$/,
  );
});
