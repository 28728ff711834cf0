import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { found, objectsIn, objectsOf, testExamples } from '../testing/doc-examples';
import { knativeConfig } from './knative-config';

testExamples(knativeConfig);

test('mistakes in ConfigMaps that Serving refuses or ignores', () => {
  const text = readFileSync(join(__dirname, '..', '..', 'model', 'serving', 'testing', 'config-maps.yaml'), 'utf8');
  expect(found(knativeConfig, objectsIn(text))).toMatchSnapshot();
});

const configMap = (name: string, data: object, metadata: object = {}): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'knative-serving', ...metadata },
    data,
  });
const operated = (config: object): string =>
  JSON.stringify({
    apiVersion: 'operator.knative.dev/v1beta1',
    kind: 'KnativeServing',
    metadata: { name: 'knative-serving', namespace: 'knative-serving' },
    spec: { config },
  });
const EXAMPLE = { _example: 'Hello  \n\nworld\n' };
const summed = (sum: string): object => ({ annotations: { 'knative.dev/example-checksum': sum } });

test.each<[string, string, string[]]>([
  ['a ConfigMap of no meaning to Serving', configMap('config-of-ours', { a: 'b' }), []],
  ['one in another namespace', configMap('config-gc', { a: 'b' }, { namespace: 'team-a' }), []],
  ['a number that is no text', configMap('config-gc', { 'min-non-active-revisions': 5 }), ['5 is not a text']],
  ['an example with its sum', configMap('config-gc', EXAMPLE, summed('b6a46884')), []],
  ['an example that was changed', configMap('config-gc', EXAMPLE, summed('00000000')), ['data._example: was changed']],
  ['an example without a sum', configMap('config-gc', EXAMPLE), []],
  ['a word in the place of a limit', configMap('config-gc', { 'max-non-active-revisions': 'disabled' }), []],
  ['a level of a component', configMap('config-logging', { 'loglevel.controler': 'info' }), ['loglevel.controller']],
  ['a level that is none', configMap('config-logging', { 'loglevel.webhook': 'trace' }), ['"trace" is none of']],
  [
    'a level that is none, of a component that is none',
    configMap('config-logging', { 'loglevel.mine': 'trace' }),
    ['"trace" is none of', 'reads no such key'],
  ],
  ['an issuer', configMap('config-certmanager', { issuerRef: 'kind: Issuer\nname: 1' }), []],
  ['an issuer that has a list', configMap('config-certmanager', { issuerRef: 'kind: [a]' }), ['kind: is not a text']],
  ['labels that are none', configMap('config-domain', { 'a.b': 'selector: x' }), ['selector: is not a mapping']],
  [
    'a runtime class that is none',
    configMap('config-deployment', { 'queue-sidecar-image': 'x', 'runtime-class-name': 'kata: x' }),
    ['kata: is not a mapping'],
  ],
  [
    'a label of a runtime class that is none',
    configMap('config-deployment', { 'queue-sidecar-image': 'x', 'runtime-class-name': 'kata: {selector: {a: b c}}' }),
    ['kata.selector.a: "b c" is not the value of a label'],
  ],
  ['buckets with a sign', configMap('config-leader-election', { buckets: '+5' }), ['has a sign']],
  ['blanks in the place of nothing', configMap('config-gc', { 'max-non-active-revisions': ' ' }), []],
  ['a domain for all services', configMap('config-domain', { 'example.com': '' }), []],
  ['a domain that is none', configMap('config-domain', { Example: '' }), ['is not a DNS name']],
  ['the image of queue-proxy left out', configMap('config-deployment', {}), ['data.queue-sidecar-image: is missing']],
  ['the same of the Operator', operated({ deployment: {} }), []],
  [
    'a key told to the Operator',
    operated({ features: { 'multi-contaner': 'enabled' } }),
    ['spec.config.features.multi-'],
  ],
  ['the same by the whole name', operated({ 'config-gc': { a: 'b' } }), ['spec.config.config-gc.a']],
])('%s', (_, document, messages) => {
  const lines = found(knativeConfig, objectsOf(document));
  expect(lines).toHaveLength(messages.length);
  messages.forEach((message, index) => expect(lines[index]).toContain(message));
});
