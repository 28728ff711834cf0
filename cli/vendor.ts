import { relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Proxies } from '../lib/releases/http';
import { WHOLE } from '../lib/releases/http';
import type { VendorOptions, VendorResult } from '../lib/releases/vendor';
import { vendor, VendorFailures } from '../lib/releases/vendor';
import { duration } from './cluster-options';
import { COULD_NOT_RUN, setExitCode } from './exit-code';
import { count, note, noteStream, print, printJson, printMistakes, styled, table } from './terminal';
import { vendorProgress } from './vendor-progress';

interface VendorCommandOptions {
  readonly root: string;
  readonly mirror?: string;
  readonly version: Readonly<Record<string, string>>;
  readonly component: readonly string[];
  readonly trustAnchors?: string;
  readonly timeout: number;
  readonly output: 'text' | 'json';
}

/** Exit codes: the bytes are not the pinned ones; none could be had. */
const WRONG_BYTES = 1;

const ROOT = resolve(__dirname, '..');

export function vendorCommand(): Command {
  return new Command('vendor')
    .description('bring the upstream releases of releases.lock.yaml into vendor/ and check every byte')
    .option('--mirror <place>', 'a folder or URL to take all files from, at <mirror>/<folder>/<version>/<file>')
    .option('--version <component=version>', 'move a component to another version (repeatable)', oneVersion, {})
    .option('--component <name>', 'vendor this component only (repeatable)', oneMore, [])
    .option('--trust-anchors <file>', "the PEM file that Linkerd's charts are rendered with")
    .addOption(
      new Option('--timeout <duration>', 'how long all of it may take, until every file is there')
        .argParser(duration)
        .default(WHOLE / 1000, '15m'),
    )
    .option('--root <folder>', 'the folder of releases.lock.yaml and vendor/', ROOT)
    .addOption(
      new Option('-o, --output <format>', 'how to say what was done').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', '\nExit codes: 0 done, 1 wrong bytes or a mistake in the lock, 2 a file could not be had.')
    .action(run);
}

function oneVersion(value: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [, component, version] = /^([^=]+)=(.+)$/.exec(value) ?? [];
  if (component === undefined || version === undefined) {
    throw new InvalidArgumentError('Write component=version, for example knative-serving=1.23.0.');
  }
  return { ...before, [component]: version };
}

const oneMore = (value: string, before: readonly string[]): string[] => [...before, value];

async function run({
  root,
  mirror,
  version,
  component,
  trustAnchors,
  timeout,
  output,
}: VendorCommandOptions): Promise<void> {
  const progress = vendorProgress(noteStream());
  const options: VendorOptions = {
    // Messages then name files as seen from the working folder.
    root: relative('', root),
    versions: version,
    components: component,
    proxies: proxiesOf(process.env),
    patience: { whole: timeout * 1000 },
    onEvent: progress.onEvent,
    ...(mirror === undefined ? {} : { mirror }),
    ...(trustAnchors === undefined ? {} : { trustAnchors }),
  };
  try {
    const result = await vendor(options).finally(progress.stop);
    printMistakes('warning', result.warnings);
    if (output === 'json') printJson(result);
    else print(linesOf(result));
  } catch (error) {
    if (!(error instanceof VendorFailures)) throw error;
    if (output === 'json') printJson({ failures: error.failures });
    printMistakes('error', error.failures);
    note('vendor/ and releases.lock.yaml are as they were');
    setExitCode(error.wrongBytes ? WRONG_BYTES : COULD_NOT_RUN);
  }
}

/** The lower-case name goes first, as with curl. */
function proxiesOf(env: NodeJS.ProcessEnv): Proxies {
  const read = (name: string): string | undefined => env[name] ?? env[name.toUpperCase()];
  const [http, https, except] = [read('http_proxy'), read('https_proxy'), read('no_proxy')];
  return {
    ...(http === undefined ? {} : { http }),
    ...(https === undefined ? {} : { https }),
    ...(except === undefined ? {} : { except }),
  };
}

function linesOf({ components, files, recorded }: VendorResult): string[] {
  const rows = components.map(({ name, version, movedFrom }) => [
    name,
    movedFrom === undefined ? version : `${version} (was ${movedFrom})`,
    `vendor/${name}/${version}/`,
    states(files.filter(({ file }) => file.startsWith(`${name}/`)).map(({ state }) => state)),
  ]);
  const sums = recorded.map(
    ({ file, sha256, before }) => `${file} ${sha256}${before === undefined ? '' : ` (was ${before})`}`,
  );
  return [
    ...table([['COMPONENT', 'VERSION', 'FOLDER', 'FILES'], ...rows]),
    ...(sums.length === 0
      ? []
      : [
          '',
          `${styled('yellow', 'recorded', process.stdout)} in releases.lock.yaml, not checked against anything: ${count(sums.length, 'SHA-256 sum')}`,
          ...sums,
        ]),
  ];
}

/** `3 unchanged, 1 fetched` */
function states(all: readonly string[]): string {
  return [...new Set(all)].map((state) => `${all.filter((one) => one === state).length} ${state}`).join(', ');
}
