import { App } from 'cdk8s';
import { ambassador } from '../lib/ambassador/ambassador';
import { KnativeService } from '../lib/knative/service/knative-service';
import { Platform } from '../lib/platform';

/** The image and the environment of every service of the benchmark. */
export const IMAGE = 'registry.example.com/team/service:1.0.0';
export const TARGET = 'Go Sample v1 now with Linkerd';

/** A platform with a number of equal services. */
export function platformOf(services: number): Platform {
  const platform = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador() });
  for (let number = 0; number < services; number++) {
    new KnativeService(platform.services, `service-${number}`, { image: IMAGE, env: { TARGET } });
  }
  return platform;
}
