import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { ConfigMap } from '../../imports/kubernetes';
import { collectObjects } from './collect';
import { objectKey } from './manifest';
import type { Mistake } from './mistakes';
import { addMistake, addWarning, Mistakes, warningsOf } from './mistakes';
import { assumeNamespace } from './namespaced';
import { Phase } from './phase';
import { UpstreamDocument } from './upstream-document';

const configMap = (scope: Construct, id: string, name: string, namespace = 'default'): ConfigMap =>
  new ConfigMap(scope, id, { metadata: { name, namespace } });

const assumed = (scope: Construct): Construct => {
  const construct = new Construct(scope, 'monitoring');
  assumeNamespace(construct, 'monitoring');
  return construct;
};

test('objects come phase by phase, and within one in an order of their own, whatever the order of declaration', () => {
  const app = new App();
  const services = new Phase(app, 'services');
  const crds = new Phase(app, 'crds');
  configMap(services, 'one', 'b');
  new ApiObject(services, 'two', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } });
  configMap(new Construct(services, 'nested'), 'three', 'a');
  new ApiObject(services, 'four', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'z' } });
  configMap(crds, 'five', 'y');
  expect(collectObjects(app).map(({ phase, manifest, source }) => `${phase} ${objectKey(manifest)} ${source}`)).toEqual(
    [
      '10-crds ConfigMap default/y crds/five',
      '60-services ServiceAccount z services/four',
      '60-services ConfigMap default/a services/nested/three',
      '60-services ConfigMap default/b services/one',
      '60-services Pod a services/two',
    ],
  );
});

test('an object with a private key in it is a mistake', () => {
  const services = new Phase(new App(), 'services');
  configMap(services, 'good', 'good');
  const key = ['-----BEGIN', 'PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n'].join(' ');
  new ConfigMap(services, 'bad', { metadata: { name: 'bad', namespace: 'default' }, data: { key } });
  expect(() => collectObjects(services)).toThrow(/^services\/bad: ConfigMap default\/bad holds a private key, /);
});

test('constructs of cdk8s-plus-27 are objects as any other', () => {
  const services = new Phase(new App(), 'services');
  new kplus.ConfigMap(services, 'own', { metadata: { name: 'own' }, data: { a: 'b' } });
  expect(collectObjects(services).map(({ manifest }) => manifest)).toMatchObject([
    { kind: 'ConfigMap', metadata: { name: 'own' }, data: { a: 'b' } },
  ]);
});

