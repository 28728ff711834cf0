import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import type { Json } from '../objects/manifest';
import { Phase } from '../objects/phase';
import { toYaml } from '../render/yaml';
import type { OpenPort, OpenPortPoliciesProps } from './open-port';
import { OpenPortPolicies } from './open-port';

const PORT: OpenPort = {
  name: 'hook',
  podSelector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'Exists' }] },
  port: 9000,
  protocol: 'HTTP/1',
  callers: ['nodes'],
};

const render = (props: OpenPortPoliciesProps) => {
  const app = new App();
  new OpenPortPolicies(new Phase(app, 'services'), 'hook', props);
  return collectObjects(app).map(({ manifest }) => manifest);
};

const PARTED: Required<OpenPort> = {
  ...PORT,
  protocol: 'HTTP/2',
  parted: { open: '/health', guarded: '/config/', client: { name: 'client', namespace: 'edge' } },
};

test.each([
  ['the least props', PORT],
  ['all props', PARTED],
])('with %s', (_, port) => {
  const props: Required<OpenPortPoliciesProps> = { namespace: 'web', port, networks: ['10.0.0.0/8', 'fd00::/8'] };
  expect(
    render(props)
      .map((manifest) => toYaml(manifest as Json))
      .join('---\n'),
  ).toMatchSnapshot();
});

test('of a parted port whoever is in the networks reaches one path, the client another, and nobody the rest', () => {
  const objects = render({ namespace: 'web', port: PARTED, networks: ['10.0.0.0/8'] });
  const spec = (kind: string, name: string): unknown =>
    objects.find((object) => object.kind === kind && object.metadata.name === name)?.spec;
  const admitted = (name: string): unknown => spec('AuthorizationPolicy', name);
  const group = 'policy.linkerd.io';
  expect(admitted('hook')).toEqual({
    targetRef: { group, kind: 'HTTPRoute', name: 'hook' },
    requiredAuthenticationRefs: [{ group, kind: 'NetworkAuthentication', name: 'hook' }],
  });
  expect(admitted('hook-client')).toEqual({
    targetRef: { group, kind: 'HTTPRoute', name: 'hook-client' },
    requiredAuthenticationRefs: [{ kind: 'ServiceAccount', name: 'client', namespace: 'edge' }],
  });
  const parentRefs = [{ group, kind: 'Server', name: 'hook' }];
  const matching = (type: string, value: string): object => ({
    parentRefs,
    rules: [{ matches: [{ path: { type, value } }] }],
  });
  expect(spec('HTTPRoute', 'hook')).toEqual(matching('Exact', '/health'));
  expect(spec('HTTPRoute', 'hook-client')).toEqual(matching('PathPrefix', '/config/'));
  expect(objects.filter(({ kind }) => kind === 'AuthorizationPolicy')).toHaveLength(2);
});

test('whoever is in the networks is let in without an identity, everybody else is refused', () => {
  const objects = render({ namespace: 'web', port: PORT, networks: ['10.0.0.0/8'] });
  const [authorization, authentication, server] = objects;
  expect(server).toMatchObject({ kind: 'Server', spec: { accessPolicy: 'deny' } });
  expect(authorization?.spec).toEqual({
    targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: server?.metadata.name },
    requiredAuthenticationRefs: [
      { group: 'policy.linkerd.io', kind: 'NetworkAuthentication', name: authentication?.metadata.name },
    ],
  });
  expect(new Set(objects.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['web']));
});
