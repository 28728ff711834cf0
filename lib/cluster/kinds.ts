import { groupOf } from '../objects/api-group';
import { at, text } from '../objects/json';
import type { Manifest } from '../objects/manifest';

/** `apps/Deployment`, and `/Secret` of Kubernetes' core: a kind whatever the version of its API. */
export const kindOf = ({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): string =>
  `${groupOf(apiVersion)}/${kind}`;

export const CRD = 'apiextensions.k8s.io/CustomResourceDefinition';
export const NAMESPACE = '/Namespace';
export const WEBHOOK_CONFIGURATIONS: readonly string[] = [
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
];
export const API_SERVICE = 'apiregistration.k8s.io/APIService';

export const isCrd = (manifest: Manifest): boolean => kindOf(manifest) === CRD;
export const isNamespace = (manifest: Manifest): boolean => kindOf(manifest) === NAMESPACE;

/** Kinds whose plural is not what a rule of English makes of them. */
const PLURALS = new Map([['Endpoints', 'endpoints']]);

/** The resource of a kind, as rules of webhooks and of RBAC name it: as its CRD says, otherwise as English forms it. */
export function resourceOf(manifest: Pick<Manifest, 'apiVersion' | 'kind'>, crds: readonly Manifest[]): string {
  const group = groupOf(manifest.apiVersion);
  const crd = crds.find(
    ({ spec }) => text(at(spec, 'group')) === group && text(at(spec, 'names', 'kind')) === manifest.kind,
  );
  const declared = text(at(crd?.spec, 'names', 'plural'));
  return declared ?? PLURALS.get(manifest.kind) ?? plural(manifest.kind.toLowerCase());
}

function plural(word: string): string {
  if (/(s|x|ch)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}
