import { App } from 'cdk8s';
import { KnativeService } from '../../lib/knative/service/knative-service';
import { kourier } from '../../lib/kourier/kourier';
import { Platform } from '../../lib/platform';

/** The walk-through behind Kourier, and what it carries that Ambassador does not. */
export function kourierPlatform(): Platform {
  const platform = new Platform(new App(), 'platform', {
    domain: 'example.com',
    ingress: kourier(),
    settings: { features: { tagHeaderBasedRouting: 'enabled' } },
  });

  new KnativeService(platform.services, 'helloworld-go', {
    image: 'docker.io/cpretzer/helloworld-go',
    env: { TARGET: 'Go Sample v1 now with Linkerd' },
  });

  // 10 % of the requests go to the newest revision. Each has a host of its own as well, candidate-shop.default.example.com,
  // and is reached by the header Knative-Serving-Tag: candidate.
  new KnativeService(platform.services, 'shop', {
    image: 'registry.example.com/shop:2.0.0',
    traffic: [
      { revisionName: 'shop-00001', percent: 90, tag: 'stable' },
      { latestRevision: true, percent: 10, tag: 'candidate' },
    ],
  });

  // Connections that stay: each ends after timeoutSeconds at the latest.
  new KnativeService(platform.services, 'chat', {
    image: 'registry.example.com/chat:1.0.0',
    webSocket: true,
    timeoutSeconds: 600,
  });

  // gRPC is HTTP/2 without TLS within the cluster, which the port's name says.
  new KnativeService(platform.services, 'greeter', {
    image: 'registry.example.com/greeter:1.0.0',
    port: { number: 50051, protocol: 'h2c' },
  });

  return platform;
}
