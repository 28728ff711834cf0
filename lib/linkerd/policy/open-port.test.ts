import { App } from 'cdk8s';
import { collectObjects } from '../../objects/collect';
import type { Json } from '../../objects/manifest';
import { Phase } from '../../objects/phase';
import { toYaml } from '../../render/yaml';
import type { OpenPort, OpenPortPoliciesProps } from './open-port';
import { OpenPortPolicies } from './open-port';

const PORT: Required<OpenPort> = {
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

// All props are required: one snapshot is of both kinds.
test('with all props', () => {
  const props: Required<OpenPortPoliciesProps> = { namespace: 'web', port: PORT, networks: ['10.0.0.0/8', 'fd00::/8'] };
  expect(
    render(props)
      .map((manifest) => toYaml(manifest as Json))
      .join('---\n'),
  ).toMatchSnapshot();
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
