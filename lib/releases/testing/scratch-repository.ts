import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LOCK_FILE } from '../project-root';

/** For tests: a folder with a lock, that goes away. */
export class ScratchRepository {
  readonly root = mkdtempSync(join(tmpdir(), 'knitmesh-'));

  constructor(lock: string) {
    this.write(LOCK_FILE, lock);
  }

  get lock(): string {
    return this.read(LOCK_FILE);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** @returns the path of the file */
  write(path: string, text: string | Buffer): string {
    const to = join(this.root, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
    return to;
  }

  /** A program that does what a shell script says. */
  writeProgram(path: string, script: string): string {
    const to = this.write(path, `#!/bin/sh\n${script}\n`);
    chmodSync(to, 0o755);
    return to;
  }

  /** All files and their text, by path. */
  tree(under = ''): Record<string, string> {
    const names = readdirSync(join(this.root, under), { recursive: true, withFileTypes: true });
    return Object.fromEntries(
      names
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
        .sort()
        .map((path) => [path, this.read(path)]),
    );
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A manifest of about that many bytes. */
export function manifest(name: string, bytes = 200): string {
  const head = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: `;
  return `${head}${'x'.repeat(Math.max(1, bytes - head.length - 1))}\n`;
}

export function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A trust anchor whose key is lost. */
export const TRUST_ANCHOR = `-----BEGIN CERTIFICATE-----
MIIBoDCCAUegAwIBAgIURG5RIN5sT9Eom0VetKl1wclEw2cwCgYIKoZIzj0EAwIw
JTEjMCEGA1UEAwwacm9vdC5saW5rZXJkLmNsdXN0ZXIubG9jYWwwIBcNMjYxMTIz
MTQ1NjQ0WhgPMjEyNjEwMzAxNDU2NDRaMCUxIzAhBgNVBAMMGnJvb3QubGlua2Vy
ZC5jbHVzdGVyLmxvY2FsMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEhAnmXKMs
TzbFxIEcUCKY7KUsjTgK+gf1sK310RYL65biTZHhqo9jpesXDe5p2Se1fD/l0Z5r
lfQSNwa+J4ePJqNTMFEwHQYDVR0OBBYEFANvnqzvEEBQpqOMty5w7WMNpEzRMB8G
A1UdIwQYMBaAFANvnqzvEEBQpqOMty5w7WMNpEzRMA8GA1UdEwEB/wQFMAMBAf8w
CgYIKoZIzj0EAwIDRwAwRAIgJv680uFMtluLjmzCSUqIh4gKha2OYFBl1XoV0Y/h
rV8CIH31VUQ0niD7q/669W3U9Fpf22jVvWjK2Gr6oHbFzZbB
-----END CERTIFICATE-----
`;
