import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
const LEFT = ['.git', 'node_modules', 'dist', 'secrets', 'vendor', 'coverage', '.cdk8s'];

/** A copy of the project with an identity of its own, as a user has who has run `npm run certs` and `npm run synth`. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'knitmesh-e2e-'));
  readonly dist = join(this.folder, 'dist');
  readonly secrets = join(this.folder, 'secrets');

  constructor() {
    for (const name of readdirSync(ROOT).filter((name) => !LEFT.includes(name))) {
      cpSync(join(ROOT, name), join(this.folder, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    this.npm('run', '--silent', 'certs');
    this.npm('run', '--silent', 'synth');
  }

  /** The files of `dist/`, in the order in which kubectl takes them. */
  get phases(): string[] {
    return readdirSync(this.dist)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => basename(name, '.yaml'));
  }

  /** The file of a phase in `dist/`. */
  file(phase: string): string {
    return join(this.dist, `${phase}.yaml`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private npm(...args: string[]): void {
    execFileSync('npm', args, { cwd: this.folder, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}
