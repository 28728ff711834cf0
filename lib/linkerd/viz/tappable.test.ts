import { TAPPABLE } from './tappable';

test('a pod template says in JSON which identity may tap its pods', () => {
  expect(TAPPABLE['viz.linkerd.io/tap-enabled']).toBe('true');
  expect(JSON.parse(TAPPABLE['config.linkerd.io/proxy-additional-env'] ?? '')).toEqual([
    {
      name: 'LINKERD2_PROXY_TAP_SVC_NAME',
      value: 'tap.linkerd-viz.serviceaccount.identity.linkerd.cluster.local',
    },
  ]);
});
