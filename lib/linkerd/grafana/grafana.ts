import { knownProps, KNOWN_ELSEWHERE, VALUE } from '../../objects/known-props';
import { Construct } from 'constructs';
import type { Toleration } from '../../../imports/kubernetes';
import { addMistake } from '../../objects/mistakes';
import type { Phase } from '../../objects/phase';
import { imageReferenceProblem } from '../../syntax/image-reference';
import { VIZ_PROMETHEUS_URL } from '../control-plane/heartbeat';
import { httpUrlProblem } from '../control-plane/http-url';
import { registryProblem } from '../control-plane/images';
import { INJECT_ANNOTATION } from '../../objects/inject';
import type { Resources } from '../../mesh/resources';
import { RESOURCES, resourcesProblems } from '../../mesh/resources';
import { GRAFANA } from './names';
import { addPolicies } from './policy';
import { addProvisioning } from './provisioning';
import { addWorkload } from './workload';

/** From 13.2 the Prometheus data source is a plugin with versions of its own; here it is part of Grafana. */
const IMAGE = 'grafana/grafana:13.1.6';

export interface GrafanaProps {
  /**
   * Grafana's image, by tag or digest.
   *
   * @default - `grafana/grafana:13.1.6`
   */
  readonly image?: string;

  /**
   * The registry that the image comes from unless `image` says otherwise: `registry.example.com` makes
   * `registry.example.com/grafana/grafana`.
   *
   * @default - Docker's
   */
  readonly imageRegistry?: string;

  /**
   * The Prometheus that scrapes the mesh. One that is not viz's own must let Grafana in by itself.
   *
   * @default - viz's own
   */
  readonly prometheusUrl?: string;

  /**
   * Resources of the container.
   *
   * @default - none
   */
  readonly resources?: Resources;

  /**
   * Labels of the nodes that it runs on, besides `kubernetes.io/os: linux`.
   *
   * @default - no others
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;

  /**
   * Taints that its pod puts up with.
   *
   * @default - none
   */
  readonly tolerations?: readonly Toleration[];

  /**
   * Annotations of its pod, for example Linkerd's `config.linkerd.io/proxy-cpu-request`.
   *
   * @default - none but the one that meshes it
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

/** The props of {@link GrafanaProps}. */
export const GRAFANA_PROPS = knownProps<GrafanaProps>({
  image: VALUE,
  imageRegistry: VALUE,
  prometheusUrl: VALUE,
  resources: RESOURCES,
  nodeSelector: VALUE,
  tolerations: KNOWN_ELSEWHERE,
  podAnnotations: VALUE,
});

/**
 * A Grafana with the dashboards that viz's links lead to, in viz's namespace. Viz no longer brings one. It is reached by way
 * of viz's dashboard alone (`grafanaUrl: GRAFANA_URL`), asks for no login, and keeps nothing.
 */
export class Grafana extends Construct {
  /** @param scope the phase of viz */
  constructor(scope: Phase, props: GrafanaProps = {}) {
    super(scope, GRAFANA);
    for (const message of problems(props)) addMistake(this, `linkerd.viz.grafana.${message}`);

    const { imageRegistry, prometheusUrl } = props;
    addProvisioning(this);
    addWorkload(this, {
      image: props.image ?? (imageRegistry === undefined ? IMAGE : `${imageRegistry}/${IMAGE}`),
      prometheusUrl: prometheusUrl ?? VIZ_PROMETHEUS_URL,
      resources: props.resources ?? {},
      nodeSelector: { 'kubernetes.io/os': 'linux', ...props.nodeSelector },
      tolerations: props.tolerations ?? [],
      podAnnotations: props.podAnnotations ?? {},
    });
    addPolicies(this, prometheusUrl === undefined);
  }
}

function problems({
  image,
  imageRegistry,
  prometheusUrl,
  resources = {},
  podAnnotations = {},
}: GrafanaProps): string[] {
  const found: string[] = [];
  const note = (prop: string, problem: string | undefined): void => {
    if (problem !== undefined) found.push(`${prop}: ${problem}`);
  };
  if (image !== undefined) note('image', imageReferenceProblem(image));
  if (imageRegistry !== undefined) note('imageRegistry', registryProblem(imageRegistry));
  note('prometheusUrl', httpUrlProblem(prometheusUrl));
  for (const [name, problem] of resourcesProblems(resources)) note(`resources.${name}`, problem);
  if (INJECT_ANNOTATION in podAnnotations) {
    note('podAnnotations', `${INJECT_ANNOTATION} is Grafana's own: nobody logs in to it, so it must be in the mesh`);
  }
  return found;
}
