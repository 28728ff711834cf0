import { createdBy } from '../created-by';
import { INJECT_ANNOTATION } from '../../objects/inject';
import { VIZ_NAMESPACE } from './namespace';

/** The parts of viz. */
export type VizComponent = 'metrics-api' | 'prometheus' | 'tap' | 'tap-injector' | 'web';

export const EXTENSION_LABEL = { 'linkerd.io/extension': 'viz' };

/** By what a Service or a policy finds the pods of a part. */
export const componentLabels = (component: VizComponent): Record<string, string> => ({
  ...EXTENSION_LABEL,
  component,
});

/** The parts whose objects also say their namespace. */
const SAYS_NAMESPACE: readonly VizComponent[] = ['prometheus', 'tap', 'web'];

/** The labels of a part's pods and of most of its objects. */
export const objectLabels = (component: VizComponent): Record<string, string> => ({
  ...componentLabels(component),
  ...(SAYS_NAMESPACE.includes(component) && { namespace: VIZ_NAMESPACE }),
});

/** Viz is known as one of `linkerd viz install`. */
export const CREATED_BY = createdBy('cli');

/** Meshes the pods, and the Services' annotations that proxies follow. */
export const INJECTED = { [INJECT_ANNOTATION]: 'enabled' };
