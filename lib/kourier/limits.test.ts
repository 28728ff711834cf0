import { App } from 'cdk8s';
import type { KnativeServiceProps } from '../knative/service/knative-service';
import { KnativeService } from '../knative/service/knative-service';
import { mistakesOf, warningsOf } from '../objects/mistakes';
import { Platform } from '../platform';
import { kourier } from './kourier';

const platformWith = (props: Omit<KnativeServiceProps, 'image'>): Platform => {
  const platform = new Platform(new App(), 'platform', {
    domain: 'example.com',
    ingress: kourier(),
    settings: { features: { tagHeaderBasedRouting: 'enabled' }, network: { httpProtocol: 'Redirected' } },
  });
  new KnativeService(platform.services, 'api', { image: 'registry.example.com/api:1', ...props });
  return platform;
};

test.each<[string, Omit<KnativeServiceProps, 'image'>]>([
  [
    'a split by percentages, with tags',
    {
      traffic: [
        { revisionName: 'api-00001', percent: 90, tag: 'stable' },
        { latestRevision: true, percent: 10, tag: 'candidate' },
      ],
    },
  ],
  ['a slow move to a new revision', { rolloutDuration: '10m' }],
  ['requests of ten minutes', { timeoutSeconds: 600 }],
  ['WebSocket, without asking for it or with', { webSocket: true }],
  ['gRPC', { port: { number: 50051, protocol: 'h2c' } }],
  ['a redirect to HTTPS', { httpProtocol: 'redirected' }],
])('%s is taken', (_, props) => {
  const platform = platformWith(props);
  expect(mistakesOf(platform)).toEqual([]);
  expect(warningsOf(platform).filter(({ where }) => where !== 'platform/linkerd/identity')).toEqual([]);
});
