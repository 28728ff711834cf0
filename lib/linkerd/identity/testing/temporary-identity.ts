import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { IdentityChange } from '../identity-change';
import { writeChange } from '../identity-change';
import type { IdentityFolders } from '../identity-folders';
import { DEFAULT_LIFETIMES, makeIdentity } from '../make-identity';
import { WEBHOOK_SERVICES } from '../webhook-services';

/** When tests make their certificates. */
export const NOW = new Date('2030-01-01T00:00:00Z');

/** A time some days after that. */
export const daysLater = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

/** A project's folder with an identity, for a test; it is there until `remove`. */
export class TemporaryIdentity implements IdentityFolders {
  readonly root = mkdtempSync(join(tmpdir(), 'knitmesh-identity-'));
  readonly certs = 'certs';
  readonly secrets = 'secrets';

  /** One with all certificates. */
  static async made(): Promise<TemporaryIdentity> {
    const identity = new TemporaryIdentity();
    identity.apply(
      await makeIdentity({ folders: identity, lifetimes: DEFAULT_LIFETIMES, services: WEBHOOK_SERVICES, now: NOW }),
    );
    return identity;
  }

  path(file: string): string {
    return join(this.root, file);
  }

  apply(change: IdentityChange): void {
    writeChange(change, this);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  delete(file: string): void {
    rmSync(this.path(file), { recursive: true });
  }

  /** The name of the only file of a folder that begins so. */
  named(folder: string, prefix: string): string {
    const [name, ...others] = readdirSync(this.path(folder)).filter((file) => file.startsWith(prefix));
    if (name === undefined || others.length > 0) throw new Error(`not one file ${folder}/${prefix}*`);
    return join(folder, name);
  }

  /** Every file with its text, and folders with an empty one. */
  contents(): Record<string, string> {
    const names = readdirSync(this.root, { recursive: true, encoding: 'utf8' }).sort();
    const text = (name: string): string => (statSync(this.path(name)).isFile() ? this.read(name) : '');
    return Object.fromEntries(names.map((name) => [name, text(name)]));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
