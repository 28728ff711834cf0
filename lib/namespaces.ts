import { knownProps, refuseUnknownProps, VALUE } from './objects/known-props';
import type { Construct } from 'constructs';
import { Namespace as KubernetesNamespace } from '../imports/kubernetes';
import type { Inject } from './objects/inject';
import { DEFAULT_INBOUND_POLICY } from './objects/inbound-policy';
import { ADMISSION_WEBHOOKS_LABEL, INJECT_ANNOTATION, NEVER_MESHED } from './objects/inject';
import type { Mtls, NamespaceMtls } from './mesh/mtls';
import { mtlsOf, mtlsProblem } from './mesh/mtls';
import type { ProxyConfig } from './mesh/proxy-config';
import { PROXY_CONFIG, PROXY_CPU_ANNOTATIONS, proxyAnnotations, requestsProxyCpu } from './mesh/proxy-config';
import { entryOf } from './objects/entry-of';
import { addMistake } from './objects/mistakes';
import { Phase } from './objects/phase';
import { PROXY_ENV_ANNOTATION } from './objects/proxy-env';
import { dnsLabelProblem } from './syntax/dns';
import { quote } from './syntax/quote';

/** A level of Kubernetes' Pod Security Standards. */
export type PodSecurity = 'privileged' | 'baseline' | 'restricted';

export interface NamespaceProps {
  /**
   * Whether Linkerd meshes the namespace's pods. It never meshes those of `kube-system` and `cert-manager`.
   *
   * @default 'enabled', where Linkerd meshes pods at all
   */
  readonly inject?: Inject;

  /**
   * Whether the namespace's pods refuse connections that prove no identity of the mesh. Pods that run take a change over when they are
   * restarted. Callers outside of the mesh are cut off, Prometheus and gateways of the cluster's own among them.
   *
   * @default - the platform's
   */
  readonly mtls?: Mtls;

  /**
   * The Pod Security Standard that the namespace enforces. Meshed pods need `privileged`: the init container `linkerd-init`
   * adds NET_ADMIN and NET_RAW, which `baseline` forbids. With linkerd-cni, which takes its place, the others do as well.
   *
   * @default - where pods are meshed `baseline` with linkerd-cni and `privileged` without, otherwise none is set
   */
  readonly podSecurity?: PodSecurity;

  /**
   * Linkerd's proxy in the namespace's pods.
   *
   * @default - as Linkerd's installation has it
   */
  readonly proxy?: ProxyConfig;

  /** @default - none but what the other props add */
  readonly labels?: Readonly<Record<string, string>>;

  /** @default - none but what the other props add */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The props of {@link NamespaceProps}. */
export const NAMESPACE = knownProps<NamespaceProps>({
  inject: VALUE,
  mtls: VALUE,
  podSecurity: VALUE,
  proxy: PROXY_CONFIG,
  labels: VALUE,
  annotations: VALUE,
});

/** Annotations that props write, and those that break the mesh on a namespace: they are for pod templates alone. */
const REFUSED_ANNOTATIONS: Readonly<Record<string, string>> = {
  [INJECT_ANNOTATION]: 'set the prop inject instead',
  [DEFAULT_INBOUND_POLICY]: 'set the prop mtls instead, which also lets those in who must be',
  [PROXY_ENV_ANNOTATION]:
    'the proxy injector answers with a broken patch when a namespace has it, and no pod is created any more: set it on a pod template',
};

/** Labels that break the mesh where pods are meant to be in it: the value that does, and why. */
const REFUSED_LABELS: Readonly<Record<string, { readonly value: string; readonly why: string }>> = {
  [ADMISSION_WEBHOOKS_LABEL]: {
    value: 'disabled',
    why: 'the proxy injector does not see the namespace, and its pods start without a proxy: remove it, or set inject to "disabled"',
  },
};

const POD_SECURITY_LABEL = 'pod-security.kubernetes.io/enforce';

/** A namespace of the platform, annotated for Linkerd's proxy injector. It is declared once, in the first phase. */
export class Namespace extends KubernetesNamespace {
  readonly inject: Inject;

  /** What counts here. Where pods have no proxy nothing is required. */
  readonly mtls: Mtls;

  /** Whether it keeps CPU for its pods' proxies. A limit alone does so too: it counts as the request. */
  readonly requestsProxyCpu: boolean;

