import { createdBy } from '../created-by';
import { LINKERD_VERSION } from './images';
import { LINKERD_NAMESPACE } from './namespace';

/** The parts of the control plane. */
export type ControlPlaneComponent = 'destination' | 'heartbeat' | 'identity' | 'proxy-injector';

/** By what the pods of a part are found. */
export const componentSelector = (component: ControlPlaneComponent): Record<string, string> => ({
  'linkerd.io/control-plane-component': component,
});

const NAMESPACE_LABEL = { 'linkerd.io/control-plane-ns': LINKERD_NAMESPACE };

/** The labels of a part's objects; of the control plane's as a whole without one. */
export const componentLabels = (component?: ControlPlaneComponent): Record<string, string> => ({
  ...(component !== undefined && componentSelector(component)),
  ...NAMESPACE_LABEL,
});

/** The labels by which Kubernetes' tools group workloads. */
export const workloadLabels = (component: ControlPlaneComponent): Record<string, string> => ({
  'app.kubernetes.io/name': component,
  'app.kubernetes.io/part-of': 'Linkerd',
  'app.kubernetes.io/version': LINKERD_VERSION,
  ...componentLabels(component),
});

/** The control plane is known as one of the chart. */
export const CREATED_BY = createdBy('helm');
