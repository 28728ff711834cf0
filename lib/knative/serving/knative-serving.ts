import { Construct } from 'constructs';
import { Image } from '../../../imports/caching.internal.knative.dev';
import { Secret } from '../../../imports/kubernetes';
import { Certificate } from '../../../imports/networking.internal.knative.dev';
import { addMistake } from '../../objects/mistakes';
import type { Phase } from '../../objects/phase';
import { dnsLabelProblem } from '../../syntax/dns';
import { ComponentObjects } from './component-objects';
import { ACTIVATOR } from './components/activator';
import { AUTOSCALER } from './components/autoscaler';
import { AUTOSCALER_HPA } from './components/autoscaler-hpa';
import type { Component } from './components/component';
import { CONTROLLER } from './components/controller';
import { WEBHOOK } from './components/webhook';
import { addServingCrds } from './crds';
import type { ServingProgram } from './images';
import { imageRegistryProblem, servingImage } from './images';
import { componentLabels } from './labels';
import type { ComponentsOptions, PodOptions } from './options';
import { checkPodOptions } from './options';
import { addPostInstallJobs } from './post-install-jobs';
import { addRbac } from './rbac';
import { checkSize, sizeOf } from './size';
import { addWebhookConfigurations } from './webhook-configurations';

/** How Knative Serving is installed. Its configuration, log levels among it, is in the settings. */
export interface KnativeServingOptions {
  /**
   * Runs three pods of each component, or at least three where CPU decides, spread over zones and nodes, and lets a node drain take one of
   * them at a time. `components` can say other numbers.
   *
   * @default false
   */
  readonly highAvailability?: boolean;

  /**
   * Installs the autoscaler that services of the class `hpa.autoscaling.knative.dev` need, which scale by CPU or memory.
   *
   * @default false
   */
  readonly hpaAutoscaler?: boolean;

  /**
   * Runs the Jobs that bring the objects of an older release up to this one: for an upgrade, not for a new cluster. Turn it off again
   * when they are done: Kubernetes refuses to change a Job, so later changes of `imageRegistry` or `pods` would fail.
   *
   * @default false
   */
  readonly postInstallJobs?: boolean;

  /**
   * Where all images come from, the queue proxy's too: a host, where needed with a port and a path, that has them under the
   * paths and digests of the release. For example `registry.example.com/gcr` for what is
   * `registry.example.com/gcr/knative-releases/…` there.
   *
   * @default - gcr.io, as in the release
   */
  readonly imageRegistry?: string;

  /**
   * Numbers of pods and resources, component by component.
   *
   * @default - as in the release
   */
  readonly components?: ComponentsOptions;

  /**
   * What all pods have.
   *
   * @default - as in the release
   */
  readonly pods?: PodOptions;
}

/** The phases that Serving's objects go to. */
export interface KnativeServingPhases {
  readonly crds: Phase;

  /** What is refused while Serving's webhook is down, so that nothing may wait for it. */
  readonly config: Phase;
  readonly serving: Phase;
}

export interface KnativeServingProps extends KnativeServingOptions {
  readonly phases: KnativeServingPhases;

  /** The namespace that it is installed in, which something else declares. */
  readonly namespace: string;
}

/**
 * Knative Serving 1.23.0 as it is released, without the schemas of its custom resources, and without the ConfigMaps, which the settings
 * declare. The images are those of the release, by their digests.
 */
export class KnativeServing extends Construct {
  constructor(scope: Construct, id: string, props: KnativeServingProps) {
    super(scope, id);
    const { phases, namespace, imageRegistry, pods = {}, components = {} } = props;
    const { highAvailability = false, hpaAutoscaler = false, postInstallJobs = false } = props;
    const image = (program: ServingProgram): string => servingImage(program, imageRegistry);
    const serving = new Construct(phases.serving, id);

    addServingCrds(new Construct(phases.crds, id));
    addRbac(new Construct(serving, 'rbac'), namespace);
    for (const component of hpaAutoscaler ? [...COMPONENTS, AUTOSCALER_HPA] : COMPONENTS) {
      const { name } = component;
      const size = sizeOf(component, components[name] ?? {}, highAvailability);
      checkSize(this, name, size);
      new ComponentObjects(serving, { component, namespace, image: image(name), pods, highAvailability, size });
    }
    addWebhookConfigurations(new Construct(serving, 'webhook-configurations'), namespace);
    addWebhookCertificate(serving, namespace);
    addRoutingCertificate(new Construct(phases.config, id), namespace);
    addQueueProxyImage(serving, namespace, image('queue'));
    if (postInstallJobs) addPostInstallJobs(new Construct(serving, 'jobs'), { namespace, image, pods });

    const namespaceProblem = dnsLabelProblem(namespace);
    if (namespaceProblem !== undefined) addMistake(this, `namespace: ${namespaceProblem}`);
    const registryProblem = imageRegistry === undefined ? undefined : imageRegistryProblem(imageRegistry);
    if (registryProblem !== undefined) addMistake(this, `imageRegistry: ${registryProblem}`);
    if (components['autoscaler-hpa'] !== undefined && !hpaAutoscaler) {
      addMistake(this, 'components.autoscaler-hpa: it is not installed: set hpaAutoscaler: true, or leave this out');
    }
    checkPodOptions(this, pods);
  }
}

const COMPONENTS: readonly Component[] = [ACTIVATOR, AUTOSCALER, CONTROLLER, WEBHOOK];

/** The webhook's certificate, which it makes itself in a Secret that must be there. */
function addWebhookCertificate(scope: Construct, namespace: string): void {
  new Secret(scope, 'webhook-certs', {
    metadata: { name: 'webhook-certs', namespace, labels: componentLabels(WEBHOOK.name) },
  });
}

/** The certificate for TLS inside of Serving, where that is enabled. It goes through the webhook, as the ConfigMaps do. */
function addRoutingCertificate(scope: Construct, namespace: string): void {
  const name = 'routing-serving-certs';
  new Certificate(scope, name, {
    metadata: {
      name,
      namespace,
      labels: { 'networking.knative.dev/certificate-type': 'system-internal' },
      annotations: {
        'networking.knative.dev/certificate.class': 'cert-manager.certificate.networking.knative.dev',
      },
    },
    spec: { secretName: name, dnsNames: ['kn-routing', 'data-plane.knative.dev'] },
  });
}

function addQueueProxyImage(scope: Construct, namespace: string, image: string): void {
  const name = 'queue-proxy';
  new Image(scope, name, { metadata: { name, namespace, labels: componentLabels(name) }, spec: { image } });
}
