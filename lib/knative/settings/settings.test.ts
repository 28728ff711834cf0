import { Testing } from 'cdk8s';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { ConfigMapProps } from '../../../imports/kubernetes';
import { servingConfigMaps } from '../../model/serving/config-maps';
import { judgeSettings } from '../../model/serving/settings/judge-settings';
import { DEPRECATED_KEYS, SETTINGS } from '../../model/serving/settings/tables';
import { collectObjects } from '../../objects/collect';
import type { Json } from '../../objects/manifest';
import { mistakesOf } from '../../objects/mistakes';
import { Phase } from '../../objects/phase';
import { toYaml } from '../../render/yaml';
import { readYamlValue } from '../../yaml/stream';
import { QUEUE_PROXY_IMAGE } from '../serving/images';
import type { PlatformValues } from './platform-values';
import type { KnativeServingSettings } from './settings';
import { addSettings, checkSettings, CONFIG_MAPS, settingsData } from './settings';
import { anySettings } from './testing/settings.arbitrary';

const INGRESS_CLASS = 'kourier.ingress.networking.knative.dev';

const platform: PlatformValues = {
  domain: 'example.com',
  networking: { name: 'kourier', ingressClass: INGRESS_CLASS, limits: {} },
};

function phaseWith(settings: KnativeServingSettings): Phase {
  const phase = new Phase(Testing.app(), 'knative-config');
  addSettings(phase, 'knative-serving', settings, platform);
  return phase;
}

const render = (settings: KnativeServingSettings) =>
  collectObjects(phaseWith(settings))
    .map(({ manifest }) => toYaml(manifest as Json))
    .join('---\n');

/** All props of a type, and of those within it. */
type All<T> = T extends readonly unknown[] | string | number | boolean
  ? T
  : { readonly [K in keyof T]-?: All<Exclude<T[K], undefined>> };

