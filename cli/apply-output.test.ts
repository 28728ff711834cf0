import type { PhaseResult } from '../lib/cluster/apply/apply-phase';
import { applyReport, dryRunReport } from './apply-output';

const phase = (name: string, given: Partial<PhaseResult> = {}): PhaseResult => ({
  ...{ phase: name, state: 'ready', created: 0, configured: 0, unchanged: 3, left: 0, seconds: 1.25 },
  ...{ changes: [], problems: [] },
  ...given,
});

test('a run that changes nothing says so', () => {
  expect(applyReport([phase('00-namespaces'), phase('10-crds', { left: 2 })], 2, []).join('\n')).toBe(
    `PHASE          CREATED  CONFIGURED  UNCHANGED  LEFT  SECONDS  STATE
00-namespaces  0        0           3          0     1.3      ready
10-crds        0        0           3          2     1.3      ready
nothing changed: all 6 objects are as they were, and ready, after 2.5 s`,
  );
});

test('one that does says how much, and what is left over', () => {
  const stale = [
    { phase: '60-services', key: 'ConfigMap default/a', state: 'stale' as const },
    { phase: '60-services', key: 'serving.knative.dev/Service default/b', state: 'pruned' as const },
    { phase: '10-crds', key: 'apiextensions.k8s.io/CustomResourceDefinition c.example.com', state: 'kept' as const },
    { phase: '10-crds', key: 'ConfigMap default/d', state: 'disowned' as const },
    { phase: '10-crds', key: 'ConfigMap default/e', state: 'stuck' as const, why: 'timed out' },
  ];
  expect(
    applyReport(
      [phase('60-services', { created: 1, configured: 1, changes: ['ConfigMap default/f'] })],
      1,
      stale,
    ).slice(2),
  ).toEqual([
    '60-services: configured ConfigMap default/f',
    '60-services: ConfigMap default/a: no longer rendered: remove it with --prune',
    '60-services: serving.knative.dev/Service default/b: pruned',
    '10-crds: apiextensions.k8s.io/CustomResourceDefinition c.example.com: no longer rendered, and not removed with what others have in it: by hand, kubectl delete customresourcedefinition.apiextensions.k8s.io c.example.com',
    "10-crds: ConfigMap default/d: no longer rendered, and somebody else's by now: left as it is",
    '10-crds: ConfigMap default/e: no longer rendered, and could not be removed: timed out',
    '2 objects changed, 3 unchanged, all ready after 1.3 s',
  ]);
});

test.each([
  ['not ready', '1 of 3 phases are ready; run it again to go on from there'],
  ['interrupted', 'interrupted in 10-crds: 1 of 3 phases are ready; run it again to go on from there'],
] as const)('one that is %s says why, and what to do', (state, last) => {
  const problems = [{ what: 'CustomResourceDefinition a', why: 'not Established yet' }];
  const lines = applyReport([phase('00-namespaces'), phase('10-crds', { state, problems })], 3, []);
  expect(lines.slice(-2)).toEqual(['10-crds: CustomResourceDefinition a: not Established yet', last]);
});

test('a dry run says what it cannot know', () => {
  const results = [
    { phase: '60-services', create: 1, there: 0, left: 0, unknown: 1, problems: [{ what: 'A b', why: 'c' }] },
  ];
  expect(dryRunReport(results).join('\n')).toBe(
    `PHASE        TO CREATE  THERE  LEFT  UNKNOWN  REFUSED
60-services  1          0      0     1        1
60-services: A b: c
UNKNOWN: what they need, a kind or a namespace, comes in an earlier phase
nothing was changed; npm run diff -- --cluster says what would be`,
  );
});
