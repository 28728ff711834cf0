import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { DocumentItem } from '../objects/items-of';
import { itemsOf } from '../objects/items-of';
import { at } from '../objects/json';
import { bytesHoldPrivateKey } from '../objects/private-key';
import type { Mistake } from '../objects/mistakes';
import { isEncrypted } from '../objects/sops';
import { readYaml } from '../yaml/stream';

/**
 * A mistake for every Secret of a folder that is not encrypted by SOPS, and for what cannot be read and may be one: what Flux decrypts is
 * committed. SOPS leaves a field `sops` in a document that it has encrypted.
 */
export function unencryptedSecrets(folder: string): Mistake[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap(mistakesOf);
}

const OPEN = 'holds a Secret that is not encrypted, and would be committed: encrypt it with sops, or take it away';

function mistakesOf(file: string): Mistake[] {
  const where = relative('', file);
  const bytes = readFileSync(file);
  if (bytesHoldPrivateKey(bytes)) return [{ where, message: OPEN }];
  if (!/\.(ya?ml|json)$/.test(file)) return [];
  const { documents, problems } = readYaml(bytes.toString('utf8'));
  const isOpen = documents.some(({ value }) => !isEncrypted(value) && itemsOf(value).some(isSecret));
  return isOpen
    ? [{ where, message: OPEN }]
    : problems.map(({ line, message }) => ({ where: `${where}:${line}`, message }));
}

/** An item of a list too. */
const isSecret = ({ value }: DocumentItem): boolean => at(value, 'kind') === 'Secret';
