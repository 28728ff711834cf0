import type { Construct } from 'constructs';
import type { ModuleConfig } from '../../imports/getambassador.io';
import { Module } from '../../imports/getambassador.io';
import { AMBASSADOR, LABELS } from './labels';

/** Settings of the whole installation. Emissary reads the Module of this very name. */
const CONFIG: ModuleConfig = {
  // The kubelet asks the admin port; through the Listeners these would be public on every virtual host.
  diagnostics: { enabled: false },
  readiness_probe: { enabled: false },
  liveness_probe: { enabled: false },

  // Without it a Host header with a port finds no virtual host.
  strip_matching_host_port: true,

  defaults: {
    httpmapping: {
      // Emissary adds Serving's own values behind the client's and the activator reads the first: a client could reach any revision.
      remove_request_headers: ['Knative-Serving-Revision', 'Knative-Serving-Namespace'],
    },
  },
};

/** What a virtual host answers besides its routes where the Module leaves it on. Source: Emissary-ingress 4.1.0, its documentation of the Module. */
export const ADMINISTRATION_PATHS = [
  '/ambassador/v0/diag/',
  '/ambassador/v0/check_alive',
  '/ambassador/v0/check_ready',
] as const;

/** Declares the Module. */
export function addModule(scope: Construct): void {
  new Module(scope, 'module', {
    metadata: { name: AMBASSADOR, namespace: AMBASSADOR, labels: LABELS },
    spec: { config: CONFIG },
  });
}
