import type { Construct } from 'constructs';
import { ConfigMap } from '../../../imports/kubernetes';
import { toYaml } from '../../render/yaml';
import { componentLabels, CREATED_BY } from './labels';
import { LINKERD_NAMESPACE } from './namespace';
import type { ControlPlaneSettings } from './settings';
import { controlPlaneValues } from './values';

/** The ConfigMap from which the proxy injector and Linkerd's command line tool learn how Linkerd is installed. */
export const LINKERD_CONFIG = 'linkerd-config';

/** What `linkerd check` compares the CRDs with: the chart of CRDs that the release's own ConfigMap names. */
const CRDS_CHART = 'linkerd-crds-1.0.0-edge';

/** The ConfigMap with all settings, as the values of Linkerd's chart. */
export function addLinkerdConfig(scope: Construct, settings: ControlPlaneSettings): void {
  new ConfigMap(scope, LINKERD_CONFIG, {
    metadata: {
      name: LINKERD_CONFIG,
      namespace: LINKERD_NAMESPACE,
      labels: {
        'linkerd.io/control-plane-component': 'controller',
        ...componentLabels(),
      },
      annotations: CREATED_BY,
    },
    data: {
      'linkerd-crds-chart-version': CRDS_CHART,
      values: toYaml(controlPlaneValues(settings)),
    },
  });
}
