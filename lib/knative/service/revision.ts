import { Lazy } from 'cdk8s';
import type { RevisionTemplate } from '../../../imports/serving.knative.dev';
import { VALUE, knownProps } from '../../objects/known-props';
import { INJECT_ANNOTATION } from '../../objects/inject';
import type { ProxyConfig } from '../../mesh/proxy-config';
import { PROXY_CONFIG, PROXY_CPU_ANNOTATIONS, proxyAnnotations, requestsProxyCpu } from '../../mesh/proxy-config';
import { proxyEnv } from './proxy-env';
import type { GoDuration } from '../../syntax/go-duration';
import type { Admission } from './admission';
import type { Texts } from './metadata';
import { checkMetadata, FULL_DUPLEX_ANNOTATION, PROGRESS_DEADLINE_ANNOTATION, withoutEmpty } from './metadata';
import type { PodProps } from './pod';
import { POD, podSpec } from './pod';
import type { QueueProxy } from './queue-proxy';
import { QUEUE_PROXY_PROPS, queueProxyAnnotations } from './queue-proxy';
import type { RequestProps } from './requests';
import { REQUESTS, requestFields } from './requests';
import type { Scale } from './scale';
import { SCALE, scaleAnnotations, goesByCpu } from './scale';

/** What a service's revisions are made of: each change of it makes a new one. */
export interface RevisionProps extends PodProps, RequestProps {
  /**
   * The revision's name, which begins with `<name>-`. Whoever gives one must change it with each change of the template.
   *
   * @default - `<name>-NNNNN`, counted by Serving
   */
  readonly revisionName?: string;

  /**
   * How many pods there are.
   *
   * @default - as `config-autoscaler` of the platform's settings has it
   */
  readonly scale?: Scale;

  /**
   * How long a revision may take to become ready, whole seconds, more than 0s.
   *
   * @default - `progress-deadline` of the platform's settings, which is 600s
   */
  readonly progressDeadline?: GoDuration;

  /**
   * Whether Linkerd's proxy is in the pods. It wins over what the namespace says, but in a namespace that is not meshed pods start
   * without a proxy while the injector does not answer.
   *
   * @default - as the namespace has it where it is declared before the service, otherwise true
   */
  readonly meshed?: boolean;

  /**
   * Linkerd's proxy in the pods.
   *
   * @default - as the namespace has it; where Kubernetes' HPA scales by CPU and nothing keeps CPU for the proxy, a request of 100m
   */
  readonly proxy?: ProxyConfig;

  /**
   * Serving's queue-proxy in the pods.
   *
   * @default - as `config-deployment` of the platform's settings has it
   */
  readonly queueProxy?: QueueProxy;

  /**
   * Whether a response may begin before its HTTP/1.1 request has ended.
   *
   * @default false
   */
  readonly httpFullDuplex?: boolean;

  /**
   * The labels of revisions and pods.
   *
   * @default - none but what Serving adds
   */
  readonly templateLabels?: Texts;

  /**
   * The annotations of revisions and pods.
   *
   * @default - none but what the other props add
   */
  readonly templateAnnotations?: Texts;
}

/** The props of {@link RevisionProps}. */
export const REVISION = knownProps<RevisionProps>({
  ...POD.props,
  ...REQUESTS.props,
  revisionName: VALUE,
  scale: SCALE,
  progressDeadline: VALUE,
  meshed: VALUE,
  proxy: PROXY_CONFIG,
  queueProxy: QUEUE_PROXY_PROPS,
  httpFullDuplex: VALUE,
  templateLabels: VALUE,
  templateAnnotations: VALUE,
});

/** The template of a service's revisions. */
export function revisionTemplate(admission: Admission, props: RevisionProps): RevisionTemplate {
  const { revisionName, scale = {}, queueProxy, progressDeadline, httpFullDuplex, proxy } = props;
  const { templateLabels: labels = {}, templateAnnotations = {} } = props;
  checkMetadata(admission, 'templateLabels', labels);
  checkMetadata(admission, 'templateAnnotations', templateAnnotations);
  const proxied = proxyAnnotations(admission.construct, 'proxy', proxy);
  if (proxy !== undefined && !admission.meshed) {
    admission.warn('proxy', 'has no effect with meshed: false: remove one of the two');
  }
  for (const key of Object.keys(proxied).filter((key) => key in templateAnnotations)) {
    admission.refuse(`templateAnnotations.${key}`, 'is written by the prop proxy too: remove one of the two');
  }
  const annotations = {
    ...(admission.meshed && admission.podAnnotations),
    ...(admission.meshed &&
      !requestsProxyCpu(proxy) &&
      goesByCpu(admission, scale) &&
      proxyCpu(admission, templateAnnotations)),
    ...templateAnnotations,
    ...(admission.meshed && proxyEnv(admission, props)),
    [INJECT_ANNOTATION]: admission.meshed ? 'enabled' : 'disabled',
    ...proxied,
    ...scaleAnnotations(admission, scale),
    ...(queueProxy && queueProxyAnnotations(admission, queueProxy)),
    ...(progressDeadline !== undefined && { [PROGRESS_DEADLINE_ANNOTATION]: progressDeadline }),
    ...(httpFullDuplex !== undefined && { [FULL_DUPLEX_ANNOTATION]: httpFullDuplex ? 'Enabled' : 'Disabled' }),
  };
  return {
    metadata: { ...(revisionName !== undefined && { name: revisionName }), ...withoutEmpty(labels, annotations) },
    spec: { ...podSpec(admission, props), ...requestFields(admission, props) },
  };
}

/** What Kubernetes' HPA needs of Linkerd's proxy: it asks how much of the CPU request of each container is used. */
function proxyCpu(admission: Admission, templateAnnotations: Texts): Texts {
  if (PROXY_CPU_ANNOTATIONS.some((key) => key in templateAnnotations)) return {};
  // The namespace may be declared after its services.
  const request: unknown = Lazy.any({
    produce: () => (admission.requestsProxyCpu() ? undefined : PROXY_CPU_REQUEST),
  });
  return { [PROXY_CPU_ANNOTATIONS[0]]: request as string };
}

/** The CPU request of a proxy in Linkerd's values for high availability. */
const PROXY_CPU_REQUEST = '100m';
