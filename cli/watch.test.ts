import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  child?.kill();
  rmSync(folder, { recursive: true });
});

/** A team may have any name: what commands write to `graph/` is beside the app's file. */
const TEAM = join('teams', 'graph');

/** An app whose services a file beside it names. */
const APP = `
import { App } from '${ROOT}/node_modules/cdk8s';
import { ambassador } from '${ROOT}/lib/ambassador/ambassador';
import { KnativeService } from '${ROOT}/lib/knative/service/knative-service';
import { Platform } from '${ROOT}/lib/platform';
import { images } from './teams/graph/images';
const platform = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador() });
for (const [name, image] of Object.entries(images)) new KnativeService(platform.services, name, { image });
export default platform;
`;

function saveImages(images: Readonly<Record<string, string>>, file = 'images.ts'): void {
  writeFileSync(join(folder, TEAM, file), `export const images: object = ${JSON.stringify(images)};\n`);
}

/** What is printed from now on, until it is of that form. */
function printed(form: RegExp): Promise<string> {
  return new Promise((done) => {
    let text = '';
    const add = (data: Buffer): void => {
      text += data.toString();
      if (!form.test(text)) return;
      child?.stdout?.off('data', add);
      child?.stderr?.off('data', add);
      done(text);
    };
    child?.stdout?.on('data', add);
    child?.stderr?.on('data', add);
  });
}

test('renders after each save, says what changed, and goes on after a mistake', async () => {
  mkdirSync(join(folder, TEAM), { recursive: true });
  writeFileSync(join(folder, 'main.ts'), APP);
  saveImages({ one: 'a/one:1' });
  const files = ['--app', join(folder, 'main.ts'), '--dist', join(folder, 'dist')];
  child = spawn(process.execPath, [join(ROOT, 'cli', 'start.js'), 'synth', '--watch', ...files], { cwd: folder });
  const first = await printed(/added Service default\/one\n/);
  expect(first).toMatch(/^watching /m);
  expect(first).toMatch(/^dist\/60-services\.yaml\n {2}added Service default\/one\n/m);

  let seen = printed(/removed|nothing changed/);
  saveImages({ two: 'a/two:1' });
  expect(await seen).toMatch(
    /^dist\/60-services\.yaml\n {2}added Service default\/two\n {2}removed Service default\/one\n/m,
  );

  seen = printed(/error .*\n/);
  saveImages({ two: 'has spaces' });
  expect(await seen).toMatch(/^error platform\/services\/two: image: /m);

  // As editors save, that replace a file by another.
  for (const tag of [2, 3, 4]) {
    seen = printed(/changed/);
    saveImages({ two: `a/two:${tag}` }, '.images.swp');
    renameSync(join(folder, TEAM, '.images.swp'), join(folder, TEAM, 'images.ts'));
    expect(await seen).toMatch(/^dist\/60-services\.yaml\n {2}changed Service default\/two\n/m);
  }
}, 120_000);
