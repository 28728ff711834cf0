import type { Resources } from '../../mesh/resources';
import type { VizComponent } from './labels';

const SMALL: Resources = { cpuRequest: '100m', memoryRequest: '50Mi', memoryLimit: '250Mi' };

/**
 * What viz's parts ask for unless somebody says otherwise, so that one that leaks ends itself and not its neighbours. Source: Linkerd edge-26.8.3, viz's
 * `values-ha.yaml`; for metrics-api and the tap injector, of which that says nothing, those of the other small parts.
 */
export const VIZ_RESOURCES: Readonly<Record<VizComponent, Resources>> = {
  'metrics-api': SMALL,
  prometheus: { cpuRequest: '300m', memoryRequest: '300Mi', memoryLimit: '8192Mi' },
  tap: SMALL,
  'tap-injector': SMALL,
  web: SMALL,
};
