import { describeObject } from '../../objects/manifest';
import { autoscaledBy, goesByCpuUtilization } from '../../model/autoscaler';
import { text } from '../../objects/json';
import { hasOwnProxy, isMeshed, proxyRequestsCpu } from '../../model/mesh';
import type { ObjectIndex } from '../../model/object-index';
import type { PodTemplate } from '../../model/pod-template';
import { inTemplate } from '../../model/pod-template';
import type { Rule } from '../rule';

/** Source: Kubernetes 1.34, `pkg/controller/podautoscaler/replica_calculator.go`: one container without a request, and the pod does not count. */
export const proxyCpuRequest: Rule = {
  id: 'proxy-cpu-request',
  group: 'mesh',
  severity: 'error',
  title: 'the proxy of every pod that is autoscaled by CPU requests CPU',
  check: (objects) => {
    const standard = text(objects.configMap('knative-serving', 'config-autoscaler')['pod-autoscaler-class']);
    return objects.podTemplates.flatMap((template) => {
      const { object } = template;
      const autoscaler = cpuAutoscalerOf(template, objects, standard);
      if (autoscaler === undefined) return [];
      if (hasOwnProxy(template) || !isMeshed(template, objects) || proxyRequestsCpu(template, objects)) return [];
      return [
        {
          object,
          path: inTemplate(template, 'metadata.annotations'),
          message: `${autoscaler} goes by CPU, and Kubernetes gives up on pods of which one container, here Linkerd's proxy, requests none: set config.linkerd.io/proxy-cpu-request on the namespace or the pod template, for example to 100m`,
        },
      ];
    });
  },
};

const HPA_CLASS = 'hpa.autoscaling.knative.dev';

/**
 * What scales a template's pods by CPU, if anything does. For a Knative Service of the class `hpa` Serving makes an autoscaler.
 *
 * @param standard the class of services that name none
 */
function cpuAutoscalerOf(
  { object, annotations }: PodTemplate,
  objects: ObjectIndex,
  standard: string | undefined,
): string | undefined {
  const autoscaler = autoscaledBy(object, objects);
  if (autoscaler !== undefined)
    return goesByCpuUtilization(autoscaler) ? describeObject(autoscaler.manifest) : undefined;
  if (!object.manifest.apiVersion.startsWith('serving.knative.dev/')) return undefined;
  const scaledBy = annotations['autoscaling.knative.dev/class'] ?? standard;
  const metric = annotations['autoscaling.knative.dev/metric'] ?? 'cpu';
  return scaledBy === HPA_CLASS && metric === 'cpu'
    ? `the HorizontalPodAutoscaler of the class ${HPA_CLASS}`
    : undefined;
}
