import type { Construct, IConstruct } from 'constructs';
import type { MtlsPolicies } from '../linkerd/policy/mtls-policies';
import type { Namespaces } from '../namespaces';
import type { ServingConfig as JudgedConfig } from '../model/serving/config';
import type { NetworkingLayer } from '../networking/layer';
import { Phase } from '../objects/phase';
import { DRAIN_HOOK_PORT } from './open-ports';
import type { ServingConfig } from './service/serving-config';
import { judgedConfig, servingConfig } from './service/serving-config';
import type { KnativeServingSettings } from './settings/settings';

/** What Knative Services need to know of the platform that they are part of. */
export interface KnativeServicesProps {
  readonly namespaces: Namespaces;
  readonly networking: NetworkingLayer;

  /** Serving's configuration, whose flags and limits decide what a service may say. */
  readonly settings: KnativeServingSettings;

  /** The platform's domain. */
  readonly domain: string;

  /**
   * Whether Knative's autoscaler of the class `hpa.autoscaling.knative.dev` is installed.
   *
   * @default - not known
   */
  readonly hpaAutoscaler?: boolean;

  /**
   * Opens what the kubelet must reach in the services' pods, where their namespace requires mTLS.
   *
   * @default - nothing is opened
   */
  readonly mtls?: MtlsPolicies;

  /**
   * Annotations of the templates of meshed services, besides their own.
   *
   * @default - none
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;

  /**
   * Whether Linkerd's installation keeps CPU for the proxies of all meshed pods.
   *
   * @default false
   */
  readonly requestsProxyCpu?: boolean;
}

/** The Knative Services of the platform: the last phase, since Knative's webhook refuses them until it runs. */
export class KnativeServices extends Phase {
  /** What of Serving's configuration decides what a service may say. */
  readonly config: ServingConfig;

  /** The same as the judge of Knative objects takes it. */
  readonly judged: JudgedConfig;

  private readonly declared = new Map<string, IConstruct>();

  /**
   * The Knative Services that a construct is within.
   *
   * @throws Error if it is within none
   */
  static around(construct: IConstruct): KnativeServices {
    const found = construct.node.scopes.find((scope): scope is KnativeServices => known.has(scope));
    if (found === undefined) {
      throw new Error(
        `${construct.node.path}: a Knative Service stands within platform.services: pass that, or a construct within it, as scope`,
      );
    }
    return found;
  }

  constructor(
    scope: Construct,
    readonly platform: KnativeServicesProps,
  ) {
    super(scope, 'services');
    this.config = servingConfig(platform.settings);
    this.judged = judgedConfig(platform.settings);
    known.add(this);
  }

  /** Takes a name of a namespace for a service. Where another has it already, it stays with that one, which is given back. */
  claim(namespace: string, name: string, service: IConstruct): IConstruct | undefined {
    this.platform.mtls?.open(this, namespace, [DRAIN_HOOK_PORT]);
    const key = `${namespace}/${name}`;
    const earlier = this.declared.get(key);
    if (earlier === undefined) this.declared.set(key, service);
    return earlier;
  }
}

const known = new WeakSet<IConstruct>();
