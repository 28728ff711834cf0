import { found, objectsOf, testExamples } from '../testing/doc-examples';
import { knativeLimits } from './knative-limits';

testExamples(knativeLimits);

interface Parts {
  readonly name?: string;
  readonly revision?: string;
  readonly spec?: object;
  readonly traffic?: object[];
  readonly annotations?: object;
}

const service = ({ name = 'api', revision, spec = {}, traffic, annotations = {} }: Parts): string =>
  JSON.stringify({
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name, namespace: 'team-a' },
    spec: { template: { metadata: { name: revision, annotations }, spec }, traffic },
  });
const defaults = (data: object): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config-defaults', namespace: 'knative-serving' },
    data,
  });

test.each<[string, string[], string[]]>([
  ['a name of 57 characters', [service({ name: 'a'.repeat(57) })], []],
  ['one of 58', [service({ name: 'a'.repeat(58) })], ['has 58 characters: at most 57 are allowed']],
  ['a revision of another name', [service({ revision: 'first' })], ['call it api-first']],
  ['a revision of its own', [service({ revision: 'api-first' })], []],
  ['a long tag', [service({ traffic: [{ percent: 100, tag: 't'.repeat(60) }] })], ['of 64 characters: at most 63']],
  [
    'a raised limit',
    [service({ spec: { timeoutSeconds: 900 } }), defaults({ 'max-revision-timeout-seconds': '900' })],
    [],
  ],
  [
    'an idle timeout above the default timeout',
    [service({ spec: { idleTimeoutSeconds: 301 } })],
    ['301 is more than timeoutSeconds, 300'],
  ],
  ['too many requests at once', [service({ spec: { containerConcurrency: 1001 } })], ['1001 is more than']],
  [
    'more at least than at most',
    [service({ annotations: { 'autoscaling.knative.dev/min-scale': '3', 'autoscaling.knative.dev/max-scale': '2' } })],
    ['3 is more than max-scale, 2'],
  ],
  ['no most', [service({ annotations: { 'autoscaling.knative.dev/min-scale': '3' } })], []],
])('%s', (_, documents, messages) => {
  const lines = found(knativeLimits, objectsOf(...documents));
  expect(lines).toHaveLength(messages.length);
  messages.forEach((message, index) => expect(lines[index]).toContain(message));
});
