import type { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { commonName, fingerprint, isKeyOf, privateKeyIn, toPem } from './certificate';
import type { IdentityFolders } from './identity-folders';
import { KEYS, mistake, secretsPath } from './identity-folders';
import type { KeyPair } from './issue';
import { textOf } from './public-certificates';
import { isSampleCertificate } from './sample';

/**
 * A certificate authority with its key, to sign with.
 *
 * @param file the file of the key; default: any of `secrets/keys/` that is the authority's
 * @throws Mistakes if there is no key, or if it is another one's
 */
export function withKey(authority: X509Certificate, folders: IdentityFolders, file?: string): KeyPair {
  const whose = `${commonName(authority)} (SHA-256 ${fingerprint(authority).slice(0, 8)}…)`;
  if (isSampleCertificate(authority)) {
    throw mistake(whose, 'is of the sample, whose keys are gone: make an identity of your own with npm run certs');
  }
  const certificate = toPem([authority]);
  if (file !== undefined) {
    if (!existsSync(file)) throw mistake(file, 'there is no such file: name the one with the private key');
    if (!statSync(file).isFile()) throw mistake(file, 'is a folder: name the file in it with the private key');
    const key = readFileSync(file, 'utf8');
    const parsed = privateKeyIn(key);
    if (parsed === undefined)
      throw mistake(file, 'holds no private key that can be read: give it in PEM, without a passphrase');
    if (!isKeyOf(parsed, authority)) throw mistake(file, `is not the key of ${whose}: give that one`);
    return { certificate, key };
  }
  const folder = join(secretsPath(folders), KEYS);
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const key = textOf(join(folder, name));
    const parsed = key === undefined ? undefined : privateKeyIn(key);
    if (key !== undefined && parsed !== undefined && isKeyOf(parsed, authority)) return { certificate, key };
  }
  throw mistake(
    join(folders.secrets, KEYS),
    `the key of ${whose} is not here: bring it back from where it is kept, or name its file with --authority-key`,
  );
}
