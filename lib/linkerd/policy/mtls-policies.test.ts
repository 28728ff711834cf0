import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { ambassador } from '../../ambassador/ambassador';
import { DRAIN_HOOK_PORT, WEBHOOK_PORT } from '../../knative/open-ports';
import { KnativeService } from '../../knative/service/knative-service';
import { KnativeServices } from '../../knative/services';
import type { NamespaceProps } from '../../namespaces';
import { Namespaces } from '../../namespaces';
import type { NetworkingLayer } from '../../networking/layer';
import { collectObjects } from '../../objects/collect';
import type { Json } from '../../objects/manifest';
import { warningsOf } from '../../objects/mistakes';
import { Phase } from '../../objects/phase';
import { toYaml } from '../../render/yaml';
import type { CallerNetworks } from './caller-networks';
import type { Mtls } from '../../mesh/mtls';
import type { MtlsPoliciesProps } from './mtls-policies';
import { MtlsPolicies } from './mtls-policies';
import { at } from '../../objects/json';

interface StackProps {
  readonly mtls?: Mtls;
  readonly networks?: CallerNetworks;
  readonly tls?: boolean;
}

const TLS = { certificates: [{ hostname: '*.default.example.com', secret: 'certificate' }] } as const;

/** The stack as far as mTLS is about it: Serving's namespace, a networking layer, and services. */
class Stack extends Construct {
  readonly namespaces: Namespaces;
  readonly services: KnativeServices;
  readonly layer: NetworkingLayer;

  constructor({ mtls, networks, tls = false }: StackProps = {}) {
    super(new App(), 'platform');
    const namespaces = new Namespaces(this, { ...(mtls && { mtls }) });
    this.namespaces = namespaces;
    for (const name of ['default', 'knative-serving']) namespaces.add(name);
    namespaces.add('linkerd', { inject: 'disabled' });
    const all: Required<MtlsPoliciesProps> = { namespaces, networks: networks ?? {} };
    const policies = new MtlsPolicies(this, 'mtls', networks === undefined ? { namespaces } : all);

    policies.open(new Phase(this, 'knative-serving'), 'knative-serving', [WEBHOOK_PORT]);

    const choice = ambassador(tls ? { tls: TLS } : {});
    namespaces.add(choice.namespace.name, choice.namespace.props);
    const [phase, crds, domain] = [new Phase(this, 'networking'), new Phase(this, 'crds'), 'example.com'];
    this.layer = choice.build(phase, { phase, crds, namespaces, domain });
    policies.open(phase, this.layer.namespace, this.layer.openPorts);

    this.services = new ServicesWithDrainHooks(this, policies, namespaces, this.layer);
  }

  namespace(name: string, props?: NamespaceProps): this {
    this.namespaces.add(name, props);
    return this;
  }

  service(name: string, namespace = 'default'): this {
    new KnativeService(this.services, name, { image: 'docker.io/library/hello:1', namespace });
    return this;
  }

  get objects() {
    return collectObjects(this).filter(({ manifest }) => manifest.apiVersion.startsWith('policy.linkerd.io/'));
  }

