import { App } from 'cdk8s';
import { ambassador } from '../../lib/ambassador/ambassador';
import { KnativeService } from '../../lib/knative/service/knative-service';
import { Platform } from '../../lib/platform';

/** Services by namespace: of staging there are more than one file takes. */
const SERVICES = {
  staging: { default: 150, 'team-a': 101 },
  production: { default: 1, 'team-a': 1 },
};

export default Object.entries(SERVICES).map(([environment, namespaces]) => {
  const platform = new Platform(new App(), environment, {
    environment,
    domain: `${environment}.example.com`,
    ingress: ambassador(),
  });
  platform.addNamespace('team-a');
  for (const [namespace, number] of Object.entries(namespaces)) {
    for (let index = 0; index < number; index++) {
      const image = 'registry.example.com/hello:1';
      new KnativeService(platform.services, `${namespace}-${index}`, { namespace, image });
    }
  }
  return platform;
});
