import { Construct } from 'constructs';
import { addComponentNamespace } from './component-namespace';
import type { Namespace, NamespaceProps } from './namespaces';
import { Namespaces } from './namespaces';
import { addGatewayApi, EXTERNAL_GATEWAY_API } from './gateway-api/gateway-api';
import { KnativeServices } from './knative/services';
import type { KnativeServingSettings } from './knative/settings/settings';
import { SERVING_SETTINGS } from './knative/settings/settings';
import type { ServingOptions } from './knative/serving/serving';
import { SERVING_OPTIONS, addServing } from './knative/serving/serving';
import { LINKERD_NAMESPACE } from './linkerd/control-plane/namespace';
import type { LinkerdOptions } from './linkerd/linkerd';
import { LINKERD_OPTIONS, addLinkerd } from './linkerd/linkerd';
import { WEBHOOK_PORT } from './knative/open-ports';
import type { CallerNetworks } from './linkerd/policy/caller-networks';
import type { Mtls } from './mesh/mtls';
import { MtlsPolicies } from './linkerd/policy/mtls-policies';
import { requestsProxyCpu } from './mesh/proxy-config';
import type { NetworkingLayer, NetworkingLayerChoice } from './networking/layer';
import type { AnyKnown } from './objects/known-props';
import { KNOWN_ELSEWHERE, VALUE, knownProps, refuseUnknownProps } from './objects/known-props';
import { addMistake } from './objects/mistakes';
import { assumeNamespace } from './objects/namespaced';
import { Phase } from './objects/phase';
import type { ComponentSummary, Release } from './releases/release';
import { dnsLabelProblem, domainProblem } from './syntax/dns';
import { textProblem } from './syntax/text';
import { wholeNumberProblem } from './syntax/whole-number';
import { wordProblem } from './syntax/word';
import { quote } from './syntax/quote';

export interface PlatformProps extends CallerNetworks {
  /**
   * The domain under which Knative Services are public: `helloworld-go` of the namespace `default` answers to
   * `helloworld-go.default.<domain>`.
   */
  readonly domain: string;

  /** What carries requests to Knative Services, with its options: `ambassador()` or `kourier()`. */
  readonly ingress: NetworkingLayerChoice;

  /**
   * Where each component comes from.
   *
   * @default - see each component
   */
  readonly releases?: PlatformReleases;

  /**
   * Knative Serving's configuration. The domain and the ingress class are the platform's own.
   *
   * @default - Serving's defaults
   */
  readonly settings?: KnativeServingSettings;

  /**
   * How Knative Serving is installed: high availability, numbers of pods, resources, a mirror of its images, its namespace.
   *
   * @default - as its release has it
   */
  readonly knativeServing?: ServingOptions;

  /**
   * How Linkerd is installed: certificates, high availability, proxies, the viz extension.
   *
   * @default - as its release has it, with viz and with the certificates in `certs/`
   */
  readonly linkerd?: LinkerdOptions;

  /**
   * The folder that holds `releases.lock.yaml` and `vendor/`.
   *
   * @default - the project's
   */
  readonly root?: string;

  /**
   * Whether meshed pods refuse connections that prove no identity of the mesh; see docs/mtls.md. A namespace can have it otherwise.
   *
   * @default 'permissive'
   */
  readonly mtls?: Mtls;

  /**
   * The environment that the platform is for, where one repository describes several: its files are in the folder of that name in `dist/`.
   * A DNS label.
   *
   * @default - its files are in `dist/` itself
   */
  readonly environment?: string;

  /**
   * The most objects that a file of services holds. Where there are more, there is a file for each namespace, and several for one that has
   * more. From 1.
   *
   * @default 250
   */
  readonly objectsPerFile?: number;

  /**
   * The namespace `default`, in which services are unless they say otherwise.
   *
   * @default { inject: 'enabled' }
   */
  readonly defaultNamespace?: NamespaceProps;
}

/** Where each component comes from. */
export interface PlatformReleases {
  /** @default 'embedded' */
  readonly 'knative-serving'?: Release;

  /** @default 'embedded' */
  readonly linkerd?: Release;

  /** @default 'embedded' */
  readonly 'linkerd-viz'?: Release;

