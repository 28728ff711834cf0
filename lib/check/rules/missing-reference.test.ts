import { check } from '../check';
import { objectsOf, testExamples } from '../testing/doc-examples';
import { missingReference } from './missing-reference';

testExamples(missingReference);

interface Fields {
  readonly apiVersion: string;
  readonly namespace?: string;
  readonly [key: string]: unknown;
}

const object = (kind: string, name: string, { apiVersion, namespace = 'shop', ...fields }: Fields): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name, namespace }, ...fields });
const shop = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });

const knative = (kind: string, name: string, spec: object): string =>
  object(kind, name, { apiVersion: 'serving.knative.dev/v1', spec });
const service = (name: string, namespace = 'shop'): string =>
  object('Service', name, { apiVersion: 'v1', namespace, spec: { ports: [{ port: 80 }] } });
const cart = knative('Service', 'cart', {
  template: { spec: { containers: [{ image: 'a' }] } },
  traffic: [{ latestRevision: true, percent: 100, tag: 'next' }],
});
const emissary = (kind: string, spec: object, namespace = 'shop'): string =>
  object(kind, 'front', { apiVersion: 'getambassador.io/v3alpha1', namespace, spec });
const mapping = (address: string, fields: object = {}): string =>
  emissary('Mapping', { hostname: '*', prefix: '/', service: address, ...fields });
const linkerd = (kind: string, spec: object, apiVersion = 'policy.linkerd.io/v1alpha1'): string =>
  object(kind, 'orders', { apiVersion, spec });
const server = (podSelector: object): string =>
  object('Server', 'orders', { apiVersion: 'policy.linkerd.io/v1beta3', spec: { podSelector, port: 80 } });
const authorization = (targetRef: object, ...requiredAuthenticationRefs: object[]): string =>
  linkerd('AuthorizationPolicy', { targetRef, requiredAuthenticationRefs });
const pods = (spec: object, labels: object = { app: 'web' }): string =>
  object('Deployment', 'web', {
    apiVersion: 'apps/v1',
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [], ...spec } } },
  });
const domain = (ref: object): string =>
  object('DomainMapping', 'shop.example.com', { apiVersion: 'serving.knative.dev/v1beta1', spec: { ref } });
const claim = (namespace: string): string =>
  JSON.stringify({
    apiVersion: 'networking.internal.knative.dev/v1alpha1',
    kind: 'ClusterDomainClaim',
    metadata: { name: 'shop.example.com' },
    spec: { namespace },
  });
const network = (data: object): string =>
  object('ConfigMap', 'config-network', { apiVersion: 'v1', namespace: 'knative-serving', data });
const operator = (config: object): string =>
  object('KnativeServing', 'knative-serving', { apiVersion: 'operator.knative.dev/v1beta1', spec: { config } });
const TO_CART = { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'cart' };

/** What the rule says of objects, each as `severity path: message`. */
function said(...documents: string[]): string[] {
  const { findings } = check(objectsOf(...documents), { rules: [missingReference] });
  return findings.map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
}

