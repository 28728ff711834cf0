import { createHash } from 'node:crypto';
import type { Json } from '../objects/manifest';
import { certificateBlocks } from '../syntax/pem';

/** The annotation of a pod that tells its trust anchors. */
export const TRUST_ROOT_ANNOTATION = 'linkerd.io/trust-root-sha256';

/** The certificates in PEM without blanks around them, as the ConfigMap of the trust anchors and the webhooks hold them. */
export function trimmedPem(pem: string): string {
  return pem.trim();
}

/** A CA bundle as a webhook configuration or an APIService holds it. */
export function caBundle(pem: string): string {
  return Buffer.from(trimmedPem(pem)).toString('base64');
}

/** The value of {@link TRUST_ROOT_ANNOTATION}: the sum of the certificates with one line break at their end. */
export function trustRootSha256(pem: string): string {
  return createHash('sha256')
    .update(`${trimmedPem(pem)}\n`)
    .digest('hex');
}

/** What a Linkerd installation trusts. */
export interface Trust {
  /** The trust anchors of the proxies' identities: certificates in PEM. */
  readonly trustAnchors: string;

  /** The CA of the certificates of Linkerd's webhooks and of viz's API: certificates in PEM. */
  readonly webhookCaBundle: string;
}

/** What in a value trusts someone else: a certificate in PEM or base64, or the sum of other trust anchors. `undefined` if nothing does. */
export function foreignTrust(value: Json | undefined, trust: Trust): string | undefined {
  const own = new Set([trust.trustAnchors, trust.webhookCaBundle].flatMap(certificateBodies));
  const sum = trustRootSha256(trust.trustAnchors);
  const foreign = (at: Json | undefined, key: string): string | undefined => {
    if (typeof at === 'string') {
      if (key === TRUST_ROOT_ANNOTATION && at !== sum) return `${key} is not of the platform's trust anchors`;
      const isOwn = (body: string): boolean => own.has(body);
      return certificateBodies(at).every(isOwn) ? undefined : `${key} holds a certificate that is not of the platform`;
    }
    if (typeof at !== 'object' || at === null) return undefined;
    for (const [name, inner] of Object.entries(at)) {
      const what = foreign(inner, Array.isArray(at) ? key : name);
      if (what !== undefined) return what;
    }
    return undefined;
  };
  return foreign(value, '');
}

/** The body of each certificate in a text in PEM or base64 of it, without line breaks: what is left of it however it is indented. */
function certificateBodies(text: string): string[] {
  const pem = text.startsWith('LS0tLS1CRUdJTi') ? Buffer.from(text, 'base64').toString('latin1') : text;
  return certificateBlocks(pem).map((block) => block.replace(/-----(BEGIN|END) CERTIFICATE-----|\s/g, ''));
}
