import type { Construct } from 'constructs';
import type {
  ClusterRoleProps,
  ConfigMapProps,
  DeploymentProps,
  HorizontalPodAutoscalerProps,
  PodDisruptionBudgetProps,
  ServiceProps,
} from '../../imports/kubernetes';
import type { NetworkingContext } from '../networking/layer';
import { take } from '../releases/take';
import { VendoredRelease } from '../releases/vendored-release';
import type { OwnImages } from './overlays';
import { kourierOverlays } from './overlays';

/** The platform's own objects that the vendored release has just so. */
const AS_RELEASED = ['controller-account', 'cluster-role-binding', 'internal-service', 'controller-service'] as const;

/**
 * Kourier from its vendored release. The objects that the release has as well are taken out of the construct that declared them, and laid over
 * the release's; the others, such as the gateways' ServiceAccount and the controller's Role, stay.
 */
export function addVendoredKourier(
  kourier: Construct,
  { phase, namespaces, root }: NetworkingContext,
  images: OwnImages,
): VendoredRelease {
  for (const id of AS_RELEASED) take(kourier, id);
  const scaled = kourier.node.tryFindChild('autoscaler') !== undefined;
  const own = {
    bootstrap: take(kourier, 'bootstrap') as ConfigMapProps,
    config: take(kourier, 'config') as ConfigMapProps,
    clusterRole: take(kourier, 'cluster-role') as ClusterRoleProps,
    publicService: take(kourier, 'service') as ServiceProps,
    controller: take(kourier, 'controller') as DeploymentProps,
    gateway: take(kourier, 'gateway') as DeploymentProps,
    disruptionBudget: take(kourier, 'disruption-budget') as PodDisruptionBudgetProps,
    autoscaler: scaled ? (take(kourier, 'autoscaler') as HorizontalPodAutoscalerProps) : undefined,
  };
  return new VendoredRelease(kourier, 'release', {
    component: 'kourier',
    namespaces,
    overlays: kourierOverlays(own, images),
    phaseOf: () => phase,
    ...(root !== undefined && { root }),
  });
}
