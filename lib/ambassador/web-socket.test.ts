import { App } from 'cdk8s';
import type { MappingSpec } from '../../imports/getambassador.io';
import { collectObjects } from '../objects/collect';
import { Phase } from '../objects/phase';
import { allowWebSocket } from './web-socket';

const mappings = (publicHost: string | undefined): { namespace: string | undefined; spec: MappingSpec }[] => {
  const construct = new Phase(new App(), 'services');
  allowWebSocket({ construct, name: 'chat', namespace: 'team', publicHost, webSocket: true });
  return collectObjects(construct).map(({ manifest: { metadata, spec } }) => ({
    namespace: metadata.namespace,
    spec: spec as unknown as MappingSpec,
  }));
};

const INSIDE = ['chat.team', 'chat.team.svc', 'chat.team.svc.cluster.local'];

test('every name of the service gets its own, and they take no request', () => {
  const all = mappings('chat.team.example.com');
  expect(all.map(({ spec }) => spec.hostname).sort()).toEqual([INSIDE[0], 'chat.team.example.com', ...INSIDE.slice(1)]);
  for (const { namespace, spec } of all) {
    expect(namespace).toBe('team');
    expect(spec).toMatchObject({ prefix: '/', weight: 0, allow_upgrade: ['websocket'] });
  }
});

test('a cluster-local service gets none for a public name', () => {
  expect(mappings(undefined).map(({ spec }) => spec.hostname)).toEqual(INSIDE);
});
