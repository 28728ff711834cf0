import { Lazy } from 'cdk8s';
import fc from 'fast-check';
import { judgeServing } from '../../model/serving/judge';
import type { KnativeServingSettings } from '../settings/settings';
import type { KnativeServiceProps } from './knative-service';
import { judgedConfig } from './serving-config';
import { ALL_FEATURES } from './testing/all-props';
import { manifestWith, mistakesWith } from './testing/platform';
import { serviceProps } from './testing/props.arbitrary';

const SETTINGS: readonly KnativeServingSettings[] = [
  {},
  { features: ALL_FEATURES },
  {
    defaults: { containerConcurrencyMaxLimit: 5, allowContainerConcurrencyZero: false },
    autoscaler: { maxScaleLimit: 5, allowZeroInitialScale: true },
    network: { tagTemplate: '{{.Name}}-{{.Tag}}-tagged' },
  },
];

test('a service is refused for exactly what the judge refuses of the object that is written', () => {
  const counts = { refused: 0, taken: 0 };
  fc.assert(
    fc.property(serviceProps, fc.constantFrom(...SETTINGS), (props, settings) => {
      const judged = judgeServing(manifestWith(props, { settings }), judgedConfig(settings));
      const mistakes = mistakesWith(props, { settings });
      counts[judged.length === 0 ? 'taken' : 'refused']++;
      expect({ judged, count: mistakes.length }).toEqual({ judged, count: judged.length });
    }),
    { numRuns: 2_000 },
  );
  // Otherwise props that are always wrong, or never, would pass.
  expect(Math.min(counts.refused, counts.taken)).toBeGreaterThan(200);
});

test('what is asked for its value only when it is written is judged by that', () => {
  const late = <T>(value: T): T => Lazy.any({ produce: () => value }) as T;
  const affinity = (weight: unknown): Partial<KnativeServiceProps> => ({
    image: late('registry.example.com/shop:1'),
    templateAnnotations: { 'example.com/build': late('4711') },
    affinity: late({
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight, preference: {} }] },
    }) as Required<KnativeServiceProps>['affinity'],
  });
  const settings = { features: ALL_FEATURES };
  expect(mistakesWith(affinity(1), { settings })).toEqual([]);
  expect(mistakesWith(affinity('1'), { settings })).toEqual([
    'affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: "1" is a text: write the number without quotes',
  ]);
});

test('so it is beside an object of another realm, which cdk8s renders by itself', () => {
  // The request of Linkerd's proxy is known when all namespaces are.
  const scale = { class: 'hpa.autoscaling.knative.dev' } as const;
  const props = { scale, envFrom: [structuredClone({ secretRef: { name: 's' } })] };
  expect(mistakesWith(props)).toEqual([expect.stringMatching(/^resources\.requests: is without cpu/)]);
});

test("the host's label of a tag is made by the template of the settings", () => {
  const props: Partial<KnativeServiceProps> = {
    traffic: [{ latestRevision: true, percent: 100, tag: 'a'.repeat(54) }],
  };
  const withTemplate = (tagTemplate: string): string[] =>
    mistakesWith(props, { settings: { network: { tagTemplate } } });
  expect(mistakesWith(props)).toEqual([]);
  expect(withTemplate('{{.Name}}-{{.Tag}}-next')).toEqual([
    expect.stringMatching(/^traffic\[0\]\.tag: "a+" makes the host's label "hello-a+-next", of 65 characters/),
  ]);
  expect(withTemplate('{{if .Tag}}{{.Name}}-{{.Tag}}-next{{end}}')).toEqual([]);
});
