import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { valuesOf } from './charts';
import type { Side } from './pair';

export const ROOT = resolve(__dirname, '..');

/** What is measured is written here. */
export const work = mkdtempSync(join(tmpdir(), 'knitmesh-bench-'));

/** Each app is rendered to a folder of its own: written once, and compared from then on, as a user's is. */
export const distOf = (app: string): string => join(work, 'dist', basename(app, '.ts'));

/** A command of knitmesh, as npm starts it. */
export function knitmesh(command: string, app: string, ...args: readonly string[]): Side {
  const program = [process.execPath, join(ROOT, 'cli', 'start.js'), command, '--app', app];
  return { name: `\`${command}\``, commands: [{ args: [...program, ...args] }] };
}

export const synth = (app: string, name = '`synth`'): Side => ({
  ...knitmesh('synth', app, '--dist', distOf(app)),
  name,
});

/** An app in which a service is another one before each run. */
export function editedApp(): Side {
  const file = join(work, 'edited.ts');
  let edits = 0;
  const before = (): void =>
    writeFileSync(
      file,
      `import { KnativeService } from ${JSON.stringify(join(ROOT, 'lib', 'knative', 'service', 'knative-service'))};
import { platformOf } from ${JSON.stringify(join(__dirname, 'services'))};
const platform = platformOf(1);
new KnativeService(platform.services, 'edited', { image: 'registry.example.com/team/edited:1.0.${edits++}' });
export default platform;
`,
    );
  before();
  return { ...synth(file, '`synth` after an edit'), before };
}

/** What no cdk8s app can do without, as one file, which is all that it loads. */
export function bareObjects(services: number): Side {
  const file = join(work, 'bare-objects.js');
  const entryPoints = [join(__dirname, 'bare-objects.ts')];
  buildSync({ entryPoints, outfile: file, bundle: true, platform: 'node', logLevel: 'error' });
  return { name: `bare objects, ${services}`, commands: [{ args: [process.execPath, file, String(services)] }] };
}

/** An app with a number of services besides the platform's own objects. */
export function appOf(services: number): string {
  const file = join(work, `services-${services}.ts`);
  writeFileSync(
    file,
    `import { platformOf } from ${JSON.stringify(join(__dirname, 'services'))};\nexport default platformOf(${services});\n`,
  );
  return file;
}

/** Renders a chart. */
export const helm = (chart: string): Side => ({
  name: '`helm template`',
  commands: [{ args: ['helm', 'template', 'platform', chart, '--values', valuesOf(chart)] }],
});
