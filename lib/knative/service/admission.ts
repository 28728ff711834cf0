import type { IConstruct } from 'constructs';
import type { Mtls } from '../../mesh/mtls';
import { addMistake, addWarning } from '../../objects/mistakes';
import type { Limit } from '../../model/networking-limits';
import type { ServingConfig as JudgedConfig } from '../../model/serving/config';
import type { Feature } from '../../model/serving/features';
import { flagProblem } from '../../model/serving/flag';
import type { NetworkingLayer } from '../../networking/layer';
import type { PropWords } from './prop-words';
import type { ServingConfig } from './serving-config';

export interface AdmissionProps {
  /** The Knative Service, on which all that is wrong with it is recorded. */
  readonly construct: IConstruct;
  readonly config: ServingConfig;

  /** The same as the judge of Knative objects takes it. */
  readonly judged: JudgedConfig;

  /** How messages name the service's props. */
  readonly words: PropWords;
  readonly networking: NetworkingLayer;

  /** Whether Linkerd's proxy is in the pods. */
  readonly meshed: boolean;

  /** Whether Knative's autoscaler for the HPA is installed; `undefined` if that is not known. */
  readonly hpaAutoscaler: boolean | undefined;

  /** Annotations that the platform gives to the templates of meshed services. */
  readonly podAnnotations: Readonly<Record<string, string>>;

  /** Whether the namespace or Linkerd's installation keeps CPU for the proxy; known when all namespaces are declared. */
  readonly requestsProxyCpu: () => boolean;

  /** What the namespace requires; `undefined` until it is declared. */
  readonly namespaceMtls: () => Mtls | undefined;
}

/** What would be said of a service in the cluster, by Knative's admission webhook and by those behind it, found before it gets there. */
export class Admission {
  readonly construct: IConstruct;
  readonly config: ServingConfig;
  readonly judged: JudgedConfig;
  readonly words: PropWords;
  readonly networking: NetworkingLayer;
  readonly meshed: boolean;
  readonly hpaAutoscaler: boolean | undefined;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly requestsProxyCpu: () => boolean;
  readonly namespaceMtls: () => Mtls | undefined;

  private readonly refused = new Set<string>();

  constructor(props: AdmissionProps) {
    const { construct, config, judged, words, networking, meshed, hpaAutoscaler, podAnnotations } = props;
    const { requestsProxyCpu, namespaceMtls } = props;
    this.construct = construct;
    this.config = config;
    this.judged = judged;
    this.words = words;
    this.networking = networking;
    this.meshed = meshed;
    this.hpaAutoscaler = hpaAutoscaler;
    this.podAnnotations = podAnnotations;
    this.requestsProxyCpu = requestsProxyCpu;
    this.namespaceMtls = namespaceMtls;
  }

  /** Records what is wrong with a prop, if something is. */
  refuse(path: string, problem: string | undefined): void {
    if (problem === undefined) return;
    this.refused.add(path);
    addMistake(this.construct, `${path}: ${problem}`);
  }

  /** Whether a prop is refused. */
  isRefused(path: string): boolean {
    return this.refused.has(path);
  }

  /** Records what a user should know of a prop. */
  warn(path: string, message: string): void {
    addWarning(this.construct, `${path}: ${message}`);
  }

  /** Refuses a prop unless the platform's settings have the flag of `config-features` that it needs. */
  requireFlag(path: string, flag: Feature): void {
    this.refuse(path, flagProblem(this.judged, flag, this.words));
  }

  /** Refuses a prop because of something that the networking layer cannot do. */
  refuseForLimit(path: string, what: string, { effect, remedy }: Limit): void {
    this.refuse(path, `${what}: with ${this.networking.name}, ${effect}: ${remedy}`);
  }

  /** Records that a prop does nothing because of something that the networking layer cannot do. */
  warnOfLimit(path: string, what: string, { effect, remedy }: Limit): void {
    this.warn(path, `${what}: with ${this.networking.name}, ${effect}: ${remedy}`);
  }
}
