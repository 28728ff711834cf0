import { describeObject } from '../../objects/manifest';
import { autoscaledBy, measuresCpuOf } from '../../model/autoscaler';
import { isGivenCpu, withoutCpuRequest } from '../../model/cpu-request';
import { text } from '../../objects/json';
import { PROXY_CONTAINER } from '../../objects/inject';
import { hasOwnProxy, isMeshed, proxyRequestsCpu } from '../../model/mesh';
import type { ObjectIndex } from '../../model/object-index';
import type { PodTemplate } from '../../model/pod-template';
import { inTemplate, isKnative } from '../../model/pod-template';
import { HPA, SCALE_GROUP, scalesByCpu } from '../../model/serving/scale';
import type { Problem } from '../finding';
import type { Rule } from '../rule';

/** Source: Kubernetes 1.34, `pkg/controller/podautoscaler/replica_calculator.go`: one container without a request, and the pod does not count. */
export const proxyCpuRequest: Rule = {
  id: 'proxy-cpu-request',
  group: 'mesh',
  severity: 'error',
  title: 'every container of pods that are autoscaled by CPU requests CPU, the proxy among them',
  check: (objects) => {
    const standard = text(objects.configMap('knative-serving', 'config-autoscaler')['pod-autoscaler-class']);
    return objects.podTemplates.flatMap((template) => {
      const scaled = scaledByCpu(template, objects, standard);
      return scaled === undefined
        ? []
        : [...ownProblems(template, scaled, objects), ...proxyProblems(template, scaled, objects)];
    });
  },
};

/** What scales a template's pods by CPU, and by that of which containers. */
interface Scaled {
  readonly by: string;
  readonly containers: 'every' | readonly string[];
}

/**
 * For a Knative Service of the class `hpa` Serving makes an autoscaler.
 *
 * @param standard the class of services that name none
 */
function scaledByCpu(
  { object, annotations }: PodTemplate,
  objects: ObjectIndex,
  standard: string | undefined,
): Scaled | undefined {
  const autoscaler = autoscaledBy(object, objects);
  if (autoscaler !== undefined) {
    return { by: describeObject(autoscaler.manifest), containers: measuresCpuOf(autoscaler) };
  }
  if (!object.manifest.apiVersion.startsWith('serving.knative.dev/')) return undefined;
  const [scaledBy, metric, target] = ['class', 'metric', 'target'].map((name) => annotations[`${SCALE_GROUP}/${name}`]);
  return scalesByCpu(scaledBy ?? standard ?? '', metric, target !== undefined)
    ? { by: `the HorizontalPodAutoscaler of the class ${HPA}`, containers: 'every' }
    : undefined;
}

/** Containers of the template. Those of a Knative Service are for the rule knative-limits, since Serving gives them requests. */
function ownProblems(template: PodTemplate, { by, containers }: Scaled, objects: ObjectIndex): Problem[] {
  if (isKnative(template)) return [];
  return withoutCpuRequest(template, objects)
    .filter(({ name }) => containers === 'every' || containers.includes(name))
    .map(({ name, path }) => ({
      object: template.object,
      path: `${path}.resources.requests`,
      message: `${by} goes by CPU, and Kubernetes gives up on pods of which one container, here ${name}, requests none: set cpu, for example to 100m`,
    }));
}

function proxyProblems(template: PodTemplate, { by, containers }: Scaled, objects: ObjectIndex): Problem[] {
  if (containers !== 'every' && !containers.includes(PROXY_CONTAINER)) return [];
  if (hasOwnProxy(template) || !isMeshed(template, objects) || proxyRequestsCpu(template, objects)) return [];
  if (isGivenCpu(template.namespace, objects)) return [];
  return [
    {
      object: template.object,
      path: inTemplate(template, 'metadata.annotations'),
      message: `${by} goes by CPU, and Kubernetes gives up on pods of which one container, here Linkerd's proxy, requests none: set config.linkerd.io/proxy-cpu-request on the namespace or the pod template, for example to 100m`,
    },
  ];
}
