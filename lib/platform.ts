import { Construct } from 'constructs';
import type { Namespace, NamespaceProps } from './namespaces';
import { Namespaces } from './namespaces';
import { KnativeServices } from './knative/services';
import type { KnativeServingSettings } from './knative/settings/settings';
import type { KnativeServingOptions } from './knative/serving/knative-serving';
import { addServing } from './knative/serving/serving';
import type { VendoredLinkerdProps } from './linkerd/release';
import { addVendoredLinkerd, addVendoredViz } from './linkerd/release';
import type { NetworkingLayer, NetworkingLayerChoice } from './networking/layer';
import { addMistake } from './objects/mistakes';
import { Phase } from './objects/phase';
import type { ComponentSummary, Release } from './releases/release';
import { dnsSubdomainProblem } from './syntax/dns';

export interface PlatformProps {
  /**
   * The domain under which Knative Services are public: `helloworld-go` of the namespace `default` answers to
   * `helloworld-go.default.<domain>`.
   */
  readonly domain: string;

  /** What carries requests to Knative Services, with its options: `ambassador()`. */
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
   * How Knative Serving is installed: high availability, numbers of pods, resources, a mirror of its images.
   *
   * @default - as its release has it
   */
  readonly knativeServing?: KnativeServingOptions;

  /**
   * A vendored Linkerd: its trust anchors, and how it is run.
   *
   * @default - see each prop
   */
  readonly linkerd?: VendoredLinkerdProps;

  /**
   * The folder that holds `releases.lock.yaml` and `vendor/`.
   *
   * @default - the project's
   */
  readonly root?: string;

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

  /** @default 'external' */
  readonly linkerd?: Exclude<Release, 'embedded'>;

  /** @default 'external' */
  readonly 'linkerd-viz'?: Exclude<Release, 'embedded'>;

  /**
   * The networking layer's.
   *
   * @default 'embedded'
   */
  readonly networking?: Exclude<Release, 'external'>;
}

/** The whole stack: Knative Serving behind a networking layer, every pod in the Linkerd mesh. */
export class Platform extends Construct {
  readonly namespaces: Namespaces;
  readonly networking: NetworkingLayer;

  /** Knative Services go here. */
  readonly services: KnativeServices;

  /** The components, and where each comes from. */
  readonly components: readonly ComponentSummary[];

  constructor(scope: Construct, id: string, props: PlatformProps) {
    super(scope, id);
    const { domain, ingress, settings = {}, releases = {} } = props;
    const root = props.root === undefined ? {} : { root: props.root };

    const namespaces = new Namespaces(this);
    this.namespaces = namespaces;
    namespaces.add('default', props.defaultNamespace);
    namespaces.add(ingress.namespace.name, ingress.namespace.props);

    const crds = new Phase(this, 'crds');
    const linkerd = { phase: new Phase(this, 'linkerd'), crds, namespaces, ...root };
    const viz = { phase: new Phase(this, 'linkerd-viz'), crds, namespaces, ...root };
    const controlPlane = releases.linkerd === 'vendored' ? addVendoredLinkerd(linkerd, props.linkerd) : undefined;
    const extension = releases['linkerd-viz'] === 'vendored' ? addVendoredViz(viz, props.linkerd) : undefined;

    const config = new Phase(this, 'knative-config');
    const serving = new Phase(this, 'knative-serving');
    const phase = new Phase(this, 'networking', ingress.name);
    const release = releases.networking ?? 'embedded';
    this.networking = ingress.build(phase, { phase, crds, namespaces, domain, release, ...root });
    const servingRelease = releases['knative-serving'] ?? 'embedded';
    const servingVersion = addServing(
      this,
      { crds, config, serving, namespaces, settings, values: { domain, networking: this.networking }, ...root },
      servingRelease,
      props.knativeServing,
    );

    this.services = new KnativeServices(this, { namespaces, networking: this.networking, settings, domain });
    this.components = [
      { name: 'linkerd', release: releases.linkerd ?? 'external', version: controlPlane?.version },
      { name: 'linkerd-viz', release: releases['linkerd-viz'] ?? 'external', version: extension?.version },
      { name: 'knative-serving', release: servingRelease, version: servingVersion },
      { name: ingress.name, release, version: this.networking.version },
    ];

    const problem = dnsSubdomainProblem(domain);
    if (problem !== undefined) addMistake(this, `domain: ${problem}`);
  }

  /** Declares a namespace for services. */
  addNamespace(name: string, props?: NamespaceProps): Namespace {
    return this.namespaces.add(name, props);
  }
}
