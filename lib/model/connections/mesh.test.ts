import type { PlatformObject } from '../../objects/manifest';
import { argument } from './mesh';
import { meshGraph } from './mesh-graph';
import type { DeploymentProps } from './testing/objects';
import { configMap, deployment, meshed, namespace, proxy, service, webhook } from './testing/objects';

const INJECT = 'linkerd.io/inject';

/** Why `web` is not meshed; `undefined` if it is. */
function because(objects: readonly PlatformObject[]): string | undefined {
  const web = meshGraph(objects).nodes.find(({ name }) => name === 'web');
  expect(web?.meshed).toBe(web?.because === undefined);
  return web?.because;
}

const NO_TOKEN: DeploymentProps = { spec: { containers: [{ name: 'web' }], automountServiceAccountToken: false } };

describe('a pod is in the mesh', () => {
  test.each<[string, PlatformObject[]]>([
    ['by its namespace', [meshed('a'), deployment('a', 'web')]],
    ['by its template', [namespace('a'), deployment('a', 'web', { annotations: { [INJECT]: 'enabled' } })]],
    ['in ingress mode', [deployment('a', 'web', { annotations: { [INJECT]: 'ingress' } })]],
    [
      'without the token of its service account, since the proxy has one',
      [meshed('a'), deployment('a', 'web', NO_TOKEN)],
    ],
    ['with a proxy of its own', [deployment('a', 'web', { spec: { initContainers: [proxy()] } })]],
  ])('%s', (_, objects) => {
    expect(because(objects)).toBeUndefined();
  });
});

describe('a pod is not in the mesh', () => {
  const HOST: DeploymentProps = { spec: { containers: [{ name: 'web' }], hostNetwork: true } };

  test.each<[PlatformObject[], string]>([
    [
      [namespace('a'), deployment('a', 'web')],
      `the namespace a is without ${INJECT}: annotate the namespace with ${INJECT}: enabled`,
    ],
    [
      [deployment('a', 'web')],
      `the namespace a is not among the objects, and the pod template has no ${INJECT}: annotate the namespace with ${INJECT}: enabled`,
    ],
    [
      [namespace('a', { [INJECT]: 'disabled' }), deployment('a', 'web')],
      `the namespace a is with ${INJECT}: disabled: annotate the namespace with ${INJECT}: enabled`,
    ],
    [
      [meshed('a'), deployment('a', 'web', { annotations: { [INJECT]: 'disabled' } })],
      `the pod template has ${INJECT}: disabled: set it to enabled, or leave it to the namespace`,
    ],
    [
      [meshed('a'), deployment('a', 'web', HOST)],
      "Linkerd never meshes pods on their node's network: leave hostNetwork out",
    ],
    [
      [meshed('kube-system'), deployment('kube-system', 'web')],
      'Linkerd never meshes pods of kube-system: move them to another namespace',
    ],
  ])('case %#', (objects, reason) => {
    expect(because(objects)).toBe(reason);
  });

  test('without the token of its service account, where proxies have none of their own', () => {
    const values = 'identity:\n  serviceAccountTokenProjection: false\n';
    const linkerd = configMap('linkerd', 'linkerd-config', { values });
    expect(because([linkerd, meshed('a'), deployment('a', 'web', NO_TOKEN)])).toMatch(
      /^the pod has automountServiceAccountToken: false/,
    );
  });
});

describe('where the proxy injector is among the objects', () => {
  const injector = (selectors: Parameters<typeof webhook>[2]): PlatformObject[] => [
    meshed('a'),
    deployment('linkerd', 'linkerd-proxy-injector', {
      labels: { 'linkerd.io/control-plane-component': 'proxy-injector' },
    }),
    service('linkerd', 'linkerd-proxy-injector', [{ port: 443, targetPort: 8443 }]),
    webhook('linkerd', 'linkerd-proxy-injector', selectors),
    deployment('a', 'web'),
  ];
  const names = (operator: string): Parameters<typeof webhook>[2] => ({
    namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator, values: ['a'] }] },
  });

  test('its webhook says what it covers', () => {
    expect(because(injector({}))).toBeUndefined();
    expect(because(injector(names('In')))).toBeUndefined();
    expect(because(injector(names('NotIn')))).toMatch(/^no webhook of the proxy injector covers the namespace a:/);
    expect(because(injector({ objectSelector: { matchLabels: { app: 'other' } } }))).toBeDefined();
  });

  test('one of two that covers it is enough', () => {
    expect(
      because([...injector(names('NotIn')), webhook('linkerd', 'linkerd-proxy-injector', names('In'))]),
    ).toBeUndefined();
  });

  test('a webhook for something else than pods does not count', () => {
    expect(because(injector({ ...names('NotIn'), rules: [{ resources: ['services'] }] }))).toBeUndefined();
  });
});

test.each([
  [['--a=1', '--b', '2'], '--a', '1'],
  [['--a=1', '--b', '2'], '--b', '2'],
  [['--a=1', '--b'], '--b', undefined],
  [['--about=1'], '--a', undefined],
])('in %j the argument %s is %j', (args, name, expected) => {
  expect(argument(args, name)).toBe(expected);
});
