import { join, resolve } from 'node:path';
import type { Mistake } from '../../objects/mistakes';
import { Mistakes } from '../../objects/mistakes';
import type { PublicCertificates } from './public-certificates';
import { readPublicCertificates } from './public-certificates';
import { WEBHOOK_SERVICES } from './webhook-services';

/** Where an identity is kept. */
export interface IdentityFolders {
  /** The project's folder, which the other two are given from. Each of them may also be a whole path. */
  readonly root: string;

  /** What is public: committed, and rendered. */
  readonly certs: string;

  /** What is secret: Secrets for the cluster, and below them in `keys/` the authorities' keys. Never committed. */
  readonly secrets: string;
}

/** The whole path of the folder of what is public. */
export const certsPath = ({ root, certs }: Pick<IdentityFolders, 'root' | 'certs'>): string => resolve(root, certs);

/** The whole path of the folder of what is secret. */
export const secretsPath = ({ root, secrets }: Pick<IdentityFolders, 'root' | 'secrets'>): string =>
  resolve(root, secrets);

/** The folder within the one of the secrets that `kubectl apply -f` does not look into. */
export const KEYS = 'keys';

/** The file of a service's public certificate, in the folder of the certificates. */
export const serverFile = (service: string): string => `${service}.pem`;

/** The file of a Secret, in the folder of the secrets. */
export const secretFile = (secret: string): string => `${secret}.yaml`;

/** The public certificates of the services that the API server calls, as far as they are there. */
export const SERVER_FILES: readonly string[] = WEBHOOK_SERVICES.map(({ service }) => serverFile(service));

/**
 * The certificates of an identity.
 *
 * @throws Mistakes all that is wrong with them
 */
export function readIdentity(folders: IdentityFolders): PublicCertificates {
  const { certificates, problems } = readPublicCertificates(certsPath(folders));
  if (certificates !== undefined) return certificates;
  throw new Mistakes(problems.map(({ file, problem }) => ({ where: join(folders.certs, file), message: problem })));
}

/** One mistake, to be thrown. */
export const mistake = (where: string, message: string): Mistakes =>
  new Mistakes([{ where, message } satisfies Mistake]);
