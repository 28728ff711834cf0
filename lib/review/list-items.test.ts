import type { Json, Manifest } from '../objects/manifest';
import { differences, differenceText, treeOf } from './object-diff';

const object = (kind: string, fields: object): Manifest => ({
  apiVersion: 'example.com/v1',
  kind,
  metadata: { name: 'a' },
  ...fields,
});
const said = (kind: string, from: object, to: object): string[] =>
  differences(treeOf(object(kind, from)), treeOf(object(kind, to))).map(differenceText);

const containers = (...list: object[]): object => ({ spec: { containers: list } });

describe('lists', () => {
  test.each<[string, string, object, object, string[]]>([
    [
      'of a name that every object in JavaScript has go by position, as all others do',
      'Pod',
      { spec: { valueOf: ['a'], constructor: ['a'] } },
      { spec: { valueOf: ['a', 'b'], constructor: ['b'] } },
      ['spec.valueOf[1]: added "b"', 'spec.constructor[0]: "a" → "b"'],
    ],
    [
      'containers go by name',
      'Pod',
      containers({ name: 'a', image: 'x' }, { name: 'b', image: 'y' }),
      containers({ name: 'b', image: 'z' }, { name: 'a', image: 'x' }, { name: 'c' }),
      ['spec.containers[name=b].image: "y" → "z"', 'spec.containers[name=c]: added {"name":"c"}'],
    ],
    [
      'environment variables go by name, and their order counts, since later ones can refer to earlier ones',
      'Pod',
      containers({
        name: 'a',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      }),
      containers({
        name: 'a',
        env: [
          { name: 'B', value: '2' },
          { name: 'A', value: '1' },
        ],
      }),
      ['spec.containers[name=a].env[order]: ["[name=A]","[name=B]"] → ["[name=B]","[name=A]"]'],
    ],
    [
      'one more does not change the order of the others',
      'Pod',
      containers({ name: 'a', env: [{ name: 'A' }, { name: 'B' }] }),
      containers({ name: 'a', env: [{ name: 'A' }, { name: 'C' }, { name: 'B' }] }),
      ['spec.containers[name=a].env[name=C]: added {"name":"C"}'],
    ],
    [
      'ports go by number and protocol',
      'Service',
      { ports: [{ port: 53, protocol: 'UDP' }, { port: 53, name: 'tcp' }, { port: 80 }] },
      {
        ports: [
          { port: 80, targetPort: 1 },
          { port: 53, name: 'dns', protocol: 'TCP' },
          { port: 53, protocol: 'UDP' },
        ],
      },
      [
        'ports[port=53].name: "tcp" → "dns"',
        'ports[port=53].protocol: added "TCP"',
        'ports[port=80].targetPort: added 1',
      ],
    ],
    [
      'names that do not tell items apart leave it to the position',
      'Pod',
      containers({ name: 'a' }, { name: 'a' }),
      containers({ name: 'a' }, { name: 'b' }),
      [
        'spec.containers[0]: removed {"name":"a"}',
        'spec.containers[1]: removed {"name":"a"}',
        'spec.containers[name=a]: added {"name":"a"}',
        'spec.containers[name=b]: added {"name":"b"}',
      ],
    ],
    [
      'arguments go by position',
      'Pod',
      containers({ name: 'a', args: ['x', 'y'] }),
      containers({ name: 'a', args: ['y', 'x'] }),
      ['spec.containers[name=a].args[0]: "x" → "y"', 'spec.containers[name=a].args[1]: "y" → "x"'],
    ],
    [
      'sets have no order',
      'Thing',
      { shortNames: ['a', 'b'] },
      { shortNames: ['b', 'c', 'a'] },
      ['shortNames[c]: added "c"'],
    ],
    [
      'the order of printer columns counts',
      'CustomResourceDefinition',
      { additionalPrinterColumns: [{ name: 'A' }, { name: 'B' }] },
      { additionalPrinterColumns: [{ name: 'B' }, { name: 'A' }] },
      ['additionalPrinterColumns[order]: ["[name=A]","[name=B]"] → ["[name=B]","[name=A]"]'],
    ],
  ])('%s', (_, kind, from, to, expected) => {
    expect(said(kind, from, to)).toEqual(expected);
  });
});

describe('rules', () => {
  test.each<[string, string, Json[], Json[], string[]]>([
    [
      'RBAC rules are the same where they give the same rights',
      'ClusterRole',
      [{ apiGroups: ['apps'], resources: ['deployments', 'deployments/status'], verbs: ['get', 'list'] }],
      [
        { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list', 'get'] },
        { apiGroups: ['apps'], resources: ['deployments/status'], verbs: ['get', 'list'] },
      ],
      [],
    ],
    [
      'each right is a difference of its own',
      'Role',
      [
        { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
        { nonResourceURLs: ['/healthz'], verbs: ['get'] },
      ],
      [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['one'], verbs: ['get', 'update'] }],
      [
        'rules[get secrets]: removed',
        'rules[get /healthz]: removed',
        'rules[get secrets "one"]: added',
        'rules[update secrets "one"]: added',
      ],
    ],
    [
      'a rule that gives nothing is compared as it stands',
      'Role',
      [{ apiGroups: [''], resources: ['secrets'], verbs: [] }],
      [{ apiGroups: [''], resources: ['pods'], verbs: [] }],
      ['rules[0].resources[0]: "secrets" → "pods"'],
    ],
    [
      'rules of webhooks are the same where they ask about the same',
      'MutatingWebhookConfiguration',
      [{ operations: ['CREATE', 'UPDATE'], apiGroups: ['a.b'], apiVersions: ['v1'], resources: ['c'], scope: '*' }],
      [
        { operations: ['UPDATE'], apiGroups: ['a.b'], apiVersions: ['v1'], resources: ['c'], scope: '*' },
        { operations: ['CREATE'], apiGroups: ['a.b'], apiVersions: ['v1'], resources: ['c'] },
      ],
      ['rules[CREATE c.a.b v1 *]: removed', 'rules[CREATE c.a.b v1]: added'],
    ],
    [
      'rules of other kinds have an order',
      'HTTPRoute',
      [{ a: 1 }, { a: 2 }],
      [{ a: 2 }, { a: 1 }],
      ['rules[0].a: 1 → 2', 'rules[1].a: 2 → 1'],
    ],
  ])('%s', (_, kind, from, to, expected) => {
    expect(said(kind, { rules: from }, { rules: to })).toEqual(expected);
  });
});
