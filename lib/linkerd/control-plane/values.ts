import type { Json } from '../../objects/manifest';
import { injectCaFrom } from '../identity/cert-manager';
import { resourceValues } from '../../mesh/resources';
import { initValues, meshValues, NO_STORAGE, proxyValues } from '../proxy/values';
import { GLOBAL_EGRESS_NETWORK_NAMESPACE, MESHED_HTTP2_CLIENT } from './destination';
import { ISSUANCE } from './identity';
import { imageName, LINKERD_VERSION } from './images';
import { LINKERD_NAMESPACE } from './namespace';
import type { ControlPlaneSettings } from './settings';
import { INJECTED_NAMESPACES, INJECTED_OBJECTS, INJECTOR_TIMEOUT_SECONDS, VALIDATED_NAMESPACES } from './webhooks';

const PROBES = { livenessProbe: { timeoutSeconds: 1 }, readinessProbe: { timeoutSeconds: 1 } };

/**
 * The values of Linkerd's chart that would render this control plane. All of them stand there, since the injector renders proxies
 * from them and fills in no defaults. Source: Linkerd edge-26.8.3, the chart's values.
 */
export function controlPlaneValues(settings: ControlPlaneSettings): Record<string, Json> {
  const { proxy, imageRegistry, highAvailability, webhookCaBundle, replicas } = settings;
  // Their keys and certificates are Secrets of their own, which are not rendered.
  const certificate = (service: string) => ({
    caBundle: webhookCaBundle ?? '',
    crtPEM: '',
    externalSecret: true,
    injectCaFrom: webhookCaBundle === undefined ? injectCaFrom({ service, namespace: LINKERD_NAMESPACE }) : '',
    injectCaFromSecret: '',
  });
  const validator = (service: string) => ({ ...certificate(service), namespaceSelector: VALIDATED_NAMESPACES as Json });
  return {
    ...meshValues(proxy),
    ...initValues(proxy),
    ...resourcesValues(settings),
    ...UNUSED,
    cniEnabled: settings.cni,
    controller: {
      podDisruptionBudget: { maxUnavailable: 1 },
      tracing: { collector: { endpoint: '' }, enabled: false },
    },
    controllerImage: imageName('controller', imageRegistry),
    controllerLogFormat: settings.logFormat,
    controllerLogLevel: settings.logLevel,
    controllerReplicas: replicas,
    debugContainer: { image: { name: imageName('debug', imageRegistry), pullPolicy: '', version: '' } },
    deploymentStrategy: settings.strategy as Json,
    destinationController: {
      ...PROBES,
      meshedHttp2ClientProtobuf: MESHED_HTTP2_CLIENT as unknown as Json,
      podAnnotations: {},
    },
    disableHeartBeat: !settings.heartbeat,
    enablePodAntiAffinity: highAvailability,
    enablePodDisruptionBudget: highAvailability,
    heartbeatSchedule: settings.heartbeatSchedule,
    ...(highAvailability && { highAvailability }),
    identity: {
      ...PROBES,
      externalCA: settings.trustAnchors === undefined,
      issuer: {
        clockSkewAllowance: ISSUANCE.clockSkewAllowance,
        issuanceLifetime: ISSUANCE.issuanceLifetime,
        scheme: ISSUANCE.scheme,
        tls: { crtPEM: '' },
      },
      kubeAPI: { clientBurst: ISSUANCE.clientBurst, clientQPS: ISSUANCE.clientQPS },
      podAnnotations: {},
      serviceAccountTokenProjection: true,
    },
    identityTrustAnchorsPEM: settings.trustAnchors ?? '',
    nodeSelector: { ...settings.nodeSelector },
    podAnnotations: { ...settings.podAnnotations },
    policyController: {
      ...PROBES,
      logLevel: settings.logLevel,
      probeNetworks: [...settings.probeNetworks],
      resources: { ...resourceValues(settings.resources.policyController ?? {}), ...NO_STORAGE },
    },
    policyValidator: validator('linkerd-policy-validator'),
    priorityClassName: settings.priorityClassName,
    profileValidator: validator('linkerd-sp-validator'),
    prometheusUrl: settings.prometheusUrl,
    proxy: proxyValues(proxy, settings.defaultInboundPolicy, imageRegistry),
    proxyInjector: {
      ...PROBES,
      ...certificate('linkerd-proxy-injector'),
      namespaceSelector: INJECTED_NAMESPACES as Json,
      objectSelector: INJECTED_OBJECTS as Json,
      podAnnotations: {},
      timeoutSeconds: INJECTOR_TIMEOUT_SECONDS,
    },
    spValidator: PROBES,
    ...(settings.tolerations.length > 0 && { tolerations: settings.tolerations as unknown as Json }),
    webhookFailurePolicy: settings.validatorFailurePolicy,
  };
}

/** Resources of containers, under the names that the chart has for them; those without stay out, as in the chart. */
function resourcesValues({ resources, highAvailability }: ControlPlaneSettings): Record<string, Json> {
  const values = Object.entries(resources)
    .filter(([name]) => name !== 'policyController')
    .map(([name, value]) => [`${name}Resources`, resourceValues(value)]);
  // Linkerd's values for high availability also set these, for no container.
  return {
    ...(highAvailability && { controllerResources: resourceValues(resources.destination ?? {}) }),
    ...(Object.fromEntries(values) as Record<string, Json>),
  };
}

/** What the platform leaves as Linkerd has it. */
const UNUSED: Readonly<Record<string, Json>> = {
  commonLabels: {},
  configReaders: null,
  controllerGID: -1,
  controllerImageVersion: '',
  controllerUID: 2103,
  disableIPv6: true,
  egress: { globalEgressNetworkNamespace: GLOBAL_EGRESS_NETWORK_NAMESPACE },
  enableEndpointSlices: true,
  enableH2Upgrade: true,
  enablePSP: false,
  enablePprof: false,
  imagePullPolicy: 'IfNotPresent',
  imagePullSecrets: [],
  kubeAPI: { clientBurst: 200, clientQPS: 100 },
  linkerdVersion: LINKERD_VERSION,
  podLabels: {},
  podMonitor: {
    controller: {
      enabled: true,
      honorTimestamps: false,
      // A template of the chart's, with which a PodMonitor would be rendered.
      namespaceSelector: 'matchNames:\n  - {{ .Release.Namespace }}\n  - linkerd-viz\n',
    },
    enabled: false,
    labels: {},
    proxy: { enabled: true, honorTimestamps: false },
    scrapeInterval: '10s',
    scrapeTimeout: '10s',
    serviceMirror: { enabled: true, honorTimestamps: false },
  },
  revisionHistoryLimit: 10,
  runtimeClassName: '',
};
