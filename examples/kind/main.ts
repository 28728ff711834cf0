import { App } from 'cdk8s';
import { ambassador } from '../../lib/ambassador/ambassador';
import { KnativeService } from '../../lib/knative/service/knative-service';
import { Platform } from '../../lib/platform';

const platform = new Platform(new App(), 'platform', {
  domain: 'example.com',
  // The ports that cluster.yaml brings to this machine.
  ingress: ambassador({ service: { type: 'NodePort', nodePorts: { http: 30080, https: 30443 } } }),
  // For linkerd check. Nobody else uses Gateway API on this cluster, so that CRDs without schemas harm no one.
  releases: { 'gateway-api': 'embedded' },
});

new KnativeService(platform.services, 'helloworld-go', {
  image: 'docker.io/cpretzer/helloworld-go',
  env: { TARGET: 'Go Sample v1 now with Linkerd' },
});

export default platform;
