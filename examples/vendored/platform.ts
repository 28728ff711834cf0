import { App } from 'cdk8s';
import { ambassador } from '../../lib/ambassador/ambassador';
import { KnativeService } from '../../lib/knative/service/knative-service';
import { Platform } from '../../lib/platform';

/**
 * The whole platform from vendored releases, with the walk-through's service.
 *
 * @param root the folder that holds `releases.lock.yaml` and `vendor/`; default: the project's
 */
export function vendoredPlatform(root?: string): Platform {
  const platform = new Platform(new App(), 'platform', {
    domain: 'example.com',
    ingress: ambassador(),
    releases: {
      linkerd: 'vendored',
      'linkerd-viz': 'vendored',
      'knative-serving': 'vendored',
      networking: 'vendored',
    },
    ...(root !== undefined && { root }),
  });

  new KnativeService(platform.services, 'helloworld-go', {
    image: 'docker.io/cpretzer/helloworld-go',
    env: { TARGET: 'Go Sample v1 now with Linkerd' },
  });

  return platform;
}
