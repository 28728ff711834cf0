import { DRAIN_HOOK_PORT, WEBHOOK_PORT } from './open-ports';
import { WEBHOOK } from './serving/components/webhook';

test("the webhook's port is the one that the API server is sent to and that its probes ask", () => {
  expect(WEBHOOK.service.ports?.map(({ targetPort }) => targetPort)).toEqual([WEBHOOK_PORT.port]);
  expect(WEBHOOK.service.selector).toEqual(WEBHOOK_PORT.podSelector.matchLabels);
  expect(WEBHOOK.container.livenessProbe?.httpGet).toEqual({ scheme: 'HTTPS', port: WEBHOOK_PORT.port });
});

test('the drain hook is that of every revision, whatever its service is called', () => {
  expect(DRAIN_HOOK_PORT).toMatchObject({
    port: 8022,
    podSelector: { matchExpressions: [{ key: 'serving.knative.dev/revision', operator: 'Exists' }] },
  });
});
