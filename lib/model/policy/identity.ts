import { at, text } from '../../objects/json';
import type { ObjectIndex } from '../object-index';

/** A service account, whose identity the proxies of its pods prove. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** The name that a proxy's certificate has. Source: Linkerd edge-26.8.3, `policy-controller/k8s/index/src/cluster_info.rs`. */
export const identityOf = ({ namespace, name }: ServiceAccount, { linkerd }: ObjectIndex): string =>
  `${name}.${namespace}.serviceaccount.identity.linkerd.${text(at(linkerd, 'identityTrustDomain')) ?? 'cluster.local'}`;

/** The pattern of the identities of a namespace's service accounts. */
export const identitiesIn = (namespace: string, objects: ObjectIndex): string =>
  identityOf({ namespace, name: ANY_IDENTITY }, objects);

/** The pattern of every identity. */
export const ANY_IDENTITY = '*';

/** Whether an identity is of a pattern: `*` stands for a beginning, as a whole label. Source: the same, `core/src/identity_match.rs`. */
export function isOfPattern(identity: string, pattern: string): boolean {
  if (pattern === ANY_IDENTITY) return true;
  return pattern.startsWith(`${ANY_IDENTITY}.`) ? identity.endsWith(pattern.slice(1)) : identity === pattern;
}
