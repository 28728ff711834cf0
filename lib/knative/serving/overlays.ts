import type { ObjectMeta, PodTemplateSpec } from '../../../imports/kubernetes';
import {
  ConfigMap,
  Deployment,
  Job,
  MutatingWebhookConfiguration,
  PodDisruptionBudget,
  ValidatingWebhookConfiguration,
} from '../../../imports/kubernetes';
import { without } from '../../objects/without';
import type { Overlay } from '../../releases/overlay';
import { overlay } from '../../releases/overlay';
import { EXCLUDED_NAMESPACES, expandedRules, rulesProblem } from './webhook-rules';

const NAMESPACE = 'knative-serving';
const EXAMPLE = '_example';
const EXAMPLE_CHECKSUM = 'knative.dev/example-checksum';

/** The data of Serving's ConfigMaps, by their names. */
export type ConfigMapData = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Annotations of pods. */
export type PodAnnotations = Readonly<Record<string, string>>;

/** What a vendored release of Knative Serving is rendered with. */
export function servingOverlays(settings: ConfigMapData, podAnnotations: PodAnnotations = {}): Overlay[] {
  return [
    ...settingsOverlays(settings),
    withoutExamples,
    ...(Object.keys(podAnnotations).length > 0 ? [annotated(podAnnotations)] : []),
    ...['activator-pdb', 'webhook-pdb'].map(drainable),
    ...webhookOverlays,
  ];
}

/** What is changed in the Jobs that migrate the objects of an older release. */
export const postInstallJobsOverlay = (podAnnotations: PodAnnotations = {}): Overlay =>
  overlay({
    kind: Job,
    of: { where: ({ metadata }) => 'generateName' in metadata, called: 'without a name' },
    because:
      'kubectl apply cannot apply what has no name, and a Job that removes itself is made again on every pass of Flux',
    change: ({ metadata, spec, ...job }) => ({
      ...job,
      metadata: namedByVersion(metadata),
      ...(spec && { spec: withAnnotations(without(spec, 'ttlSecondsAfterFinished'), podAnnotations) }),
    }),
  });

const annotated = (podAnnotations: PodAnnotations): Overlay =>
  overlay({
    kind: Deployment,
    of: { where: () => true, called: 'of any name' },
    because: 'the platform has annotations for all pods, such as those with which they can be tapped',
    change: ({ spec, ...deployment }) => ({
      ...deployment,
      ...(spec && { spec: withAnnotations(spec, podAnnotations) }),
    }),
  });

function withAnnotations<Spec extends { readonly template: PodTemplateSpec }>(
  spec: Spec,
  annotations: PodAnnotations,
): Spec {
  if (Object.keys(annotations).length === 0) return spec;
  const { metadata, ...template } = spec.template;
  return {
    ...spec,
    template: { ...template, metadata: { ...metadata, annotations: { ...metadata?.annotations, ...annotations } } },
  };
}

function settingsOverlays(settings: ConfigMapData): Overlay[] {
  return Object.entries(settings)
    .filter(([, data]) => Object.keys(data).length > 0)
    .map(([name, data]) =>
      overlay({
        kind: ConfigMap,
        of: { name, namespace: NAMESPACE },
        because: 'the platform has settings for it',
        change: (configMap) => ({ ...configMap, data: { ...configMap.data, ...data } }),
      }),
    );
}

/** Example and checksum go together: the webhook refuses one that the other does not match. What has no data then has no `data`. */
const withoutExamples = overlay({
  kind: ConfigMap,
  of: { where: ({ data }) => data?.[EXAMPLE] !== undefined, called: 'with an example' },
  because: 'an example sets nothing, and one holds ${…}, which Flux takes for a variable',
  change: ({ metadata, data, ...configMap }) => {
    const rest = without(data ?? {}, EXAMPLE);
    return {
      ...configMap,
      metadata: withoutChecksum(metadata),
      ...(Object.keys(rest).length > 0 && { data: rest }),
    };
  },
});

const drainable = (name: string): Overlay =>
  overlay({
    kind: PodDisruptionBudget,
    of: { name, namespace: NAMESPACE },
    because: '80 % of one replica is one, so that no node with it could be drained',
    change: ({ spec, ...budget }) => ({
      ...budget,
      spec: { ...without(spec ?? {}, 'minAvailable'), maxUnavailable: 1 },
    }),
  });

const CONTROLLERS_RULES =
  'the controller rewrites its rules and namespaceSelector, and what is rendered should not differ';

/** The third, `config.webhook.serving.knative.dev`, has no rules in upstream's file: those that the controller adds in the cluster stay, and nothing differs. */
const webhookOverlays: readonly Overlay[] = [
  overlay({
    kind: MutatingWebhookConfiguration,
    of: 'webhook.serving.knative.dev',
    because: CONTROLLERS_RULES,
    change: ({ webhooks, ...configuration }) => ({
      ...configuration,
      webhooks: (webhooks ?? []).map((webhook) => expanded(webhook, ['CREATE', 'UPDATE'])),
    }),
  }),
  overlay({
    kind: ValidatingWebhookConfiguration,
    of: 'validation.webhook.serving.knative.dev',
    because: CONTROLLERS_RULES,
    change: ({ webhooks, ...configuration }) => ({
      ...configuration,
      webhooks: (webhooks ?? []).map((webhook) => expanded(webhook, ['CREATE', 'UPDATE', 'DELETE'])),
    }),
  }),
];

type Webhook = NonNullable<ConstructorParameters<typeof MutatingWebhookConfiguration>[2]['webhooks']>[number];

function expanded<Given extends Pick<Webhook, 'rules' | 'namespaceSelector'>>(
  webhook: Given,
  operations: readonly string[],
): Given {
  const problem = rulesProblem(webhook.rules);
  if (problem !== undefined) throw new Error(problem);
  const { matchExpressions = [], ...selector } = webhook.namespaceSelector ?? {};
  return {
    ...webhook,
    rules: expandedRules(operations),
    namespaceSelector: { ...selector, matchExpressions: [EXCLUDED_NAMESPACES, ...matchExpressions] },
  };
}

/** `cleanup-serving-` of version 1.23.0 becomes `cleanup-serving-1.23.0`: a Job of another version is another Job, for its template cannot be changed. */
function namedByVersion({
  generateName = '',
  ...metadata
}: ObjectMeta & { readonly generateName?: string }): ObjectMeta {
  const version = metadata.labels?.['app.kubernetes.io/version'];
  if (version === undefined) throw new Error('it has no label app.kubernetes.io/version to name it by');
  return { ...metadata, name: `${generateName}${version}` };
}

function withoutChecksum({ annotations = {}, ...metadata }: ObjectMeta): ObjectMeta {
  const rest = without(annotations, EXAMPLE_CHECKSUM);
  return { ...metadata, ...(Object.keys(rest).length > 0 && { annotations: rest }) };
}
