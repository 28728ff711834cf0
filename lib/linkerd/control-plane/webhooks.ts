import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type {
  MutatingWebhookConfigurationProps,
  RuleWithOperations,
  ValidatingWebhookConfigurationProps,
} from '../../../imports/kubernetes';
import { MutatingWebhookConfiguration, ValidatingWebhookConfiguration } from '../../../imports/kubernetes';
import { beyondMeshedNamespaces, BornMeshed } from '../born-meshed';
import { caInjection } from '../identity/cert-manager';
import { ADMISSION_WEBHOOKS_LABEL, NEVER_MESHED } from '../../objects/inject';
import { caBundle } from '../trust-root';
import { componentLabels } from './labels';
import { LINKERD_NAMESPACE } from './namespace';
import type { ControlPlaneSettings } from './settings';

type MutatingWebhook = NonNullable<MutatingWebhookConfigurationProps['webhooks']>[number];
type ValidatingWebhook = NonNullable<ValidatingWebhookConfigurationProps['webhooks']>[number];
type LabelSelector = NonNullable<MutatingWebhook['namespaceSelector']>;

/** Namespaces that opted out of Linkerd's webhooks, as Linkerd's own does. */
const NOT_OPTED_OUT = { key: ADMISSION_WEBHOOKS_LABEL, operator: 'NotIn', values: ['disabled'] };

/** The namespaces whose objects the validators look at. */
export const VALIDATED_NAMESPACES: LabelSelector = { matchExpressions: [NOT_OPTED_OUT] };

/** The namespaces whose pods the injector looks at. */
export const INJECTED_NAMESPACES: LabelSelector = {
  matchExpressions: [
    NOT_OPTED_OUT,
    { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [...NEVER_MESHED] },
  ],
};

/** The pods that the injector looks at: neither Linkerd's own, which have their proxies, nor those of linkerd-cni. */
export const INJECTED_OBJECTS: LabelSelector = {
  matchExpressions: [
    { key: 'linkerd.io/control-plane-component', operator: 'DoesNotExist' },
    { key: 'linkerd.io/cni-resource', operator: 'DoesNotExist' },
  ],
};

/** How long the API server waits for the injector, in seconds. */
export const INJECTOR_TIMEOUT_SECONDS = 10;

const VALIDATORS: readonly { readonly name: string; readonly rules: readonly RuleWithOperations[] }[] = [
  {
    name: 'linkerd-sp-validator',
    rules: [
      {
        operations: ['CREATE', 'UPDATE'],
        apiGroups: ['linkerd.io'],
        apiVersions: ['v1alpha1', 'v1alpha2'],
        resources: ['serviceprofiles'],
      },
    ],
  },
  {
    name: 'linkerd-policy-validator',
    rules: [
      {
        operations: ['CREATE', 'UPDATE'],
        apiGroups: ['policy.linkerd.io'],
        apiVersions: ['*'],
        resources: [
          'authorizationpolicies',
          'httplocalratelimitpolicies',
          'httproutes',
          'networkauthentications',
          'meshtlsauthentications',
          'serverauthorizations',
          'servers',
          'egressnetworks',
        ],
      },
      {
        operations: ['CREATE', 'UPDATE'],
        apiGroups: ['gateway.networking.k8s.io'],
        apiVersions: ['*'],
        resources: ['httproutes', 'grpcroutes', 'tlsroutes', 'tcproutes'],
      },
    ],
  },
];

/** What the API server asks Linkerd about: the injector about new pods and Services, the validators about ServiceProfiles and policies. */
export function addWebhooks(scope: Construct, settings: ControlPlaneSettings): void {
  addInjectorWebhooks(scope, settings);
  for (const { name, rules } of VALIDATORS) {
    const webhook: ValidatingWebhook = {
      ...webhookOf(name, settings),
      failurePolicy: settings.validatorFailurePolicy,
      namespaceSelector: VALIDATED_NAMESPACES,
      rules,
    };
    new ValidatingWebhookConfiguration(scope, `webhook-${name}`, {
      metadata: { name: `${name}-webhook-config`, labels: componentLabels('destination'), ...injected(name, settings) },
      webhooks: [webhook],
    });
  }
}

/**
 * Two configurations for one webhook. Linkerd's own fails open, so that an injector that is down stops nothing in namespaces
 * that the platform does not know. The other one holds back the pods of meshed namespaces, so that none starts unmeshed.
 */
function addInjectorWebhooks(scope: Construct, settings: ControlPlaneSettings): void {
  const name = 'linkerd-proxy-injector';
  const { namespaces } = settings;
  const labels = componentLabels('proxy-injector');
  const { name: webhookName, ...injector } = {
    ...webhookOf(name, settings),
    timeoutSeconds: INJECTOR_TIMEOUT_SECONDS,
  };
  new MutatingWebhookConfiguration(scope, `webhook-${name}`, {
    metadata: { name: `${name}-webhook-config`, labels, ...injected(name, settings) },
    webhooks: [
      {
        ...injector,
        name: webhookName,
        failurePolicy: 'Ignore',
        objectSelector: INJECTED_OBJECTS,
        // Namespaces may be declared after this construct.
        namespaceSelector: Lazy.any({
          produce: () => beyondMeshedNamespaces(INJECTED_NAMESPACES, namespaces),
        }) as LabelSelector,
        rules: [
          {
            operations: ['CREATE'],
            apiGroups: [''],
            apiVersions: ['v1'],
            resources: ['pods', 'services'],
            scope: 'Namespaced',
          },
        ],
      },
    ],
  });
  new BornMeshed(scope, 'born-meshed', { webhook: injector, labels, namespaces, ...injected(name, settings) });
}

/** Where no CA is given, cert-manager puts it in. */
function injected(name: string, { webhookCaBundle }: ControlPlaneSettings): { annotations?: Record<string, string> } {
  if (webhookCaBundle !== undefined) return {};
  return { annotations: caInjection({ service: name, namespace: LINKERD_NAMESPACE }) };
}

function webhookOf(name: string, { webhookCaBundle }: ControlPlaneSettings) {
  return {
    name: `${name}.linkerd.io`,
    admissionReviewVersions: ['v1', 'v1beta1'],
    clientConfig: {
      service: { name, namespace: LINKERD_NAMESPACE, path: '/' },
      ...(webhookCaBundle !== undefined && { caBundle: caBundle(webhookCaBundle) }),
    },
    sideEffects: 'None',
  };
}
