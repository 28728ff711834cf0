import { App } from 'cdk8s';
import { Construct } from 'constructs';
import type { HostSpec, ListenerSpec } from '../../imports/getambassador.io';
import type { CarriedService } from '../networking/layer';
import { collectObjects } from '../objects/collect';
import type { Manifest } from '../objects/manifest';
import { mistakesOf } from '../objects/mistakes';
import { Platform } from '../platform';
import type { AmbassadorProps } from './ambassador';
import { ambassador } from './ambassador';
import { servesName } from './hostname';
import { at } from '../objects/json';

const SERVICES = [
  { name: 'hello', namespace: 'default', publicHost: 'hello.default.example.com', webSocket: false },
  { name: 'again', namespace: 'default', publicHost: 'again.default.example.com', webSocket: false },
  { name: 'inner', namespace: 'team', publicHost: undefined, webSocket: false },
];

const declare = (
  props: AmbassadorProps = {},
  services: readonly Omit<CarriedService, 'construct'>[] = SERVICES,
  domain = 'example.com',
): Platform => {
  const platform = new Platform(new App(), 'platform', { domain, ingress: ambassador(props) });
  for (const service of services) {
    const construct = new Construct(platform.services, service.name);
    platform.networking.carry({ construct, ...service });
  }
  return platform;
};

const manifests = (platform: Platform): Manifest[] => collectObjects(platform).map(({ manifest }) => manifest);

/** What a pod answers on a port for a name: what the Host says that the Listener serves, or nothing. */
function answer(objects: readonly Manifest[], port: number, name: string): string | undefined {
  const listener = objects.find(
    ({ kind, spec }) => kind === 'Listener' && (spec as unknown as ListenerSpec).port === port,
  );
  const { namespace, selector } = (listener?.spec as unknown as ListenerSpec | undefined)?.hostBinding ?? {};
  const hosts = objects
    .filter(
      ({ kind, metadata }) =>
        kind === 'Host' && namespace?.from === 'SELF' && metadata.namespace === listener?.metadata.namespace,
    )
    .filter(({ metadata }) =>
      Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => at(metadata.labels, key) === value),
    )
    .map(({ spec }) => spec as unknown as HostSpec)
    .filter(({ hostname = '*' }) => servesName(hostname, name));
  return hosts[0]?.requestPolicy?.insecure.action;
}

test.each([
  ['hello.default.example.com', 'Route', undefined],
  ['hello.default', undefined, 'Route'],
  ['hello.default.svc', undefined, 'Route'],
  ['hello.default.svc.cluster.local', undefined, 'Route'],
  ['inner.team', undefined, 'Route'],
  ['inner.team.svc.cluster.local', undefined, 'Route'],
  ['anything.else', undefined, undefined],
])('%s is served in public %p, inside %p', (name, inPublic, inside) => {
  const objects = manifests(declare());
  expect([answer(objects, 8080, name), answer(objects, 8081, name)]).toEqual([inPublic, inside]);
});

test('a namespace has one Host, however many services it has', () => {
  const names = manifests(declare())
    .filter(({ kind }) => kind === 'Host')
    .map(({ metadata }) => metadata.name);
  expect(names).toEqual(['any-default', 'any-example-com', 'any-svc', 'any-svc-cluster-local', 'any-team']);
});

test('names inside the cluster are served before there is any service', () => {
  expect(answer(manifests(declare({}, [])), 8081, 'hello.default.svc.cluster.local')).toBe('Route');
});

test.each([
  ['hello.default.example.org', 'v2-hello.default.example.org', 'hello.team.example.org'],
  ['example.org', 'example.org', 'hello.example.org'],
])('the public name %s outside the domain is served, and %s, but not %s', (publicHost, served, notServed) => {
  const objects = manifests(declare({}, [{ name: 'hello', namespace: 'default', publicHost, webSocket: false }]));
  expect([publicHost, served, notServed].map((name) => answer(objects, 8080, name))).toEqual([
    'Route',
    'Route',
    undefined,
  ]);
});

const TLS = { certificates: [{ hostname: '*.default.example.com', secret: 'default-tls' }] };

test('with TLS there is a port for it, plain HTTP is redirected, and names inside the cluster stay as they are', () => {
  const objects = manifests(declare({ tls: TLS }));
  expect(
    objects.filter(({ kind }) => kind === 'Listener').map(({ spec }) => (spec as unknown as ListenerSpec).port),
  ).toEqual([8080, 8443, 8081]);
  expect(answer(objects, 8080, 'hello.default.example.com')).toBe('Redirect');
  expect(answer(objects, 8081, 'hello.default')).toBe('Route');
});

test('with TLS no public name is served without a certificate', () => {
  expect(answer(manifests(declare({ tls: TLS })), 8080, 'hello.team.example.com')).toBeUndefined();
});

test('without TLS nothing listens for it', () => {
  expect(manifests(declare()).some(({ spec }) => (spec as { port?: number } | undefined)?.port === 8443)).toBe(false);
});

const messages = (platform: Platform): string[] =>
  mistakesOf(platform).map(({ where, message }) => `${where}: ${message}`);

test('a public service without a certificate is a mistake of the service', () => {
  const team = { name: 'shop', namespace: 'team', publicHost: 'shop.team.example.com', webSocket: false };
  expect(messages(declare({ tls: TLS }, [team]))).toEqual([
    'platform/services/shop: host: no certificate of ambassador() is valid for "shop.team.example.com": add { hostname: "*.team.example.com", secret: … } to its tls.certificates, or make the service cluster-local',
  ]);
});

test("a domain of the cluster's own is a mistake", () => {
  expect(messages(declare({}, [], 'svc.cluster.local'))).toEqual([
    'platform/networking/ambassador: domain: "svc.cluster.local" is part of the cluster\'s own names, so cluster-local services would be public: use a domain of your own',
  ]);
});

test('a namespace that is named like the domain is a mistake', () => {
  expect(
    messages(declare({}, [{ name: 'inner', namespace: 'corp', publicHost: undefined, webSocket: false }], 'corp')),
  ).toEqual([
    'platform/services/inner: namespace: "corp" makes names inside the cluster that the public hostname "*.corp" serves: use another namespace or domain',
  ]);
});