const all: All<Omit<KnativeServingSettings, 'others'>> = {
  domain: {
    'example.org': { selector: { app: 'nonprofit' }, type: 'wildcard' },
    'svc.cluster.local': { selector: { app: 'secret' }, type: 'wildcard' },
  },
  network: {
    ingressClass: INGRESS_CLASS,
    certificateClass: 'own.certificate.networking.knative.dev',
    namespaceWildcardCertSelector: {
      matchLabels: { tls: 'yes' },
      matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
    },
    domainTemplate: '{{.Name}}-{{.Namespace}}.{{.Domain}}',
    tagTemplate: '{{.Name}}-{{.Tag}}',
    externalDomainTls: 'Enabled',
    clusterLocalDomainTls: 'Enabled',
    systemInternalTls: 'Enabled',
    httpProtocol: 'Redirected',
    rolloutDuration: 380,
    autocreateClusterDomainClaims: true,
    enableMeshPodAddressability: true,
    meshCompatibilityMode: 'auto',
    defaultExternalScheme: 'https',
  },
  autoscaler: {
    containerConcurrencyTargetPercentage: 0.75,
    containerConcurrencyTargetDefault: 50,
    requestsPerSecondTargetDefault: 150.5,
    targetBurstCapacity: -1,
    stableWindow: '2m',
    panicWindowPercentage: 20,
    panicThresholdPercentage: 150,
    maxScaleUpRate: 10,
    maxScaleDownRate: 1.5,
    enableScaleToZero: false,
    scaleToZeroGracePeriod: '45s',
    scaleToZeroPodRetentionPeriod: '1m30s',
    podAutoscalerClass: 'hpa.autoscaling.knative.dev',
    activatorCapacity: 200,
    initialScale: 0,
    allowZeroInitialScale: true,
    minScale: 2,
    maxScale: 8,
    scaleDownDelay: '15m',
    maxScaleLimit: 10,
  },
  defaults: {
    revisionTimeoutSeconds: 900,
    maxRevisionTimeoutSeconds: 1800,
    revisionResponseStartTimeoutSeconds: 120,
    revisionIdleTimeoutSeconds: 60,
    revisionCpuRequest: '200m',
    revisionMemoryRequest: '64Mi',
    revisionEphemeralStorageRequest: '1G',
    revisionCpuLimit: '1',
    revisionMemoryLimit: '256Mi',
    revisionEphemeralStorageLimit: '2G',
    containerNameTemplate: '{{.Name}}',
    initContainerNameTemplate: '{{.Name}}-init',
    containerConcurrency: 100,
    containerConcurrencyMaxLimit: 500,
    allowContainerConcurrencyZero: false,
    enableServiceLinks: 'default',
  },
  deployment: {
    queueSidecarImage: 'mirror.example.com/knative/queue:v1.23.0',
    registriesSkippingTagResolving: ['kind.local', 'localhost:5000'],
    digestResolutionTimeout: '20s',
    progressDeadline: '5m',
    queueSidecarCpuRequest: '50m',
    queueSidecarCpuLimit: '500m',
    queueSidecarMemoryRequest: '100Mi',
    queueSidecarMemoryLimit: '200Mi',
    queueSidecarEphemeralStorageRequest: '256Mi',
    queueSidecarEphemeralStorageLimit: '512Mi',
    queueSidecarTokenAudiences: ['service-a', 'service-b'],
    queueSidecarRootca: '-----BEGIN CERTIFICATE-----\nMAo=\n-----END CERTIFICATE-----\n',
    queueSidecarTlsMinVersion: '1.2',
    queueSidecarTlsMaxVersion: '1.3',
    queueSidecarTlsCipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
    queueSidecarTlsCurvePreferences: ['X25519', 'CurveP256'],
    defaultAffinityType: 'none',
    runtimeClassName: { kata: { selector: {} }, gvisor: { selector: { sandbox: 'yes' } } },
    podIsAlwaysSchedulable: true,
  },
  features: {
    securePodDefaults: 'AllowRootBounded',
    multiContainer: 'disabled',
    multiContainerProbing: 'enabled',
    kubernetesPodspecAffinity: 'enabled',
    kubernetesPodspecTopologyspreadconstraints: 'enabled',
    kubernetesPodspecHostaliases: 'enabled',
    kubernetesPodspecNodeselector: 'enabled',
    kubernetesPodspecTolerations: 'enabled',
    kubernetesPodspecFieldref: 'allowed',
    kubernetesPodspecRuntimeclassname: 'allowed',
    kubernetesPodspecDnspolicy: 'allowed',
    kubernetesPodspecDnsconfig: 'allowed',
    kubernetesPodspecSecuritycontext: 'allowed',
    kubernetesPodspecShareprocessnamespace: 'enabled',
    kubernetesPodspecHostipc: 'enabled',
    kubernetesPodspecHostpid: 'enabled',
    kubernetesPodspecHostnetwork: 'enabled',
    kubernetesPodspecPriorityclassname: 'enabled',
    kubernetesPodspecSchedulername: 'enabled',
    kubernetesContainerspecAddcapabilities: 'enabled',
    tagHeaderBasedRouting: 'enabled',
    autodetectHttp2: 'enabled',
    kubernetesPodspecVolumesEmptydir: 'disabled',
    kubernetesPodspecVolumesImage: 'enabled',
    kubernetesPodspecVolumesHostpath: 'enabled',
    kubernetesPodspecVolumesEphemeral: 'enabled',
    kubernetesPodspecVolumesCsi: 'enabled',
    kubernetesPodspecInitContainers: 'enabled',
    kubernetesPodspecPersistentVolumeClaim: 'enabled',
    kubernetesPodspecPersistentVolumeWrite: 'enabled',
    kubernetesPodspecVolumesMountPropagation: 'enabled',
    queueproxyMountPodinfo: 'allowed',
    queueproxyResourceDefaults: 'enabled',
  },
  gc: {
    retainSinceCreateTime: 'disabled',
    retainSinceLastActiveTime: '24h',
    minNonActiveRevisions: 2,
    maxNonActiveRevisions: 'disabled',
  },
  observability: {
    loggingEnableVarLogCollection: true,
    loggingRevisionUrlTemplate: 'https://logs.example.com/?uid=${REVISION_UID}',
    loggingRequestLogTemplate: '{{.Request.Method}} {{.Response.Code}}',
    loggingEnableRequestLog: true,
    loggingEnableProbeRequestLog: true,
    metricsProtocol: 'grpc',
    metricsEndpoint: 'collector.observability:4317',
    metricsExportInterval: '30s',
    requestMetricsProtocol: 'prometheus',
    requestMetricsEndpoint: ':9091',
    requestMetricsExportInterval: '15s',
    runtimeProfiling: 'enabled',
    runtimeExportInterval: '30s',
    tracingProtocol: 'http/protobuf',
    tracingEndpoint: 'http://collector.observability:4318/v1/traces',
    tracingSamplingRate: 0.1,
  },
  logging: {
    zapLoggerConfig: {
      level: 'warn',
      development: true,
      disableCaller: true,
      disableStacktrace: true,
      sampling: { initial: 10, thereafter: 1000 },
      encoding: 'console',
      encoderConfig: {
        messageKey: 'msg',
        levelKey: 'level',
        timeKey: 'ts',
        nameKey: 'name',
        callerKey: 'at',
        functionKey: 'in',
        stacktraceKey: 'stack',
        skipLineEnding: false,
        lineEnding: '\n',
        levelEncoder: 'lowercase',
        timeEncoder: 'iso8601',
        durationEncoder: 'seconds',
        callerEncoder: 'full',
        nameEncoder: 'full',
        consoleSeparator: ' ',
      },
      outputPaths: ['stdout'],
      errorOutputPaths: ['stdout', 'stderr'],
      initialFields: { cluster: 'test' },
    },
    loglevelController: 'debug',
    loglevelAutoscaler: 'debug',
    loglevelQueueproxy: 'error',
    loglevelWebhook: 'debug',
    loglevelActivator: 'debug',
    loglevelHpaautoscaler: 'debug',
    loglevelNetIstioController: 'debug',
    loglevelNetContourController: 'debug',
    loglevelNetKourierController: 'debug',
    loglevelNetGatewayApiController: 'debug',
  },
  leaderElection: { leaseDuration: '15s', renewDeadline: '10s', retryPeriod: '2s', buckets: 3 },
  tracing: {},
  certmanager: {
    issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt', group: 'cert-manager.io' },
    clusterLocalIssuerRef: { kind: 'ClusterIssuer', name: 'company', group: 'cert-manager.io' },
    systemInternalIssuerRef: {
      kind: 'AWSPCAClusterIssuer' as 'ClusterIssuer',
      name: 'pca',
      group: 'awspca.cert-manager.io',
    },
  },
};

