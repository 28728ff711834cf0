import { App } from 'cdk8s';
import { ambassador } from '../../lib/ambassador/ambassador';
import { KnativeService } from '../../lib/knative/service/knative-service';
import { Platform } from '../../lib/platform';

const platform = new Platform(new App(), 'platform', {
  domain: 'example.com',
  ingress: ambassador(),
});

new KnativeService(platform.services, 'helloworld-go', {
  image: 'docker.io/cpretzer/helloworld-go',
  env: { TARGET: 'Go Sample v1 now with Linkerd' },
});

export default platform;