test('two declarations of one object are a mistake that names both places, also in two versions of its API and in two phases', () => {
  const app = new App();
  const services = new Phase(app, 'services');
  configMap(services, 'first', 'settings');
  configMap(services, 'second', 'settings');
  configMap(services, 'elsewhere', 'settings', 'other');
  new ApiObject(services, 'v1', { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x' } });
  new ApiObject(new Phase(app, 'crds'), 'v2', { apiVersion: 'example.com/v2', kind: 'Thing', metadata: { name: 'x' } });
  expect(() => collectObjects(app)).toThrow(
    [
      'services/second: ConfigMap default/settings is declared already by services/first: give it another name or namespace, or remove one of the two',
      'services/v1: Thing x is declared already by crds/v2: give it another name or namespace, or remove one of the two',
    ].join('\n'),
  );
});

test('an object outside of the phases is a mistake, for it would not be written', () => {
  const chart = new Chart(new App(), 'stray');
  configMap(chart, 'lost', 'settings');
  expect(() => collectObjects(chart)).toThrow(
    'stray/lost: ConfigMap settings is in no phase, so it would not be written: declare it within one, for example platform.services',
  );
});

test('so is one beside the platform, in a chart of its own', () => {
  const app = new App();
  const platform = new Construct(app, 'platform');
  configMap(new Phase(platform, 'services'), 'found', 'settings');
  configMap(new Chart(app, 'mine'), 'lost', 'settings');
  expect(() => collectObjects(platform)).toThrow(/^mine\/lost: ConfigMap settings is in no phase/);
});

test('several platforms of one app are each for themselves', () => {
  const app = new App();
  const platforms = ['one', 'another'].map((id) => new Construct(app, id));
  for (const platform of platforms) configMap(new Phase(platform, 'services'), 'found', 'settings');
  expect(platforms.map((platform) => collectObjects(platform).map(({ source }) => source))).toEqual([
    ['one/services/found'],
    ['another/services/found'],
  ]);
});

test('an object in a namespace that is not declared is a mistake, which its construct may have said already', () => {
  const app = new App();
  const namespaces = new Phase(app, 'namespaces');
  new ApiObject(namespaces, 'shop', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  const services = new Phase(app, 'services');
  configMap(services, 'mistyped', 'settings', 'shops');
  const team = new Construct(services, 'team');
  addMistake(team, 'namespace: "team" is not declared by the platform');
  configMap(team, 'said', 'settings', 'team');
  configMap(assumed(services), 'assumed', 'settings', 'monitoring');
  expect(() => collectObjects(app)).toThrow(
    [
      'services/team: namespace: "team" is not declared by the platform',
      'services/mistyped: metadata.namespace: "shops" is not declared by the platform: declare it with addNamespace; did you mean "shop"?',
    ].join('\n'),
  );
});

test('an object that YAML has no words for is a mistake of its construct', () => {
  const services = new Phase(new App(), 'services');
  const data = { now: new Date(0) } as unknown as Record<string, string>;
  new ConfigMap(services, 'dated', { metadata: { name: 'dated', namespace: 'default' }, data });
  expect(() => collectObjects(services)).toThrow(
    /^services\/dated: ConfigMap dated cannot be written as YAML: can't render .*Date.*: use texts, numbers, booleans, lists and plain objects alone$/,
  );
});

const circle: Record<string, unknown> = {};
circle.again = circle;

test.each<[string, unknown, string]>([
  ['no number', NaN, 'spec.of is NaN'],
  ['an endless number', [1, -Infinity], 'spec.of[1] is -Infinity'],
  ['a function', { call: () => 1 }, 'spec.of.call is a function'],
  ['a symbol', Symbol('of'), 'spec.of is a symbol'],
  ['a BigInt', 10n, 'spec.of is a bigint'],
  ['half of a surrogate pair', 'a\ud800', 'spec.of has half of a surrogate pair'],
  ['such a key', { '\udc00': 1 }, 'spec.of has the key "\\udc00"'],
  ['a key that objects lose', JSON.parse('{"__proto__": {"a": 1}}'), 'spec.of has the key "__proto__"'],
  ['what holds itself', circle, 'spec.of.again.agai… is more than 200 levels deep, or holds itself'],
])('%s is a mistake of its construct, with its path', (_, of, what) => {
  const services = new Phase(new App(), 'services');
  const object = new ApiObject(services, 'own', {
    apiVersion: 'v1',
    kind: 'Own',
    metadata: { name: 'own' },
    ...{ spec: { of } },
  });
  const patched = new ApiObject(services, 'patched', {
    apiVersion: 'v1',
    kind: 'Own',
    metadata: { name: 'patched' },
    ...{ spec: { of } },
  });
  patched.addJsonPatch(JsonPatch.add('/spec/other', 1));
  for (const one of [object, patched]) {
    const said = mistakesOf(services).find(({ where }) => where === one.node.path)?.message ?? '';
    const [, found] = /cannot be written as YAML: (.*): use texts, numbers/.exec(said) ?? [];
    expect(found?.replace(/(\.again)+/, '.again')).toBe(what);
  }
});

test.each([
  ['name', { name: 'own\nkind: Secret' }, 'metadata.name: "own\\nkind: Secret" has a line break'],
  ['namespace', { name: 'own', namespace: 'a\u2028b' }, 'metadata.namespace: "a\\u2028b" has a line break'],
])('a %s of several lines is a mistake of one line', (_, metadata, message) => {
  const services = new Phase(new App(), 'services');
  new ApiObject(services, 'own', { apiVersion: 'v1', kind: 'Own', metadata });
  const said = mistakesOf(services).map(({ where, message: text }) => `${where}: ${text}`);
  expect(said).toEqual([`services/own: ${message} or another control character: take it out`]);
});

function mistakesOf(root: IConstruct): readonly Mistake[] {
  try {
    collectObjects(root);
  } catch (error) {
    if (error instanceof Mistakes) return error.mistakes;
    throw error;
  }
  return [];
}

test('mistakes of all sorts are reported at once', () => {
  const app = new App();
  const services = new Phase(app, 'services');
  addMistake(services, 'name: missing');
  configMap(services, 'one', 'settings');
  configMap(services, 'two', 'settings');
  const key = ['-----BEGIN', 'PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n'].join(' ');
  new ConfigMap(services, 'key', { metadata: { name: 'key', namespace: 'default' }, data: { key } });
  configMap(new Chart(app, 'mine'), 'lost', 'settings');
  const found = (): string[] => {
    try {
      return collectObjects(app).map(({ source }) => source);
    } catch (error) {
      return error instanceof Mistakes ? error.mistakes.map(({ where }) => where) : [String(error)];
    }
  };
  expect(found()).toEqual(['services', 'mine/lost', 'services/two', 'services/key']);
});

test('all mistakes are reported together, with the paths of their constructs; warnings stop nothing', () => {
  const app = new App();
  const services = new Phase(app, 'services');
  addMistake(new Construct(services, 'a'), 'port: 0 is not a port');
  const b = new Construct(services, 'b');
  addMistake(b, 'image: missing');
  addMistake(b, 'name: missing');
  addWarning(b, 'tag: moves');
  expect(() => collectObjects(app)).toThrow(
    ['services/a: port: 0 is not a port', 'services/b: image: missing', 'services/b: name: missing'].join('\n'),
  );
  expect(warningsOf(app)).toEqual([{ where: 'services/b', message: 'tag: moves' }]);
});

describe('vendored documents that are repeated', () => {
  const repeated = (...labels: string[]) => {
    const phase = new Phase(new App(), 'crds');
    labels.forEach((label, index) => {
      const metadata = { name: 'a', labels: { label } };
      const source = `file:${index + 1}`;
      const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
      new UpstreamDocument(phase, source, { manifest, source, text: `# ${source}\n` });
    });
    return phase;
  };

  test('are there once while they are equal: the first', () => {
    expect(collectObjects(repeated('x', 'x')).map(({ source, text }) => [source, text])).toEqual([
      ['file:1', '# file:1\n'],
    ]);
  });

  test('are a mistake when they differ, with both places', () => {
    expect(() => collectObjects(repeated('x', 'y'))).toThrow(
      'file:2: ConfigMap a differs from the one of file:1: take both files from one release, or remove one of the two by an overlay',
    );
  });

  test("are a mistake when one is the platform's own", () => {
    const phase = repeated('x');
    new ApiObject(phase, 'own', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', labels: { label: 'x' } },
    });
    expect(() => collectObjects(phase)).toThrow('crds/own: ConfigMap a is declared already by file:1');
  });
});
