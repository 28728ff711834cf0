import { refusalOf } from './refusal';

test.each([
  [
    'webhook',
    'Error from server (InternalError): Internal error occurred: failed calling webhook "config.webhook.serving.knative.dev": failed to call webhook: Post "https://webhook.knative-serving.svc:443/config-validation?timeout=10s": dial tcp 10.96.0.7:443: connect: connection refused',
  ],
  ['unreachable', 'Unable to connect to the server: dial tcp 127.0.0.1:6443: connect: connection refused'],
  ['unreachable', 'The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?'],
  ['later', 'error: unable to recognize "STDIN": no matches for kind "Host" in version "getambassador.io/v3alpha1"'],
  ['later', 'Error from server (NotFound): namespaces "nons" not found'],
  [
    'later',
    'Error from server (Forbidden): configmaps "a" is forbidden: unable to create new content in namespace b because it is being terminated',
  ],
  ['refused', 'Error from server (Forbidden): configmaps "a" is forbidden: User "u" cannot patch resource'],
  [
    'refused',
    'Error from server (BadRequest): admission webhook "validation.webhook.serving.knative.dev" denied the request: validation failed: missing field(s): spec.template',
  ],
])('%s: %s', (cause, stderr) => {
  expect(refusalOf(stderr).cause).toBe(cause);
  expect(refusalOf(stderr).reason).not.toBe('');
});

test('a conflict says who has what, and what to do', () => {
  expect(
    refusalOf('error: Apply failed with 1 conflict: conflict with "helm" using apps/v1: .spec.replicas\nPlease\n'),
  ).toEqual({
    cause: 'conflict',
    reason:
      '.spec.replicas belongs to "helm": leave it to them and take it out of the platform, or take it over with --force-conflicts',
    conflicts: [{ manager: 'helm', field: '.spec.replicas' }],
  });
});

test('what says nothing was ended', () => {
  expect(refusalOf('')).toEqual({ cause: 'refused', reason: 'kubectl ended early', conflicts: [] });
});
