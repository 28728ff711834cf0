import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { DocumentItem } from '../objects/items-of';
import { itemsOf } from '../objects/items-of';
import { at } from '../objects/json';
import { bytesHoldPrivateKey } from '../objects/private-key';
import type { Mistake } from '../objects/mistakes';
import { isEncrypted } from '../objects/sops';

/**
 * A mistake for every Secret of a folder that is not encrypted by SOPS: what Flux decrypts is committed. SOPS leaves a field `sops` in a
 * document that it has encrypted.
 */
export function unencryptedSecrets(folder: string): Mistake[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .filter(isOpen)
    .map((file) => ({
      where: relative('', file),
      message: 'holds a Secret that is not encrypted, and would be committed: encrypt it with sops, or take it away',
    }));
}

/** An item of a list too. */
const isSecret = ({ value }: DocumentItem): boolean => at(value, 'kind') === 'Secret';

function isOpen(file: string): boolean {
  const bytes = readFileSync(file);
  if (bytesHoldPrivateKey(bytes)) return true;
  if (!/\.(ya?ml|json)$/.test(file)) return false;
  return parseAllDocuments(bytes.toString('utf8')).some((document) => {
    const value = document.toJS() as unknown;
    return !isEncrypted(value) && itemsOf(value).some(isSecret);
  });
}