describe('the ConfigMaps of Knative Serving', () => {
  it('are these with the least settings', () => {
    expect(render({})).toMatchSnapshot();
  });

  it('are these with all settings', () => {
    expect(render(all)).toMatchSnapshot();
  });

  it('have no data where nothing is said, and no example', () => {
    const objects = collectObjects(phaseWith({ tracing: {}, gc: {} })).map(({ manifest }) => manifest);
    const withData = objects.filter((object) => 'data' in object).map(({ metadata }) => metadata.name);
    expect(withData).toEqual(['config-deployment', 'config-domain', 'config-network']);
    expect(JSON.stringify(objects)).not.toContain('example-checksum');
  });

  it('have the image of the release unless the settings say another', () => {
    const image = (settings: KnativeServingSettings) =>
      collectObjects(phaseWith(settings)).find(({ manifest }) => manifest.metadata.name === 'config-deployment')
        ?.manifest.data;
    expect(image({})).toEqual({ 'queue-sidecar-image': QUEUE_PROXY_IMAGE });
    const mirrored = 'mirror.example.com/queue:v1.23.0';
    expect(image({ deployment: { queueSidecarImage: mirrored } })).toEqual({ 'queue-sidecar-image': mirrored });
  });
});

describe('the data of settings', () => {
  it("is the platform's own where nothing is said", () => {
    const said = Object.entries(settingsData({}, platform)).filter(([, data]) => Object.keys(data).length > 0);
    expect(Object.fromEntries(said)).toEqual({
      'config-domain': { 'example.com': '' },
      'config-network': { 'ingress-class': INGRESS_CLASS, 'mesh-compatibility-mode': 'disabled' },
    });
  });

  it('leaves the image of the queue proxy to the release', () => {
    expect(settingsData({ deployment: { progressDeadline: '300s' } }, platform)['config-deployment']).toEqual({
      'progress-deadline': '300s',
    });
  });

  it('comes back from YAML as it was', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const objects = collectObjects(phaseWith(settings));
        const read = objects.map(
          ({ manifest }) => parse(toYaml(manifest as Json), { version: '1.1' }) as ConfigMapProps,
        );
        const data = Object.fromEntries(read.map(({ metadata, data = {} }) => [metadata.name, data]));
        expect(data).toMatchObject(settingsData(settings, platform));
      }),
    );
  });

  it('is what Knative reads the values from', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const data = settingsData(settings, platform);
        for (const [name, configMap] of Object.entries(CONFIG_MAPS)) {
          const values: object = settings[name as keyof KnativeServingSettings] ?? {};
          const table = 'table' in configMap.settings ? configMap.settings.table : undefined;
          for (const [prop, value] of Object.entries(values)) {
            const text = data[configMap.name][table?.[prop]?.key ?? prop];
            expect(asRead(text ?? '', value)).toEqual(value);
          }
        }
      }),
    );
  });
});