  /**
   * Gateway API, two of whose kinds `linkerd check` wants to see. Others on a cluster use it too: `embedded` has no schemas and is for a
   * throw-away cluster alone.
   *
   * @default 'external'
   */
  readonly 'gateway-api'?: Release;

  /**
   * The networking layer's.
   *
   * @default 'embedded'
   */
  readonly networking?: Exclude<Release, 'external'>;
}

const RELEASES_PROPS = knownProps<PlatformReleases>({
  'knative-serving': VALUE,
  linkerd: VALUE,
  'linkerd-viz': VALUE,
  'gateway-api': VALUE,
  networking: VALUE,
});

const PLATFORM = knownProps<Omit<PlatformProps, 'settings'>>({
  domain: VALUE,
  // What ambassador() and kourier() make says so itself, as a Namespace does.
  ingress: KNOWN_ELSEWHERE,
  releases: RELEASES_PROPS,
  knativeServing: SERVING_OPTIONS,
  linkerd: LINKERD_OPTIONS,
  root: VALUE,
  mtls: VALUE,
  nodeNetworks: VALUE,
  apiServerNetworks: VALUE,
  probeNetworks: VALUE,
  environment: VALUE,
  objectsPerFile: VALUE,
  defaultNamespace: KNOWN_ELSEWHERE,
});

/** The props of {@link PlatformProps}. */
const PLATFORM_PROPS: AnyKnown = { kind: 'props', props: { ...PLATFORM.props, settings: SERVING_SETTINGS } };

/** The whole stack: Knative Serving behind a networking layer, every pod in the Linkerd mesh. */
export class Platform extends Construct {
  readonly namespaces: Namespaces;
  readonly networking: NetworkingLayer;

  /** Knative Services go here. */
  readonly services: KnativeServices;

  /** The environment that it is for, if it says so. */
  readonly environment: string | undefined;

  /** How its files are made. */
  readonly files: { readonly objectsPerFile?: number };

  /** The components, and where each comes from. */
  readonly components: readonly ComponentSummary[];

