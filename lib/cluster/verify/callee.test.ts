import { isCallee, isPort } from './callee';
import type { LivePod } from './live-pod';
import { livePodOf } from './live-pod';

const pod = (fields: { namespace?: string; name?: string; account?: string; ips?: string[] } = {}): LivePod => {
  const { namespace = 'team-a', name = 'web-0', account = 'web', ips = ['10.0.0.1'] } = fields;
  const found = livePodOf({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: { serviceAccountName: account, containers: [] },
    status: { phase: 'Running', podIP: ips[0] ?? '', podIPs: ips.map((ip) => ({ ip })) },
  });
  if (found === undefined) throw new Error('it has ended');
  return found;
};
const idOf = (account: string, namespace: string): string =>
  `${account}.${namespace}.serviceaccount.identity.linkerd.cluster.local`;
const WEB = { dst_pod: 'web-0', target_ip: '10.0.0.1', server_id: idOf('web', 'team-a') };

test.each([
  ['its name and its address', WEB, pod(), true],
  ['the namespace of the Service that was dialled', { ...WEB, dst_namespace: 'team-b' }, pod(), true],
  ['another name at its address: a pod that had it before', { ...WEB, dst_pod: 'web-1' }, pod(), false],
  ['its name at another address: a pod of that name before it', { ...WEB, target_ip: '10.0.0.2' }, pod(), false],
  ['a pod of the same name in another namespace', WEB, pod({ namespace: 'team-b', ips: ['10.0.0.2'] }), false],
  ['its second address', { ...WEB, target_ip: 'fd00::1' }, pod({ ips: ['10.0.0.1', 'fd00::1'] }), true],
  ['its address alone', { target_ip: '10.0.0.1' }, pod(), true],
  ['its address in one label with the port', { target_addr: '[fd00::1]:80' }, pod({ ips: ['fd00::1'] }), true],
  ['another address', { target_ip: '10.0.0.11' }, pod(), false],
  [
    'its address with the identity of another',
    { target_ip: '10.0.0.1', server_id: idOf('api', 'team-a') },
    pod(),
    false,
  ],
  ['its identity alone', { server_id: idOf('web', 'team-a') }, pod(), true],
  ['the identity of another namespace', { server_id: idOf('web', 'team-b') }, pod(), false],
  ['its namespace alone', { dst_namespace: 'team-a' }, pod(), false],
  ['its name alone, which others may have', { dst_pod: 'web-0' }, pod(), false],
])('%s', (_, labels, one, expected) => {
  expect(isCallee(labels, one)).toBe(expected);
});

test.each([
  [{ target_port: '8012' }, 8012, true],
  [{ target_addr: '10.0.0.1:8012' }, 8012, true],
  [{ target_port: '8012' }, 80, false],
  [{ target_port: '8012' }, undefined, true],
  [{ target_port: '4143' }, 8012, true],
])('%j and port %s: %s', (labels, port, expected) => {
  expect(isPort(labels, port)).toBe(expected);
});
