import { toYaml } from '../../render/yaml';
import { readYamlValue } from '../../yaml/stream';
import { fingerprint } from './certificate';
import type { X509Certificate } from 'node:crypto';
import type { KeyPair } from './issue';

/** A Secret that holds a certificate and its key. */
export interface TlsSecret extends KeyPair {
  readonly name: string;
  readonly namespace: string;

  /**
   * The certificate of the authority that issued it.
   *
   * @default - left out
   */
  readonly authority?: string;
}

/** The Secret as a file for `kubectl apply`. */
export function tlsSecretYaml({ name, namespace, certificate, key, authority }: TlsSecret): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return toYaml({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    type: 'kubernetes.io/tls',
    data: {
      'tls.crt': base64(certificate),
      'tls.key': base64(key),
      ...(authority !== undefined && { 'ca.crt': base64(authority) }),
    },
  });
}

/** The certificate and the key of such a file, `undefined` if it is not of that form. */
export function readTlsSecret(yaml: string): KeyPair | undefined {
  const read = readYamlValue(yaml) as { readonly data?: Readonly<Record<string, unknown>> } | null | undefined;
  const data = read?.data;
  const [certificate, key] = [data?.['tls.crt'], data?.['tls.key']];
  if (typeof certificate !== 'string' || typeof key !== 'string') return undefined;
  const text = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
  return { certificate: text(certificate), key: text(key) };
}

/** The file name of an authority's key: it tells which authority's, so that no key takes another's place. */
export const keyFile = (authority: string, certificate: X509Certificate): string =>
  `${authority}-${fingerprint(certificate).slice(0, 8)}.key`;
