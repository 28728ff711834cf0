import type { IConstruct } from 'constructs';
import type { Toleration } from '../../../imports/kubernetes';
import { KNOWN_ELSEWHERE, VALUE, knownProps } from '../../objects/known-props';
import { addMistake } from '../../objects/mistakes';
import { labelKeyProblem, labelValueProblem } from '../../syntax/label';
import { quote } from '../../syntax/quote';
import type { ComponentResources } from './components/component';

/** A component whose number of pods is fixed. */
export interface FixedComponentOptions {
  /**
   * How many pods run, at least 1. One of them leads, the others stand by.
   *
   * @default 1, and 3 with `highAvailability`
   */
  readonly replicas?: number;

  /** @default - as in Serving's release */
  readonly resources?: ComponentResources;
}

/** A component whose number of pods follows its use of CPU. */
export interface AutoscaledComponentOptions {
  /**
   * How many pods run at least, from 1.
   *
   * @default 1, and 3 with `highAvailability`
   */
  readonly minReplicas?: number;

  /**
   * How many pods run at most.
   *
   * @default 20 activators and 5 webhooks
   */
  readonly maxReplicas?: number;

  /**
   * It needs a CPU request: pods are added when they use all of it.
   *
   * @default - as in Serving's release
   */
  readonly resources?: ComponentResources;
}

export interface ComponentsOptions {
  /** @default - as in Serving's release */
  readonly activator?: AutoscaledComponentOptions;

  /** @default - as in Serving's release */
  readonly autoscaler?: FixedComponentOptions;

  /**
   * Refused without `hpaAutoscaler`.
   *
   * @default - as in Serving's release
   */
  readonly 'autoscaler-hpa'?: FixedComponentOptions;

  /** @default - as in Serving's release */
  readonly controller?: FixedComponentOptions;

  /** @default - as in Serving's release */
  readonly webhook?: AutoscaledComponentOptions;
}

/** What all pods of Serving have. */
export interface PodOptions {
  /** @default - none but Serving's own, which cannot be changed */
  readonly labels?: Readonly<Record<string, string>>;

  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;

  /**
   * Labels of the nodes that they run on.
   *
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;

  /** @default - none */
  readonly tolerations?: readonly Toleration[];
}

const RESOURCES = knownProps<ComponentResources>({ requests: VALUE, limits: VALUE });
const FIXED = knownProps<FixedComponentOptions>({ replicas: VALUE, resources: RESOURCES });
const AUTOSCALED = knownProps<AutoscaledComponentOptions>({
  minReplicas: VALUE,
  maxReplicas: VALUE,
  resources: RESOURCES,
});

/** The props of {@link ComponentsOptions}. */
export const COMPONENTS_OPTIONS = knownProps<ComponentsOptions>({
  activator: AUTOSCALED,
  autoscaler: FIXED,
  'autoscaler-hpa': FIXED,
  controller: FIXED,
  webhook: AUTOSCALED,
});

/** The props of {@link PodOptions}. */
export const POD_OPTIONS = knownProps<PodOptions>({
  labels: VALUE,
  annotations: VALUE,
  nodeSelector: VALUE,
  tolerations: KNOWN_ELSEWHERE,
});

/** The labels that Serving's pods have anyway, and that Deployments and Services know them by. */
const OWN_LABELS = [
  'app',
  'role',
  'app.kubernetes.io/name',
  'app.kubernetes.io/version',
  'app.kubernetes.io/component',
];

/** Records what is wrong with the options of pods. */
export function checkPodOptions(construct: IConstruct, options: PodOptions): void {
  const { labels = {}, annotations = {}, nodeSelector = {} } = options;
  const refuse = (prop: string, problem: string | undefined): void => {
    if (problem !== undefined) addMistake(construct, `pods.${prop}: ${problem}`);
  };
  for (const [prop, map] of Object.entries({ labels, nodeSelector })) {
    for (const [key, value] of Object.entries(map)) {
      refuse(prop, labelKeyProblem(key));
      refuse(`${prop}.${key}`, labelValueProblem(value));
    }
  }
  for (const key of Object.keys(annotations)) refuse('annotations', labelKeyProblem(key));
  for (const key of OWN_LABELS) {
    if (key in labels) refuse('labels', `${quote(key)} is Serving's own: use another key`);
  }
}