  constructor(scope: Construct, id: string, props: PlatformProps) {
    super(scope, id);
    refuseUnknownProps(this, props, PLATFORM_PROPS);
    const { ingress, settings = {}, releases = {} } = props;
    // Where it is none, the rest is looked at all the same.
    const domain = textProblem(props.domain) === undefined ? props.domain : 'example.com';
    refuseOtherThanLayer(id, ingress);
    const root = props.root === undefined ? {} : { root: props.root };

    const namespaces = new Namespaces(this, {
      ...(props.mtls && { mtls: props.mtls }),
      ...(props.linkerd?.cni !== undefined && { cni: props.linkerd.cni }),
    });
    this.namespaces = namespaces;
    const mtls = new MtlsPolicies(this, 'mtls', { namespaces, networks: props });
    namespaces.add('default', props.defaultNamespace);
    addComponentNamespace(namespaces, ingress.namespace.name, ingress.namespace.props);

    const crds = new Phase(this, 'crds');
    const gatewayApiRelease = releases['gateway-api'] ?? 'external';
    const gatewayApi = addGatewayApi({ crds, namespaces, ...root }, gatewayApiRelease);
    const linkerdRelease = releases.linkerd ?? 'embedded';
    const withoutViz = props.linkerd?.viz === false;
    const vizRelease = withoutViz ? 'external' : (releases['linkerd-viz'] ?? 'embedded');
    const linkerd = addLinkerd(
      {
        crds,
        linkerd: new Phase(this, 'linkerd'),
        viz: new Phase(this, 'linkerd-viz'),
        namespaces,
        networks: props,
        releases: { linkerd: linkerdRelease, 'linkerd-viz': vizRelease },
        ...root,
      },
      props.linkerd,
    );
    const { podAnnotations, proxy } = linkerd;
    if (linkerdRelease === 'external') assumeNamespace(this, LINKERD_NAMESPACE);

    const config = new Phase(this, 'knative-config');
    const serving = new Phase(this, 'knative-serving');
    const phase = new Phase(this, 'networking', ingress.name);
    const release = releases.networking ?? 'embedded';
    this.networking = ingress.build(phase, {
      phase,
      crds,
      namespaces,
      domain,
      release,
      podAnnotations,
      proxy,
      ...root,
    });
    const servingRelease = releases['knative-serving'] ?? 'embedded';
    const servingVersion = addServing(
      this,
      {
        crds,
        config,
        serving,
        namespaces,
        settings,
        values: { domain, networking: this.networking },
        podAnnotations,
        ...root,
      },
      servingRelease,
      props.knativeServing,
    );

    mtls.open(serving, 'knative-serving', [WEBHOOK_PORT]);
    for (const port of this.networking.openPorts) mtls.open(phase, port.namespace ?? this.networking.namespace, [port]);
    this.services = new KnativeServices(this, {
      namespaces,
      networking: this.networking,
      settings,
      domain,
      mtls,
      podAnnotations,
      requestsProxyCpu: requestsProxyCpu(proxy),
      ...(servingRelease !== 'external' && { hpaAutoscaler: props.knativeServing?.hpaAutoscaler ?? false }),
    });
    this.components = [
      {
        name: 'gateway-api',
        release: gatewayApiRelease,
        version: gatewayApi,
        ...(gatewayApiRelease === 'external' && { note: EXTERNAL_GATEWAY_API }),
      },
      { name: 'linkerd', release: linkerdRelease, version: linkerd.version },
      {
        name: 'linkerd-viz',
        release: vizRelease,
        version: linkerd.vizVersion,
        ...(withoutViz && { note: 'left out: linkerd.viz is false' }),
      },
      { name: 'knative-serving', release: servingRelease, version: servingVersion },
      { name: ingress.name, release, version: this.networking.version },
    ];

    const { environment, objectsPerFile } = props;
    this.environment = environment;
    this.files = objectsPerFile === undefined ? {} : { objectsPerFile };
    const environmentProblem =
      environment === undefined ? undefined : (textProblem(environment) ?? dnsLabelProblem(environment));
    if (environmentProblem !== undefined) addMistake(this, `environment: ${environmentProblem}`);
    const sizeProblem = objectsPerFile === undefined ? undefined : wholeNumberProblem(objectsPerFile, 1);
    if (sizeProblem !== undefined) addMistake(this, `objectsPerFile: ${sizeProblem}`);

    const problem = textProblem(props.domain) ?? domainProblem(domain);
    if (problem !== undefined) addMistake(this, `domain: ${problem}`);
    for (const message of releaseProblems(releases)) addMistake(this, message);
    const given = releases['linkerd-viz'];
    if (withoutViz && given !== undefined && given !== 'external') {
      addMistake(
        this,
        `releases.linkerd-viz: ${quote(given)} is given, but linkerd.viz is false, which leaves viz out: remove one of the two`,
      );
    }
  }

  /** Declares a namespace for services. */
  addNamespace(name: string, props?: NamespaceProps): Namespace {
    return this.namespaces.add(name, props);
  }
}

/** The words of each component's release. */
const RELEASES: Readonly<Record<keyof PlatformReleases, readonly Release[]>> = {
  'knative-serving': ['embedded', 'vendored', 'external'],
  linkerd: ['embedded', 'vendored', 'external'],
  'linkerd-viz': ['embedded', 'vendored', 'external'],
  'gateway-api': ['embedded', 'vendored', 'external'],
  networking: ['embedded', 'vendored'],
};

function releaseProblems(releases: PlatformReleases): string[] {
  return Object.entries(releases as Record<string, Release>).flatMap(([component, release]) => {
    if (!Object.hasOwn(RELEASES, component)) return [];
    const problem = wordProblem(release, RELEASES[component as keyof PlatformReleases]);
    return problem === undefined ? [] : [`releases.${component}: ${problem}`];
  });
}

/** Programs run without their types being checked, and without a networking layer there is nothing to build on. */
function refuseOtherThanLayer(platform: string, ingress: unknown): void {
  if (typeof ingress === 'object' && ingress !== null && 'build' in ingress) return;
  const what = ingress === undefined ? 'missing' : typeof ingress === 'function' ? 'a function' : 'no networking layer';
  throw new Error(`${platform}: ingress: is ${what}: give what carries requests to services, for example ambassador()`);
}
