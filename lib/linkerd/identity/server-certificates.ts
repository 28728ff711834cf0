import { X509Certificate } from 'node:crypto';
import { validityOf } from './certificate-validity';
import type { IdentityChange } from './identity-change';
import { secretFile, serverFile } from './identity-folders';
import type { KeyPair } from './issue';
import { newServerCertificate } from './issue';
import { tlsSecretYaml } from './secret-file';
import type { WebhookService } from './webhook-services';
import { hostOf } from './webhook-services';

/** New certificates for services that the API server calls, and their Secrets. */
export async function newServerCertificates(
  authority: KeyPair,
  services: readonly WebhookService[],
  lifetime: string,
  now: Date,
): Promise<Pick<IdentityChange, 'certs' | 'secrets'>> {
  const valid = validityOf("webhooks' certificates", lifetime, now, new X509Certificate(authority.certificate));
  const made = await Promise.all(
    services.map(async (service) => ({
      ...service,
      ...(await newServerCertificate(hostOf(service), valid, authority)),
    })),
  );
  return {
    certs: made.map(({ service, certificate }) => ({ file: serverFile(service), text: certificate })),
    secrets: made.map(({ secret, namespace, certificate, key }) => ({
      file: secretFile(secret),
      text: tlsSecretYaml({ name: secret, namespace, certificate, key, authority: authority.certificate }),
    })),
  };
}
