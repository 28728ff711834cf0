import { App } from 'cdk8s';
import { Namespaces } from '../namespaces';
import { collectObjects } from '../objects/collect';
import { Phase } from '../objects/phase';
import type { BornMeshedProps } from './born-meshed';
import { beyondMeshedNamespaces, BornMeshed } from './born-meshed';

const WEBHOOK = {
  admissionReviewVersions: ['v1'],
  clientConfig: { caBundle: 'AA==', service: { name: 'linkerd-proxy-injector', namespace: 'linkerd', path: '/' } },
  sideEffects: 'None',
};

function render(props: (namespaces: Namespaces) => BornMeshedProps) {
  const app = new App();
  const namespaces = new Namespaces(app);
  namespaces.add('linkerd', { inject: 'disabled' });
  namespaces.add('web');
  new BornMeshed(new Phase(app, 'linkerd'), 'born-meshed', props(namespaces));
  namespaces.add('declared-later', { inject: 'ingress' });
  const manifest = collectObjects(app).find(({ manifest: { kind } }) => kind !== 'Namespace')?.manifest;
  return { manifest, namespaces };
}

test('least props', () => {
  expect(render((namespaces) => ({ webhook: WEBHOOK, namespaces })).manifest).toMatchSnapshot();
});

test('all props', () => {
  const all = (namespaces: Namespaces): Required<BornMeshedProps> => ({
    annotations: { 'cert-manager.io/inject-ca-from': 'linkerd/linkerd-proxy-injector' },
    labels: { 'linkerd.io/control-plane-component': 'proxy-injector' },
    namespaces,
    webhook: { ...WEBHOOK, timeoutSeconds: 10 },
  });
  expect(render(all).manifest).toMatchSnapshot();
});

test('pods of meshed namespaces wait for the injector, services do not, and no other namespace is covered', () => {
  const { manifest } = render((namespaces) => ({ webhook: WEBHOOK, namespaces }));
  const meshed = { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['declared-later', 'web'] };
  expect(manifest?.webhooks).toMatchObject([
    { failurePolicy: 'Fail', rules: [{ resources: ['pods'] }], namespaceSelector: { matchExpressions: [{}, meshed] } },
    {
      failurePolicy: 'Ignore',
      rules: [{ resources: ['services'] }],
      namespaceSelector: { matchExpressions: [{}, meshed] },
    },
  ]);
});

test('no pod of a meshed namespace is left out by a label', () => {
  const released = { ...WEBHOOK, objectSelector: { matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] } };
  for (const webhook of [WEBHOOK, released]) {
    const { manifest } = render((namespaces) => ({ webhook, namespaces }));
    expect(JSON.stringify(manifest)).toContain('"In"');
    expect(JSON.stringify(manifest)).not.toContain('objectSelector');
  }
});

test('where no namespace is meshed there is none, and nothing to leave out', () => {
  const app = new App();
  const namespaces = new Namespaces(app);
  namespaces.add('plain', { inject: 'disabled' });
  new BornMeshed(new Phase(app, 'linkerd'), 'born-meshed', { webhook: WEBHOOK, namespaces });
  expect(collectObjects(app).map(({ manifest: { kind } }) => kind)).toEqual(['Namespace']);
  const given = { matchExpressions: [{ key: 'a', operator: 'Exists' }] };
  expect(beyondMeshedNamespaces(given, namespaces)).toEqual(given);
  expect(beyondMeshedNamespaces(undefined, namespaces)).toEqual({});
});

test("Linkerd's own configuration leaves those namespaces out", () => {
  const { namespaces } = render((declared) => ({ webhook: WEBHOOK, namespaces: declared }));
  const given = { key: 'a', operator: 'Exists' };
  const left = { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['declared-later', 'web'] };
  expect(beyondMeshedNamespaces({ matchLabels: { b: 'c' }, matchExpressions: [given] }, namespaces)).toEqual({
    matchLabels: { b: 'c' },
    matchExpressions: [given, left],
  });
  expect(beyondMeshedNamespaces(undefined, namespaces)).toEqual({ matchExpressions: [left] });
});
