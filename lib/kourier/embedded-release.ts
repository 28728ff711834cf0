import type { EmbeddedLayer } from '../releases/embedded-release';
import { KOURIER, KOURIER_NAMESPACE } from './labels';
import { INGRESS_CLASS } from './limits';
import { MEANT_IN_KOURIER } from './meant-differences';

/** How the embedded Kourier is held against the real one. */
export const KOURIER_RELEASE: EmbeddedLayer = {
  component: KOURIER,
  namespace: KOURIER_NAMESPACE,
  ingressClass: INGRESS_CLASS,
  objects: ['00-namespaces Namespace kourier-system', '50-kourier *'],
  meant: MEANT_IN_KOURIER,
};
