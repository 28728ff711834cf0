import { X509Certificate } from 'node:crypto';
import { at, list, stringsWithin, text } from '../../objects/json';
import type { Kubectl } from '../../kubectl/kubectl';
import type { PlatformObject } from '../../objects/manifest';
import { certificateBlocks } from '../../syntax/pem';
import { subjectOf } from '../../model/certificates';
import { sideBySide } from './side-by-side';

/** A Secret that the platform needs, of which the certificate alone is ever looked at. */
export interface NeededSecret {
  readonly namespace: string;
  readonly name: string;

  /** Whether pods start without it. */
  readonly optional: boolean;
}

/** Secrets that rendered objects name: those that pods mount, and those with a certificate for public hosts. */
export function neededSecrets(objects: readonly PlatformObject[]): NeededSecret[] {
  const needed = new Map<string, NeededSecret>();
  for (const { manifest } of objects) {
    const namespace = manifest.metadata.namespace ?? 'default';
    const mounted = volumesOf(manifest.spec).flatMap((volume) => {
      const name = text(at(volume, 'secret', 'secretName'));
      return name === undefined ? [] : [{ namespace, name, optional: at(volume, 'secret', 'optional') === true }];
    });
    const served = text(at(manifest, 'spec', 'tlsSecret', 'name'));
    const all = [...mounted, ...(served === undefined ? [] : [{ namespace, name: served, optional: false }])];
    for (const one of all) needed.set(`${one.namespace}/${one.name}`, one);
  }
  return [...needed.values()];
}

/** The volumes of a pod's spec, wherever it stands. */
function volumesOf(spec: unknown): readonly unknown[] {
  return [['volumes'], ['template', 'spec', 'volumes'], ['jobTemplate', 'spec', 'template', 'spec', 'volumes']].flatMap(
    (path) => list(at(spec, ...path)),
  );
}

/** A certificate in a cluster. */
export interface LiveCertificate {
  /** `Secret linkerd/linkerd-identity-issuer`. */
  readonly object: string;
  readonly certificate: X509Certificate;
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
}

export interface SecretCertificates {
  readonly certificates: readonly LiveCertificate[];
  readonly missing: readonly NeededSecret[];

  /** Those that hold no certificate under `tls.crt`. */
  readonly without: readonly NeededSecret[];

  /** Those whose certificate is none that can be read. */
  readonly unreadable: readonly NeededSecret[];
}

/** The first certificate of each Secret's `tls.crt`, which is its own. Of the others kubectl keeps to itself what it reads. */
export async function secretCertificates(
  kubectl: Kubectl,
  needed: readonly NeededSecret[],
): Promise<SecretCertificates> {
  const namespaces = [...new Set(needed.map(({ namespace }) => namespace))];
  const found = new Map<string, string>();
  await sideBySide(4, namespaces, async (namespace) => {
    const names = needed.filter((one) => one.namespace === namespace).map(({ name }) => name);
    const columns = 'custom-columns=NAME:.metadata.name,CERTIFICATE:.data.tls\\.crt';
    const printed = await kubectl.print([
      ...['get', 'secrets', ...names, `--namespace=${namespace}`],
      ...['--ignore-not-found', '--no-headers', `--output=${columns}`],
    ]);
    for (const line of printed.split('\n')) {
      const [name, base64 = ''] = line.split(/\s+/);
      if (name) found.set(`${namespace}/${name}`, Buffer.from(base64, 'base64').toString('latin1'));
    }
  });
  const certificates: LiveCertificate[] = [];
  const without: NeededSecret[] = [];
  const unreadable: NeededSecret[] = [];
  for (const secret of needed) {
    const id = `${secret.namespace}/${secret.name}`;
    const pem = found.get(id);
    if (pem === undefined) continue;
    const [first] = certificateBlocks(pem);
    if (first === undefined) without.push(secret);
    else {
      try {
        certificates.push(liveCertificateOf(`Secret ${id}`, first));
      } catch {
        unreadable.push(secret);
      }
    }
  }
  return {
    ...{ certificates, without, unreadable },
    missing: needed.filter(({ namespace, name }) => !found.has(`${namespace}/${name}`)),
  };
}

export function liveCertificateOf(object: string, pem: string): LiveCertificate {
  const certificate = new X509Certificate(pem);
  return {
    object,
    certificate,
    name: subjectOf(certificate),
    from: new Date(certificate.validFrom),
    to: new Date(certificate.validTo),
  };
}

/** Every certificate that stands in a text. */
export const certificatesOf = (object: string, value: unknown): LiveCertificate[] =>
  stringsWithin(value)
    .flatMap(certificateBlocks)
    .map((pem) => liveCertificateOf(object, pem));