describe('beside what is known of any ConfigMap of Serving', () => {
  it('nothing is said of what is written here', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const said = servingConfigMaps(collectObjects(phaseWith(settings)), []).flatMap((one) =>
          judgeSettings(one, readYamlValue),
        );
        expect(said).toEqual([]);
      }),
    );
  });

  it('there is a prop for each key that is not deprecated, and no other', () => {
    for (const { name, settings } of Object.values(CONFIG_MAPS)) {
      if (!('table' in settings)) continue;
      const known = Object.keys(SETTINGS[name] ?? {}).filter((key) => DEPRECATED_KEYS[name]?.[key] === undefined);
      expect(
        Object.values(settings.table)
          .map(({ key }) => key)
          .sort(),
      ).toEqual(known.sort());
    }
  });
});

/** A text of a ConfigMap as Go reads it where it expects such a value: sigs.k8s.io/yaml speaks YAML 1.1. */
function asRead(text: string, expected: unknown): unknown {
  if (Array.isArray(expected)) return text === '' ? [] : text.split(',');
  if (typeof expected === 'object') return parse(text, { version: '1.1' });
  return typeof expected === 'string' ? text : JSON.parse(text);
}

it('reports the mistakes of all ConfigMaps together, on the construct that it is given', () => {
  const chart = Testing.chart();
  checkSettings(chart, { gc: { minNonActiveRevisions: -1 }, leaderElection: { buckets: 11 } }, platform);
  expect(mistakesOf(chart)).toEqual([
    {
      where: chart.node.path,
      message: 'settings.gc.minNonActiveRevisions: -1 is not a whole number of at least 0',
    },
    { where: chart.node.path, message: 'settings.leaderElection.buckets: 11 is not a whole number from 1 to 10' },
  ]);
});

describe('a key that is newer than what is known', () => {
  const mistakes = (others: object): string[] => {
    const phase = new Phase(Testing.app(), 'knative-config');
    checkSettings(phase, { others }, platform);
    return mistakesOf(phase).map(({ message }) => message);
  };

  it('stands in the ConfigMap beside those of props', () => {
    const others = { 'config-network': { 'domainmapping-direct-route-traffic': 'enabled' } };
    const { 'config-network': network } = settingsData({ network: { rolloutDuration: 5 }, others }, platform);
    expect(network).toMatchObject({ 'rollout-duration': '5', 'domainmapping-direct-route-traffic': 'enabled' });
    expect(mistakes(others)).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    [
      'that a prop has',
      { 'config-network': { 'rollout-duration': '5' } },
      /^settings\.others\.config-network\.rollout-duration: is known to Serving 1\.23\.0: set it in settings\.network,/,
    ],
    [
      'of no ConfigMap',
      { 'config-networks': { a: 'b' } },
      /^settings\.others\.config-networks: is no prop: did you mean "config-network"\?$/,
    ],
    [
      'that is no text',
      { 'config-gc': { 'a-new-key': 3 } },
      /^settings\.others\.config-gc\.a-new-key: 3 is not a text: write it as one$/,
    ],
  ])('is refused where it is one %s', (_, others, message) => {
    expect(mistakes(others)).toEqual([expect.stringMatching(message)]);
  });
});

describe('an unknown key', () => {
  it('does not compile', () => {
    // @ts-expect-error -- a key with a typo
    const typo: KnativeServingSettings = { network: { ingressClas: 'x' } };
    // @ts-expect-error -- no such ConfigMap
    const map: KnativeServingSettings = { networks: {} };
    // @ts-expect-error -- nothing can be set there
    const tracing: KnativeServingSettings = { tracing: { backend: 'zipkin' } };
    expect([typo, map, tracing]).toHaveLength(3);
  });
});