  /** `namespace/name` of the open ports. */
  get servers(): string[] {
    return this.objects
      .filter(({ manifest }) => manifest.kind === 'Server')
      .map(({ manifest: { metadata } }) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`);
  }

  /** The networks that a port is open to. */
  networksOf(port: string): string[] {
    const found = this.objects.find(
      ({ manifest: m }) => m.kind === 'NetworkAuthentication' && m.metadata.name === port,
    );
    const { networks } = found?.manifest.spec as unknown as { networks: { cidr: string }[] };
    return networks.map(({ cidr }) => cidr);
  }

  /** The namespaces whose annotation requires mTLS. */
  get requiring(): string[] {
    return collectObjects(this)
      .filter(
        ({ manifest: { metadata } }) =>
          at(metadata.annotations, 'config.linkerd.io/default-inbound-policy') === 'all-authenticated',
      )
      .map(({ manifest: { metadata } }) => metadata.name ?? '');
  }

  get warnings(): string[] {
    return warningsOf(this)
      .filter(({ where }) => where === 'platform/mtls')
      .map(({ message }) => message.slice(0, message.indexOf(':')));
  }
}

class ServicesWithDrainHooks extends KnativeServices {
  constructor(
    scope: Construct,
    private readonly policies: MtlsPolicies,
    namespaces: Namespaces,
    networking: NetworkingLayer,
  ) {
    super(scope, { namespaces, networking, settings: {}, domain: 'example.com' });
  }

  override claim(namespace: string, name: string, service: Construct): ReturnType<KnativeServices['claim']> {
    this.policies.open(this, namespace, [DRAIN_HOOK_PORT]);
    return super.claim(namespace, name, service);
  }
}

const ALL: Required<CallerNetworks> = {
  nodeNetworks: ['10.0.1.0/24', '10.244.0.0/16'],
  apiServerNetworks: ['10.0.0.0/24', 'fd00::/64'],
  probeNetworks: ['10.0.1.0/24'],
};
const ANYWHERE = ['0.0.0.0/0', '::/0'];

const yaml = (stack: Stack): string =>
  stack.objects.map(({ manifest, phase }) => `# ${phase}\n${toYaml(manifest as Json)}`).join('---\n');

test('permissive: nothing', () => {
  const stack = new Stack().service('hello');
  expect([stack.objects, stack.requiring, stack.warnings]).toEqual([[], [], []]);
});

test('required with the least props', () => {
  expect(yaml(new Stack({ mtls: 'required' }).service('hello'))).toMatchSnapshot();
});

test('required with all props', () => {
  expect(yaml(new Stack({ mtls: 'required', networks: ALL, tls: true }).service('hello'))).toMatchSnapshot();
});

test('every meshed namespace requires it, and no other', () => {
  const stack = new Stack({ mtls: 'required' }).namespace('plain', { inject: 'disabled' }).namespace('web');
  expect(stack.requiring).toEqual(['ambassador', 'default', 'knative-serving', 'web']);
});

describe('what passes without an identity', () => {
  const stack = new Stack({ mtls: 'required', networks: ALL, tls: true }).service('hello');

  test("Serving's webhook: calls of the API server, and the kubelets' HTTPS probes on the same port", () => {
    expect(stack.networksOf('webhook')).toEqual([...ALL.apiServerNetworks, ...ALL.nodeNetworks]);
  });

  test('public ports: anybody, whatever the networks of nodes are', () => {
    expect(stack.networksOf('public-http')).toEqual(ANYWHERE);
    expect(stack.networksOf('public-https')).toEqual(ANYWHERE);
  });

  test("queue-proxy's drain hook: kubelets alone", () => {
    expect(stack.networksOf('queue-proxy-drain-hook')).toEqual(ALL.nodeNetworks);
  });

  test('and no other port', () => {
    expect(stack.servers).toEqual([
      'knative-serving/webhook',
      'ambassador/public-http',
      'ambassador/public-https',
      'default/queue-proxy-drain-hook',
    ]);
  });

  test('each is opened in the phase that brings its pods', () => {
    const phases = new Set(stack.objects.map(({ manifest, phase }) => `${phase} ${manifest.metadata.namespace ?? ''}`));
    expect([...phases]).toEqual([
      '45-knative-serving knative-serving',
      '50-networking ambassador',
      '60-services default',
    ]);
  });
});

describe('the drain hook', () => {
  test('is opened in every namespace with services, once, and in no other', () => {
    const stack = new Stack({ mtls: 'required' }).namespace('web').namespace('empty');
    stack.service('hello').service('bye').service('hello', 'web');
    expect(stack.servers.filter((server) => server.endsWith('drain-hook'))).toEqual([
      'default/queue-proxy-drain-hook',
      'web/queue-proxy-drain-hook',
    ]);
  });

  test('is opened in a namespace that is declared after its services', () => {
    const stack = new Stack({ mtls: 'required' }).service('hello', 'later').namespace('later');
    expect(stack.servers).toContain('later/queue-proxy-drain-hook');
  });

  test('is not opened where mTLS is not required: its Server would refuse what passed before', () => {
    const stack = new Stack({ mtls: 'required' }).namespace('open', { mtls: 'permissive' }).service('hello', 'open');
    expect(stack.servers).not.toContain('open/queue-proxy-drain-hook');
  });
});

test('a namespace can require it in a platform that does not', () => {
  const stack = new Stack().namespace('strict', { mtls: 'required' }).service('hello', 'strict').service('hello');
  expect(stack.requiring).toEqual(['strict']);
  expect(stack.servers).toEqual(['strict/queue-proxy-drain-hook']);
});

test('a namespace without proxies cannot require it', () => {
  const stack = new Stack().namespace('plain', { mtls: 'required', inject: 'disabled' });
  expect(() => stack.objects).toThrow(
    'platform/namespaces/plain: mtls: "required" is enforced by nothing where pods have no proxy: leave mtls out, or inject: "disabled"',
  );
});

describe('warnings', () => {
  const { nodeNetworks, apiServerNetworks, probeNetworks } = ALL;

  test.each<[CallerNetworks, string[]]>([
    [{}, ['probeNetworks', 'apiServerNetworks', 'nodeNetworks']],
    [{ probeNetworks }, ['apiServerNetworks', 'nodeNetworks']],
    [{ apiServerNetworks }, ['probeNetworks', 'nodeNetworks']],
    [{ nodeNetworks }, ['apiServerNetworks']],
    [{ nodeNetworks, apiServerNetworks }, []],
  ])('with %j: %j, each once', (networks, warnings) => {
    expect(new Stack({ mtls: 'required', networks }).service('hello').service('bye').warnings).toEqual(warnings);
  });

  test('of what is not rendered there are none', () => {
    expect(new Stack().namespace('strict', { mtls: 'required' }).warnings).toEqual(['probeNetworks']);
  });

  test('a port for two callers is open to all as long as one of them is not narrowed', () => {
    expect(new Stack({ mtls: 'required', networks: { nodeNetworks } }).networksOf('webhook')).toEqual(ANYWHERE);
    expect(new Stack({ mtls: 'required', networks: { apiServerNetworks } }).networksOf('webhook')).toEqual(ANYWHERE);
  });

  test('say what it means', () => {
    const [warning] = warningsOf(new Stack({ mtls: 'required', networks: { apiServerNetworks, probeNetworks } }));
    expect(warning?.message).toBe(
      'nodeNetworks: is not given, so ports that are for kubelets take connections without an identity from every address that reaches the pods (0.0.0.0/0, ::/0): give the networks from which nodes call pods',
    );
  });
});

test.each<[CallerNetworks, string]>([
  [
    { nodeNetworks: ['10.0.0.1'] },
    'nodeNetworks[0]: "10.0.0.1" is an address without a mask: write "10.0.0.1/32" for that address alone',
  ],
  [{ apiServerNetworks: [] }, 'apiServerNetworks: [] lets nobody in: leave it out, or give a network'],
  [
    { probeNetworks: ['kubelet'] },
    'probeNetworks[0]: "kubelet" is not a network: write for example "10.0.0.0/8" or "2001:db8::/32"',
  ],
])('refuses %j, also where nothing is required', (networks, message) => {
  expect(() => new Stack({ networks }).objects).toThrow(`platform/mtls: ${message}`);
});
