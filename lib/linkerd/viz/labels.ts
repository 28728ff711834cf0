import { LINKERD_VERSION } from '../control-plane/images';
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

/** What Linkerd's command line tool knows its own objects by. */
export const CREATED_BY = { 'linkerd.io/created-by': `linkerd/cli ${LINKERD_VERSION}` };

/** Meshes the pods, and the Services' annotations that proxies follow. */
export const INJECTED = { 'linkerd.io/inject': 'enabled' };
