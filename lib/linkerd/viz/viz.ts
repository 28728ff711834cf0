import { Construct } from 'constructs';
import { ApiService, MutatingWebhookConfiguration } from '../../../imports/kubernetes';
import { addMistake } from '../../objects/mistakes';
import type { Phase } from '../../objects/phase';
import { trustAnchorsProblems } from '../../releases/trust-anchors';
import { cidrProblem } from '../../syntax/cidr';
import { quote } from '../../syntax/quote';
import { wholeNumberProblem } from '../../syntax/whole-number';
import { httpUrlProblem } from '../control-plane/http-url';
import { registryProblem } from '../control-plane/images';
import { caInjection } from '../identity/cert-manager';
import { INJECT_ANNOTATION } from '../../objects/inject';
import { resourcesProblems } from '../../mesh/resources';
import { caBundle } from '../trust-root';
import type { VizComponent } from './labels';
import { componentLabels, EXTENSION_LABEL } from './labels';
import { VIZ_NAMESPACE } from './namespace';
import { addPolicies } from './policy';
import { addPrometheus } from './prometheus';
import type { LinkerdVizProps } from './props';
import { addRights } from './rbac';
import { addServiceProfiles } from './service-profiles';
import type { VizSettings } from './settings';
import { vizSettings } from './settings';
import { addMetricsApi, addTap, addTapInjector, addWeb } from './workloads';

const COMPONENTS: readonly VizComponent[] = ['metrics-api', 'prometheus', 'tap', 'tap-injector', 'web'];

/**
 * Linkerd's viz extension, edge-26.8.3, embedded: metrics, tap and the dashboard; all but its Secrets and its namespace. It
 * comes before what it watches: a pod that starts before the tap injector cannot be tapped until it is restarted.
 */
export class LinkerdViz extends Construct {
  /** @param scope the phase of viz */
  constructor(scope: Phase, props: LinkerdVizProps) {
    super(scope, 'linkerd-viz');
    for (const message of problems(props)) addMistake(this, `linkerd.viz.${message}`);

    const settings = vizSettings(props);
    addRights(
      this,
      COMPONENTS.filter((component) => component !== 'prometheus' || settings.ownPrometheus),
    );
    addMetricsApi(this, settings);
    if (settings.ownPrometheus) addPrometheus(this, settings);
    addTap(this, settings);
    addTapInjector(this, settings);
    addWeb(this, settings);
    addPolicies(this, settings);
    addServiceProfiles(this, settings.ownPrometheus);
    addTapApi(this, settings);
    addTapInjectorWebhook(this, settings);
  }
}

/** Makes tap a part of Kubernetes' API, so that its RBAC says who may look at requests. */
function addTapApi(scope: Construct, { webhookCaBundle }: VizSettings): void {
  const [group, version] = ['tap.linkerd.io', 'v1alpha1'];
  new ApiService(scope, 'tap-api', {
    metadata: {
      name: `${version}.${group}`,
      labels: componentLabels('tap'),
      ...injected('tap', webhookCaBundle),
    },
    spec: {
      group,
      version,
      groupPriorityMinimum: 1000,
      versionPriority: 100,
      service: { name: 'tap', namespace: VIZ_NAMESPACE },
      ...(webhookCaBundle !== undefined && { caBundle: caBundle(webhookCaBundle) }),
    },
  });
}

/** A pod that starts while the tap injector is down runs all the same; it cannot be tapped. */
function addTapInjectorWebhook(scope: Construct, { webhookCaBundle }: VizSettings): void {
  new MutatingWebhookConfiguration(scope, 'tap-injector-webhook', {
    metadata: {
      name: 'linkerd-tap-injector-webhook-config',
      labels: EXTENSION_LABEL,
      ...injected('tap-injector', webhookCaBundle),
    },
    webhooks: [
      {
        name: 'tap-injector.linkerd.io',
        admissionReviewVersions: ['v1', 'v1beta1'],
        clientConfig: {
          service: { name: 'tap-injector', namespace: VIZ_NAMESPACE, path: '/' },
          ...(webhookCaBundle !== undefined && { caBundle: caBundle(webhookCaBundle) }),
        },
        failurePolicy: 'Ignore',
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
        },
        // It looks for the proxy, which another webhook adds.
        reinvocationPolicy: 'IfNeeded',
        rules: [
          { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], scope: 'Namespaced' },
        ],
        sideEffects: 'None',
      },
    ],
  });
}

/** Where no CA is given, cert-manager puts it in. */
function injected(service: string, ca: string | undefined): { annotations?: Record<string, string> } {
  return ca === undefined ? { annotations: caInjection({ service, namespace: VIZ_NAMESPACE }) } : {};
}

function problems(props: LinkerdVizProps): string[] {
  const found: string[] = [];
  const note = (prop: string, problem: string | undefined): void => {
    if (problem !== undefined) found.push(`${prop}: ${problem}`);
  };
  const { webhookCaBundle } = props;
  for (const problem of webhookCaBundle === undefined ? [] : trustAnchorsProblems(webhookCaBundle)) {
    note('webhookCaBundle', problem);
  }
  for (const [component, replicas] of Object.entries(props.replicas ?? {})) {
    note(`replicas.${component}`, wholeNumberProblem(replicas, 1, 100));
  }
  for (const [component, resources] of Object.entries(props.resources ?? {})) {
    for (const [name, problem] of resourcesProblems(resources)) note(`resources.${component}.${name}`, problem);
  }
  for (const prop of ['nodeNetworks', 'apiServerNetworks'] as const) {
    for (const network of props[prop] ?? []) note(prop, cidrProblem(network));
    if (props[prop]?.length === 0) note(prop, '[] holds no address range: leave it out, or give one');
  }
  note('prometheusUrl', httpUrlProblem(props.prometheusUrl));
  if (props.grafanaUrl !== undefined && !/^(https?:\/\/)?[a-z0-9.-]+(:\d+)?(\/\S*)?$/.test(props.grafanaUrl)) {
    note(
      'grafanaUrl',
      `${quote(props.grafanaUrl)} is not a host and port or a URL: write for example "grafana.grafana:3000" or "https://grafana.example.com"`,
    );
  }
  if (props.imageRegistry !== undefined) note('imageRegistry', registryProblem(props.imageRegistry));
  for (const key of Object.keys(props.podAnnotations ?? {})) {
    if (key === INJECT_ANNOTATION) note('podAnnotations', `${key} is viz's own: its pods are in the mesh`);
  }
  return found;
}