  /** @param platform what counts unless `props` say otherwise */
  constructor(scope: Construct, name: string, props: NamespaceProps = {}, platform: NamespacesProps = {}) {
    const neverMeshed = NEVER_MESHED.includes(name);
    const inject = neverMeshed ? 'disabled' : (props.inject ?? 'enabled');
    const meshedLevel = platform.cni === true ? 'baseline' : 'privileged';
    const podSecurity = props.podSecurity ?? (inject === 'disabled' ? undefined : meshedLevel);
    const asked: NamespaceMtls = { name, inject, own: props.mtls, platform: platform.mtls ?? 'permissive' };
    const mtls = mtlsOf(asked);
    super(scope, name, {
      metadata: {
        name,
        labels: { ...(podSecurity && { [POD_SECURITY_LABEL]: podSecurity }), ...props.labels },
        annotations: {
          ...props.annotations,
          [INJECT_ANNOTATION]: inject,
          ...(mtls === 'required' && { [DEFAULT_INBOUND_POLICY]: 'all-authenticated' }),
        },
      },
    });
    this.inject = inject;
    this.mtls = mtls;
    this.requestsProxyCpu =
      requestsProxyCpu(props.proxy) || PROXY_CPU_ANNOTATIONS.some((key) => key in (props.annotations ?? {}));

    refuseUnknownProps(this, props, NAMESPACE);
    const problem = dnsLabelProblem(name);
    if (problem !== undefined) addMistake(this, `name: ${problem}`);
    if (neverMeshed && props.inject !== undefined && props.inject !== 'disabled') {
      addMistake(
        this,
        `inject: ${quote(props.inject)} does nothing in ${name}, which Linkerd never meshes: leave inject out`,
      );
    }
    const unenforced = mtlsProblem(asked);
    if (unenforced !== undefined) addMistake(this, `mtls: ${unenforced}`);
    for (const [key, fix] of Object.entries(REFUSED_ANNOTATIONS)) {
      if (key in (props.annotations ?? {})) addMistake(this, `annotations: ${key} is refused: ${fix}`);
    }
    for (const [key, { value, why }] of Object.entries(REFUSED_LABELS)) {
      if (inject !== 'disabled' && props.labels?.[key] === value) {
        addMistake(this, `labels: ${key} ${quote(value)} is refused: ${why}`);
      }
    }
    for (const [key, value] of Object.entries(proxyAnnotations(this, 'proxy', props.proxy))) {
      this.metadata.addAnnotation(key, value);
    }
  }

  /** Whether pods are meshed unless their own template says otherwise. */
  get meshed(): boolean {
    return this.inject !== 'disabled';
  }
}

export interface NamespacesProps {
  /**
   * Whether meshed namespaces require mTLS unless they say otherwise.
   *
   * @default 'permissive'
   */
  readonly mtls?: Mtls;

  /**
   * Whether linkerd-cni sets up the network of meshed pods, which then need no privileges.
   *
   * @default false
   */
  readonly cni?: boolean;
}

/** The namespaces of the platform: the first phase, since all other objects are within them. */
export class Namespaces extends Phase {
  private readonly declared = new Map<string, Namespace>();
  private readonly visitors: ((namespace: Namespace) => void)[] = [];
  private readonly awaited = new Map<string, ((namespace: Namespace) => void)[]>();

  constructor(
    scope: Construct,
    private readonly props: NamespacesProps = {},
  ) {
    super(scope, 'namespaces');
  }

  /** Declares a namespace. Declaring a name twice is a mistake, reported with all others; the first declaration counts. */
  add(name: string, props: NamespaceProps = {}): Namespace {
    const earlier = this.declared.get(name);
    if (earlier !== undefined) {
      addMistake(this, `namespace "${name}" is declared twice: remove one of the two, or put all its props into one`);
      return earlier;
    }
    const namespace = new Namespace(this, name, props, this.props);
    this.declared.set(name, namespace);
    for (const visit of [...this.visitors, ...(this.awaited.get(name) ?? [])]) visit(namespace);
    return namespace;
  }

  /** The namespace of that name, if the platform declares it. */
  find(name: string): Namespace | undefined {
    return this.declared.get(name);
  }

  /** Does something with each namespace: with those that are declared now, and with others when they are. */
  forEach(visit: (namespace: Namespace) => void): void {
    this.visitors.push(visit);
    this.all.forEach(visit);
  }

  /** Does something with the namespace of that name: now, or when it is declared. */
  once(name: string, visit: (namespace: Namespace) => void): void {
    const declared = this.declared.get(name);
    if (declared !== undefined) visit(declared);
    else entryOf(this.awaited, name, () => []).push(visit);
  }

  /** All that the platform declares, in the order of declaration. */
  get all(): readonly Namespace[] {
    return [...this.declared.values()];
  }
}
