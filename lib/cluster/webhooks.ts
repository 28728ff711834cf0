import { groupOf } from '../objects/api-group';
import { at, list, strings, text, texts } from '../objects/json';
import { admissionWebhooksOf } from '../model/api-server-calls';
import { selects } from '../model/selector';
import type { Kubectl, KubectlOptions } from '../kubectl/kubectl';
import { asInput } from '../kubectl/kubectl';
import { withoutSecretsOf } from '../objects/confidential';
import type { Json, Manifest } from '../objects/manifest';
import { resourceOf } from './kinds';
import { FIELD_MANAGER } from './managed-fields';

/** A webhook that the API server asks before it takes an object, and does not go on without. */
export interface FailingClosed {
  readonly name: string;
  readonly service: { readonly namespace: string; readonly name: string };
  readonly webhook: Json;
}

/** The Services behind webhooks: what refuses objects, or leaves pods as they are, while it has no endpoints. */
export function webhookServices(manifests: readonly Manifest[]): { namespace: string; name: string }[] {
  const services = admissionWebhooksOf(manifests).map(({ service: { namespace, name } }) => ({ namespace, name }));
  return [...new Map(services.map((service) => [`${service.namespace}/${service.name}`, service])).values()];
}

/** The webhooks without which the API server refuses what they are to see. */
export function failingClosed(manifests: readonly Manifest[]): FailingClosed[] {
  return admissionWebhooksOf(manifests)
    .filter(({ words }) => (text(at(words, 'failurePolicy')) ?? API_SERVER_POLICY) === 'Fail')
    .map(({ service: { namespace, name }, words }) => ({
      name: text(at(words, 'name')) ?? '',
      service: { namespace, name },
      webhook: words,
    }));
}

/** What the API server fills in. */
const API_SERVER_POLICY = 'Fail';

/** What a webhook can be asked about where no object of the platform is for it: pods are made by controllers. */
const SAMPLES: readonly Manifest[] = [
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'knitmesh-asks-webhooks' },
    spec: { containers: [{ name: 'none', image: 'none' }] },
  },
];

/**
 * An object whose dry run makes the API server ask a webhook: one of the platform's, or a pod in a namespace that the webhook covers.
 * `undefined` if there is none.
 *
 * @param platform all objects of the platform
 */
export function objectFor({ webhook }: FailingClosed, platform: readonly Manifest[]): Manifest | undefined {
  const crds = platform.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const namespaces = platform.filter(({ kind }) => kind === 'Namespace');
  const labels = (name: string): Record<string, string> => ({
    ...strings(namespaces.find(({ metadata }) => metadata.name === name)?.metadata.labels),
    'kubernetes.io/metadata.name': name,
  });
  const sees = (manifest: Manifest): boolean => {
    const { namespace } = manifest.metadata;
    const resource = resourceOf(manifest, crds);
    return (
      list(at(webhook, 'rules')).some((rule) => covers(rule, groupOf(manifest.apiVersion), resource)) &&
      (namespace === undefined || selects(at(webhook, 'namespaceSelector'), labels(namespace))) &&
      selects(at(webhook, 'objectSelector'), strings(manifest.metadata.labels))
    );
  };
  const samples = SAMPLES.flatMap((sample) =>
    namespaces.map(({ metadata }) => ({
      ...sample,
      metadata: { ...sample.metadata, namespace: metadata.name ?? '' },
    })),
  );
  return [...platform, ...samples].find(sees);
}

function covers(rule: Json, group: string, resource: string): boolean {
  const operations = texts(at(rule, 'operations'));
  return (
    texts(at(rule, 'apiGroups')).some((one) => one === '*' || one === group) &&
    texts(at(rule, 'resources')).some((one) => [resource, '*', '*/*', `${resource}/*`].includes(one)) &&
    operations.some((one) => ['*', 'CREATE', 'UPDATE'].includes(one))
  );
}

/** Why a webhook does not answer, in a clause; `undefined` if it does, with whatever answer. */
export async function asksInVain(
  kubectl: Kubectl,
  { name }: FailingClosed,
  object: Manifest,
  options: KubectlOptions = {},
): Promise<string | undefined> {
  const args = ['apply', '--server-side', `--field-manager=${FIELD_MANAGER}`, '--force-conflicts', '--dry-run=server'];
  const { stderr } = await kubectl.run([...args, '--filename=-', '--request-timeout=60s'], {
    ...options,
    input: asInput([object]),
  });
  const failed = stderr.split('\n').find((line) => line.includes(`failed calling webhook "${name}"`));
  return failed && withoutSecretsOf(failed.replace(/^.*failed calling webhook "[^"]*": /, ''), [object as Json]);
}
