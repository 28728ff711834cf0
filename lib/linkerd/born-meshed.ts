import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { MutatingWebhookConfigurationProps, ObjectMeta } from '../../imports/kubernetes';
import { MutatingWebhookConfiguration } from '../../imports/kubernetes';
import type { Namespaces } from '../namespaces';

type Webhook = NonNullable<MutatingWebhookConfigurationProps['webhooks']>[number];
type Requirement = NonNullable<NonNullable<Webhook['namespaceSelector']>['matchExpressions']>[number];

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** The rules of the webhooks that cover the meshed namespaces, with what happens where the injector does not answer. */
const POLICIES = [
  { resource: 'pods', failurePolicy: 'Fail' },
  { resource: 'services', failurePolicy: 'Ignore' },
] as const;

/** What the platform's own configuration has in common with the one of Linkerd's release. */
export type InjectorWebhook = Pick<
  Webhook,
  'admissionReviewVersions' | 'clientConfig' | 'objectSelector' | 'sideEffects' | 'timeoutSeconds'
>;

export interface BornMeshedProps {
  /** The proxy injector's webhook, as the release's own configuration calls it. */
  readonly webhook: InjectorWebhook;

  /** @default - none */
  readonly labels?: ObjectMeta['labels'];

  /** @default - none */
  readonly annotations?: ObjectMeta['annotations'];

  /** The namespaces of the platform: those that it meshes are covered, also the ones that are declared later. */
  readonly namespaces: Namespaces;
}

/**
 * A MutatingWebhookConfiguration for the namespaces that the platform meshes. No pod of theirs is created until the proxy
 * injector answers, so that none starts outside of the mesh; all other namespaces are left to Linkerd's own configuration, which
 * fails open and must leave these out ({@link beyondMeshedNamespaces}). Services are created in any case: the injector only
 * copies annotations to them. It is an object of its own, since `linkerd check` takes just one webhook in Linkerd's.
 */
export class BornMeshed extends MutatingWebhookConfiguration {
  constructor(scope: Construct, id: string, { webhook, labels, annotations, namespaces }: BornMeshedProps) {
    super(scope, id, {
      metadata: {
        name: 'linkerd-proxy-injector-meshed-namespaces',
        ...(labels && { labels }),
        ...(annotations && { annotations }),
      },
      webhooks: POLICIES.map(({ resource, failurePolicy }) => ({
        ...webhook,
        name: `${resource}.linkerd-proxy-injector.linkerd.io`,
        failurePolicy,
        namespaceSelector: {
          matchExpressions: [
            { key: 'config.linkerd.io/admission-webhooks', operator: 'NotIn', values: ['disabled'] },
            Lazy.any({ produce: () => meshed('In', namespaces) }) as Requirement,
          ],
        },
        rules: [
          { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: [resource], scope: 'Namespaced' },
        ],
      })),
    });
  }
}

/** The selector of Linkerd's own configuration, without the namespaces that the platform meshes. */
export function beyondMeshedNamespaces(
  selector: Webhook['namespaceSelector'],
  namespaces: Namespaces,
): NonNullable<Webhook['namespaceSelector']> {
  return { ...selector, matchExpressions: [...(selector?.matchExpressions ?? []), meshed('NotIn', namespaces)] };
}

function meshed(operator: 'In' | 'NotIn', namespaces: Namespaces): Requirement {
  const names = namespaces.all.filter((namespace) => namespace.meshed).map(({ name }) => name);
  return { key: NAMESPACE_NAME, operator, values: names.sort() };
}
