import { App } from 'cdk8s';
import { ambassador } from '../lib/ambassador/ambassador';
import { KnativeService } from '../lib/knative/service/knative-service';
import { Platform } from '../lib/platform';
import { serviceValues } from './service-values';

/** A platform with a number of services. */
export function platformOf(services: number): Platform {
  const platform = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador() });
  for (const { name, image, env } of serviceValues(services))
    new KnativeService(platform.services, name, { image, env });
  return platform;
}