test.each<[string, string[], string[]]>([
  // How sure it is.
  ['a part of a namespace', [mapping('cart')], ['warning spec.service: Service shop/cart is not among the objects']],
  ['a namespace', [shop, mapping('cart')], ['error spec.service: Service shop/cart is not among the objects']],
  ['another object of the kind there', [service('other'), mapping('cart')], ['error spec.service: Service shop/cart']],
  [
    'one in another namespace',
    [service('cart', 'other'), mapping('cart')],
    ['warning spec.service: Service shop/cart'],
  ],
  ['a misspelled name', [service('carts'), mapping('cart')], ['did you mean "carts"?']],

  // Emissary.
  ['a Mapping to a Service', [service('cart'), mapping('cart:8080')], []],
  ['… by the name of a namespace', [service('cart', 'other'), mapping('http://cart.other:80')], []],
  ['… to a Knative Service', [shop, cart, mapping('cart')], []],
  ['… to one of its tags', [shop, cart, mapping('next-cart')], []],
  ['… to one of its Revisions', [shop, cart, mapping('cart-00003')], []],
  ['… to another tag', [shop, cart, mapping('last-cart')], ['error spec.service: Service shop/last-cart']],
  ['… to a name of the DNS', [shop, mapping('httpbin.org')], []],
  ['… to one of many labels', [shop, mapping('api.shop.example.com:443')], []],
  ['… to a Service in full', [mapping('cart.other.svc.cluster.local')], ['warning spec.service: Service other/cart']],
  ['… in a namespace that is there', [shop, mapping('cart.shop')], ['error spec.service: Service shop/cart']],
  ['… to an address', [shop, mapping('127.0.0.1:8500')], []],
  ['… by a resolver of one’s own', [shop, mapping('cart', { resolver: 'consul' })], []],
  [
    '… where Emissary looks in its own namespace',
    [
      shop,
      mapping('cart'),
      emissary('Module', { config: { use_ambassador_namespace_for_service_resolution: true } }, 'ambassador'),
    ],
    [],
  ],
  [
    '… though another Ambassador does',
    [
      shop,
      mapping('cart'),
      emissary(
        'Module',
        { ambassador_id: ['other'], config: { use_ambassador_namespace_for_service_resolution: true } },
        'ambassador',
      ),
    ],
    ['error spec.service:'],
  ],
  [
    'a Host’s Secret',
    [shop, emissary('Host', { hostname: 'a', tlsSecret: { name: 'tls' } })],
    ['note spec.tlsSecret:'],
  ],
  [
    '… that cert-manager makes',
    [
      emissary('Host', { hostname: 'a', tlsSecret: { name: 'tls' } }),
      object('Certificate', 'a', { apiVersion: 'cert-manager.io/v1', spec: { secretName: 'tls' } }),
    ],
    [],
  ],
  [
    '… that External Secrets makes',
    [
      emissary('Host', { hostname: 'a', tlsSecret: { name: 'tls' } }),
      object('ExternalSecret', 'a', { apiVersion: 'external-secrets.io/v1', spec: { target: { name: 'tls' } } }),
    ],
    [],
  ],
  [
    '… that Sealed Secrets makes',
    [
      emissary('Host', { hostname: 'a', tlsSecret: { name: 'tls' } }),
      object('SealedSecret', 'tls', { apiVersion: 'bitnami.com/v1alpha1', spec: {} }),
    ],
    [],
  ],
  ['a Host’s TLSContext', [shop, emissary('Host', { tlsContext: { name: 'a' } })], ['error spec.tlsContext:']],

  // Kubernetes.
  [
    'an Ingress',
    [
      shop,
      object('Ingress', 'a', {
        apiVersion: 'networking.k8s.io/v1',
        spec: {
          tls: [{ secretName: 'tls' }],
          rules: [{ http: { paths: [{ backend: { service: { name: 'cart', port: { number: 80 } } } }] } }],
        },
      }),
    ],
    ['note spec.tls[0].secretName:', 'error spec.rules[0].http.paths[0].backend.service: Service shop/cart'],
  ],
  [
    'an autoscaler',
    [
      shop,
      object('HorizontalPodAutoscaler', 'a', {
        apiVersion: 'autoscaling/v2',
        spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
      }),
    ],
    ['error spec.scaleTargetRef: Deployment shop/web is not among the objects: nothing is scaled'],
  ],
  [
    '… of a kind that is not known',
    [
      shop,
      object('HorizontalPodAutoscaler', 'a', {
        apiVersion: 'autoscaling/v2',
        spec: { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' } },
      }),
    ],
    [],
  ],
  [
    'a binding',
    [
      shop,
      object('RoleBinding', 'a', {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
      }),
    ],
    ['error roleRef: Role shop/reader'],
  ],
  [
    '… of a ClusterRole, which any installation may bring',
    [
      shop,
      object('RoleBinding', 'a', {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' },
      }),
    ],
    [],
  ],
  [
    'what pods need',
    [
      shop,
      pods({
        serviceAccountName: 'web',
        volumes: [
          { name: 'a', configMap: { name: 'a' } },
          { name: 'b', projected: { sources: [{ configMap: { name: 'b' } }] } },
          { name: 'c', configMap: { name: 'c', optional: true } },
        ],
        containers: [
          { envFrom: [{ configMapRef: { name: 'd' } }], env: [{ valueFrom: { configMapKeyRef: { name: 'e' } } }] },
        ],
      }),
    ],
    [
      'error spec.template.spec.serviceAccountName: ServiceAccount shop/web is not among the objects: no pod is made',
      'error spec.template.spec.volumes[0].configMap: ConfigMap shop/a',
      'error spec.template.spec.volumes[1].projected.sources[0].configMap: ConfigMap shop/b',
      'error spec.template.spec.containers[0].envFrom[0].configMapRef: ConfigMap shop/d',
      'error spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef: ConfigMap shop/e',
    ],
  ],
  [
    'what every namespace has',
    [shop, pods({ serviceAccountName: 'default', volumes: [{ configMap: { name: 'kube-root-ca.crt' } }] })],
    [],
  ],

  [
    'what trust-manager makes',
    [
      shop,
      pods({ volumes: [{ configMap: { name: 'roots' } }] }),
      JSON.stringify({ apiVersion: 'trust.cert-manager.io/v1alpha1', kind: 'Bundle', metadata: { name: 'roots' } }),
    ],
    [],
  ],

  // Knative.
  [
    'a Route',
    [shop, knative('Route', 'cart', { traffic: [{ configurationName: 'cart' }] })],
    ['error spec.traffic[0]'],
  ],
  ['… of a Knative Service', [cart, knative('Route', 'b', { traffic: [{ configurationName: 'cart' }] })], []],
  ['a DomainMapping', [claim('shop'), shop, cart, domain(TO_CART)], []],
  [
    '… to nothing',
    [claim('shop'), shop, domain(TO_CART)],
    ['error spec.ref: Knative Service shop/cart is not among the objects: the domain answers nothing'],
  ],
  ['… to a Service of Kubernetes', [claim('shop'), service('cart'), domain({ ...TO_CART, apiVersion: 'v1' })], []],
  ['… to something else', [claim('shop'), shop, domain({ apiVersion: 'a.dev/v1', kind: 'Bus', name: 'a' })], []],
  ['… whose claim may be elsewhere', [cart, domain(TO_CART)], ['warning metadata.name: no ClusterDomainClaim']],
  ['… whose claim is not made', [network({}), cart, domain(TO_CART)], ['error metadata.name: no ClusterDomainClaim']],
  ['… whose claim Serving makes', [network({ 'autocreate-cluster-domain-claims': 'true' }), cart, domain(TO_CART)], []],
  ['… in its older spelling', [network({ autocreateClusterDomainClaims: 'true' }), cart, domain(TO_CART)], []],
  [
    '… as the Operator is told',
    [operator({ network: { 'autocreate-cluster-domain-claims': 'true' } }), cart, domain(TO_CART)],
    [],
  ],
  [
    '… whose claim is for another namespace',
    [claim('other'), cart, domain(TO_CART)],
    ['error metadata.name: the ClusterDomainClaim shop.example.com is for the namespace "other"'],
  ],

  // Linkerd.
  [
    'a policy',
    [shop, authorization({ group: 'policy.linkerd.io', kind: 'Server', name: 'orders' })],
    ['error spec.targetRef: Server shop/orders is not among the objects: it lets nobody in'],
  ],
  [
    '… of authentications',
    [
      server({}),
      authorization(
        { kind: 'Server', name: 'orders' },
        { kind: 'MeshTLSAuthentication', name: 'a' },
        { kind: 'NetworkAuthentication', name: 'b', namespace: 'other' },
        { kind: 'ServiceAccount', name: 'c' },
      ),
    ],
    [
      'warning spec.requiredAuthenticationRefs[0]: MeshTLSAuthentication shop/a',
      'warning spec.requiredAuthenticationRefs[1]: NetworkAuthentication other/b',
      'warning spec.requiredAuthenticationRefs[2]: ServiceAccount shop/c',
    ],
  ],
  [
    '… of kinds that Linkerd refuses',
    [
      shop,
      authorization({ kind: 'Deployment', name: 'web' }, { kind: 'Namespace', name: 'other' }),
      linkerd('MeshTLSAuthentication', { identityRefs: [{ kind: 'Service', name: 'web' }] }),
    ],
    [
      'error spec.targetRef.kind: "Deployment" is refused by Linkerd here: write Server, HTTPRoute, GRPCRoute, Namespace',
      'error spec.requiredAuthenticationRefs[0].kind: "Namespace" is refused',
      'error spec.identityRefs[0].kind: "Service" is refused by Linkerd here: write ServiceAccount, Namespace',
    ],
  ],
  ['a policy of a whole namespace', [shop, authorization({ kind: 'Namespace', name: 'shop' })], []],
  [
    '… of another one',
    [shop, authorization({ kind: 'Namespace', name: 'other' })],
    ['error spec.targetRef: the namespace "other" is not its own, and Linkerd refuses that'],
  ],
  ['a Server that selects nothing', [shop, server({ matchLabels: { app: 'api' } })], ['error spec.podSelector:']],
  ['… in a part of a namespace', [server({ matchLabels: { app: 'api' } })], ['warning spec.podSelector:']],
  ['… beside other pods', [pods({}), server({ matchLabels: { app: 'api' } })], ['error spec.podSelector:']],
  ['a Server of pods', [shop, pods({}), server({ matchLabels: { app: 'web' } })], []],
  [
    '… of those that the injector labels',
    [pods({}), server({ matchLabels: { 'linkerd.io/workload-ns': 'shop' } })],
    [],
  ],
  ['… of a Knative Service', [cart, server({ matchLabels: { 'serving.knative.dev/service': 'cart' } })], []],
  ['… of all pods', [shop, server({ matchLabels: {} })], []],
])('%s', (_, documents, expected) => {
  const findings = said(...documents);
  expect(findings).toHaveLength(expected.length);
  expected.forEach((part, index) => expect(findings[index]).toContain(part));
});

test('a severity that check.yaml sets counts for all that it finds', () => {
  const objects = objectsOf(shop, emissary('Host', { tlsSecret: { name: 'tls' } }), mapping('cart'));
  const severitiesWith = (severities: Record<string, 'warning'>): string[] =>
    check(objects, { rules: [missingReference], settings: { severities, waivers: [] } }).findings.map(
      ({ severity }) => severity,
    );
  expect(severitiesWith({})).toEqual(['error', 'note']);
  expect(severitiesWith({ 'missing-reference': 'warning' })).toEqual(['warning', 'warning']);
});

test('what something else installs is not looked for', () => {
  const objects = objectsOf(shop, mapping('cart'), server({ matchLabels: { app: 'api' } }));
  const paths = (elsewhere: readonly string[]): string[] =>
    check(objects, { rules: [missingReference], elsewhere }).findings.map(({ path }) => path);
  expect(paths([])).toEqual(['spec.service', 'spec.podSelector']);
  expect(paths(['shop'])).toEqual([]);
});
