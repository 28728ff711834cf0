import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { MutatingWebhookConfigurationProps, ObjectMeta } from '../../imports/kubernetes';
import { MutatingWebhookConfiguration } from '../../imports/kubernetes';
import type { Namespaces } from '../namespaces';
import { ADMISSION_WEBHOOKS_LABEL } from '../objects/inject';

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
  'admissionReviewVersions' | 'clientConfig' | 'sideEffects' | 'timeoutSeconds'
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
 * copies annotations to them. The release's leaves out pods by a label, so that Linkerd's own and those of linkerd-cni start without it; these are in no
 * namespace that is meshed, where anybody could give a pod that label. It is an object of its own, since `linkerd check` takes just one webhook in Linkerd's. Where the
 * platform meshes no namespace there is none: the API server refuses a selector of no names.
 */
export class BornMeshed extends Construct {
  constructor(scope: Construct, id: string, props: BornMeshedProps) {
    super(scope, id);
    let covered = false;
    props.namespaces.forEach(({ meshed }) => {
      if (!meshed || covered) return;
      covered = true;
      this.cover(props);
    });
  }

  private cover({ webhook, labels, annotations, namespaces }: BornMeshedProps): void {
    const { admissionReviewVersions, clientConfig, sideEffects, timeoutSeconds } = webhook;
    new MutatingWebhookConfiguration(this, 'webhook-configuration', {
      metadata: {
        name: 'linkerd-proxy-injector-meshed-namespaces',
        ...(labels && { labels }),
        ...(annotations && { annotations }),
      },
      webhooks: POLICIES.map(({ resource, failurePolicy }) => ({
        admissionReviewVersions,
        clientConfig,
        sideEffects,
        ...(timeoutSeconds !== undefined && { timeoutSeconds }),
        name: `${resource}.linkerd-proxy-injector.linkerd.io`,
        failurePolicy,
        namespaceSelector: {
          matchExpressions: [
            { key: ADMISSION_WEBHOOKS_LABEL, operator: 'NotIn', values: ['disabled'] },
            // More namespaces may be declared after the first.
            Lazy.any({ produce: () => requirement('In', meshedNames(namespaces)) }) as Requirement,
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
  const names = meshedNames(namespaces);
  if (names.length === 0) return { ...selector };
  return { ...selector, matchExpressions: [...(selector?.matchExpressions ?? []), requirement('NotIn', names)] };
}

function meshedNames(namespaces: Namespaces): string[] {
  return namespaces.all
    .filter(({ meshed }) => meshed)
    .map(({ name }) => name)
    .sort();
}

function requirement(operator: 'In' | 'NotIn', names: readonly string[]): Requirement {
  return { key: NAMESPACE_NAME, operator, values: [...names] };
}
