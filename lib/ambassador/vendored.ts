import type { Construct } from 'constructs';
import type { ModuleProps } from '../../imports/getambassador.io';
import type { ClusterRoleProps, DeploymentProps, ServiceProps } from '../../imports/kubernetes';
import type { NetworkingContext } from '../networking/layer';
import { take } from '../releases/take';
import { VendoredRelease } from '../releases/vendored-release';
import { ambassadorOverlays } from './overlays';

/** The platform's own objects that the vendored release has under the same names, or has in another form. */
const IN_RELEASE = [
  'service-account',
  'cluster-role',
  'cluster-role-binding',
  'module',
  'service',
  'admin-service',
  'deployment',
] as const;

/**
 * Ambassador from its vendored release. The objects that the release has as well are taken out of the construct that declared them, and laid
 * over the release's; the others, such as Listeners, Hosts and the internal Service, stay.
 *
 * @param image whether the Deployment's image is the platform's; otherwise it is the release's
 */
export function addVendoredAmbassador(
  ambassador: Construct,
  { phase, crds, namespaces, root }: NetworkingContext,
  { image }: { readonly image: boolean },
): VendoredRelease {
  const taken = Object.fromEntries(IN_RELEASE.map((id) => [id, take(ambassador, id)]));
  const own = {
    deployment: taken.deployment as DeploymentProps,
    publicService: taken.service as ServiceProps,
    adminService: taken['admin-service'] as ServiceProps,
    module: taken.module as ModuleProps,
    rules: (taken['cluster-role'] as ClusterRoleProps).rules ?? [],
  };
  return new VendoredRelease(ambassador, 'release', {
    component: 'ambassador',
    namespaces,
    overlays: ambassadorOverlays(own, { image }),
    phaseOf: ({ kind }) => (kind === 'CustomResourceDefinition' ? crds : phase),
    ...(root !== undefined && { root }),
  });
}
