import type { EmbeddedLayer } from '../releases/embedded-release';
import { AMBASSADOR } from './labels';
import { INGRESS_CLASS } from './limits';
import { MEANT_IN_AMBASSADOR } from './meant-differences';

/** How the embedded Ambassador is held against the real one. */
export const AMBASSADOR_RELEASE: EmbeddedLayer = {
  component: AMBASSADOR,
  namespace: AMBASSADOR,
  ingressClass: INGRESS_CLASS,
  objects: [
    '00-namespaces Namespace ambassador',
    '10-crds CustomResourceDefinition *.getambassador.io',
    '50-ambassador *',
  ],
  meant: MEANT_IN_AMBASSADOR,
};
