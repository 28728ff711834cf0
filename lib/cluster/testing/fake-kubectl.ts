import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kubectl } from '../../kubectl/kubectl';
import type { Manifest } from '../../objects/manifest';

/** A call of kubectl: its arguments, and the names of the objects that it was given. */
export interface Call {
  readonly args: readonly string[];
  readonly objects: readonly Manifest[];
}

/** A program that answers as kubectl would, by some lines of JavaScript that know `args` and `objects`. It records its calls. */
export class FakeKubectl {
  readonly kubectl: Kubectl;
  private readonly folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  private readonly log = join(this.folder, 'calls');

  constructor(lines: string) {
    const program = join(this.folder, 'kubectl');
    const text = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const input = readFileSync(0, 'utf8');
const objects = input === '' ? [] : (JSON.parse(input).items ?? []);
const calls = existsSync(${JSON.stringify(this.log)}) ? readFileSync(${JSON.stringify(this.log)}, 'utf8').split('\\n').length - 1 : 0;
appendFileSync(${JSON.stringify(this.log)}, JSON.stringify({ args, objects }) + '\\n');
const print = (value) => process.stdout.write(typeof value === 'string' ? value + '\\n' : JSON.stringify(value));
const list = (items) => print({ apiVersion: 'v1', kind: 'List', items });
const fail = (text) => { process.stderr.write(text + '\\n'); process.exitCode = 1; };
const nameOf = ({ apiVersion, kind, metadata }) =>
  kind.toLowerCase() + (apiVersion.includes('/') ? '.' + apiVersion.split('/')[0] : '') + '/' + metadata.name;
${lines}
`;
    writeFileSync(program, text);
    chmodSync(program, 0o755);
    this.kubectl = new Kubectl({ program });
  }

  get calls(): Call[] {
    if (!existsSync(this.log)) return [];
    return readFileSync(this.log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Call);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
