import type { Construct } from 'constructs';
import { MutatingWebhookConfiguration, ValidatingWebhookConfiguration } from '../../../imports/kubernetes';
import { WEBHOOK } from './components/webhook';
import { SERVING_LABELS, componentLabels } from './labels';
import { EXCLUDED_NAMESPACES, expandedRules } from './webhook-rules';

/** The values of `app.kubernetes.io/component` that Serving's ConfigMaps have. The webhook checks those alone. */
const CONFIG_COMPONENTS = [
  'autoscaler',
  'controller',
  'logging',
  'networking',
  'observability',
  'tracing',
  'net-certmanager',
];

/**
 * Declares what the API server asks Serving's webhook about: its objects are completed and checked, its ConfigMaps are checked.
 * While it does not answer, they cannot be written. All is as the controller makes it in the cluster, so that nothing drifts, but
 * for the `caBundle`, which it fills in. Source: Serving 1.23.0 `cmd/webhook/main.go`, knative.dev/pkg `webhook`.
 */
export function addWebhookConfigurations(scope: Construct, namespace: string): void {
  new MutatingWebhookConfiguration(scope, 'defaulting', {
    metadata: metadata('webhook.serving.knative.dev'),
    webhooks: [
      {
        ...webhook('webhook.serving.knative.dev', namespace, '/defaulting'),
        rules: expandedRules(['CREATE', 'UPDATE']),
        namespaceSelector: { matchExpressions: [EXCLUDED_NAMESPACES] },
        reinvocationPolicy: 'IfNeeded',
      },
    ],
  });
  new ValidatingWebhookConfiguration(scope, 'validation', {
    metadata: metadata('validation.webhook.serving.knative.dev'),
    webhooks: [
      {
        ...webhook('validation.webhook.serving.knative.dev', namespace, '/resource-validation'),
        rules: expandedRules(['CREATE', 'UPDATE', 'DELETE']),
        namespaceSelector: { matchExpressions: [EXCLUDED_NAMESPACES] },
      },
    ],
  });
  new ValidatingWebhookConfiguration(scope, 'config-validation', {
    metadata: metadata('config.webhook.serving.knative.dev'),
    webhooks: [
      {
        ...webhook('config.webhook.serving.knative.dev', namespace, '/config-validation'),
        rules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['configmaps/*'],
            scope: 'Namespaced',
          },
        ],
        objectSelector: {
          matchExpressions: [
            { key: 'app.kubernetes.io/name', operator: 'In', values: [SERVING_LABELS['app.kubernetes.io/name']] },
            { key: 'app.kubernetes.io/component', operator: 'In', values: CONFIG_COMPONENTS },
          ],
        },
      },
    ],
  });
}

const metadata = (name: string) => ({ name, labels: componentLabels(WEBHOOK.name) });

const webhook = (name: string, namespace: string, path: string) => ({
  name,
  admissionReviewVersions: ['v1', 'v1beta1'],
  clientConfig: { service: { name: WEBHOOK.service.name, namespace, path } },
  failurePolicy: 'Fail',
  sideEffects: 'None',
  timeoutSeconds: 10,
});
