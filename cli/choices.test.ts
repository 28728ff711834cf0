import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import type { Command } from 'commander';
import { ambassador } from '../lib/ambassador/ambassador';
import { KnativeService } from '../lib/knative/service/knative-service';
import { Mistakes } from '../lib/objects/mistakes';
import { Platform } from '../lib/platform';
import { LOCK_FILE, projectRoot } from '../lib/releases/project-root';
import { vendor } from '../lib/releases/vendor';
import type { Choice, ChosenProps, Outcome } from '../testing/choices';
import { CHOICES, PAIRS, RELEASE_CHOICES } from '../testing/choices';
import { testWith, upstreamDir } from '../testing/requirements';
import { checkCommand } from './check';
import { commandIsDone, DONE, setExitCode } from './exit-code';
import { synthCommand } from './synth';

/** A user's project, with this repository's check.yaml, and vendored releases where there are any to be had. */
let project: string;
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'knitmesh-choices-'));
  for (const file of ['certs', 'check.yaml', LOCK_FILE])
    cpSync(join(projectRoot(), file), join(project, file), { recursive: true });
  if (process.env.UPSTREAM_DIR !== undefined) await vendor({ root: project, mirror: upstreamDir() });
});
afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

/** The choices of releases under their names, such as `linkerd vendored`. */
const released = Object.entries(RELEASE_CHOICES).flatMap(([component, words]) =>
  Object.entries(words).map(([word, outcome]: [string, Outcome]): [string, Choice] => [
    `${component} ${word}`,
    { ...outcome, props: { releases: { [component]: word } } },
  ]),
);
const choices = new Map<string, Choice>([...Object.entries<Choice>(CHOICES), ...released]);
const choiceOf = (name: string): Choice => {
  const choice = choices.get(name);
  if (choice === undefined) throw new Error(`no choice ${name}`);
  return choice;
};
const pairs = PAIRS.map(([one, other, outcome]): [string, Choice] => {
  const [a, b] = [choiceOf(one), choiceOf(other)];
  const both = (key: 'says' | 'warnings'): string[] => [...(a[key] ?? []), ...(b[key] ?? [])];
  return [
    `${one}, and ${other}`,
    { says: both('says'), warnings: both('warnings'), ...outcome, props: together(a.props, b.props) },
  ];
});

/** Options of two choices, as somebody writes them who makes both. */
function together(a: ChosenProps, b: ChosenProps): ChosenProps {
  const linkerd = { ...a.linkerd, ...b.linkerd };
  const [one, other] = [a.linkerd?.viz, b.linkerd?.viz];
  return {
    ...a,
    ...b,
    ...(Object.keys(linkerd).length > 0 && {
      linkerd: {
        ...linkerd,
        ...(typeof one === 'object' && typeof other === 'object' && { viz: { ...one, ...other } }),
      },
    }),
    ...((a.releases ?? b.releases) && { releases: { ...a.releases, ...b.releases } }),
    ...((a.knativeServing ?? b.knativeServing) && { knativeServing: { ...a.knativeServing, ...b.knativeServing } }),
  };
}

const all = [...choices, ...pairs];
const isVendored = ({ props: { releases = {} } }: Choice): boolean => Object.values(releases).includes('vendored');

test('no row is there twice', () => {
  expect(new Set(all.map(([name]) => name)).size).toBe(all.length);
});

test.each(all.filter(([, choice]) => !isVendored(choice)))('%s', (_, choice) => expectOutcome(choice));

for (const [name, choice] of all.filter(([, one]) => isVendored(one))) {
  testWith('UPSTREAM_DIR')(name, () => expectOutcome(choice));
}

/** Where an app's file finds the platform of the row. */
const PLATFORM = Symbol.for('knitmesh.choice');

/** Renders a platform and checks it with the commands, from a folder of its own in the project. */
async function expectOutcome({ props, says = [], warnings = [], mistake }: Choice): Promise<void> {
  const folder = mkdtempSync(join(project, 'app-'));
  const [app, dist] = [join(folder, 'main.js'), join(folder, 'dist')];
  writeFileSync(app, "exports.default = globalThis[Symbol.for('knitmesh.choice')];\n");
  (globalThis as Record<symbol, unknown>)[PLATFORM] = platformOf(props);

  const synth = await run(synthCommand(), ['--app', app, '--dist', dist]);
  if (mistake !== undefined) {
    expect(synth.mistakes).toEqual([mistake]);
    expect(readdirSync(folder)).toEqual(['main.js']);
    return;
  }
  expect(synth.mistakes).toEqual([]);
  expect(synth.exitCode).toBe(0);
  expect(synth.stderr.flatMap((line) => warnedProp(line) ?? []).sort()).toEqual([...says].sort());
  expect(readdirSync(join(dist, props.environment ?? ''))).toContain('60-services.yaml');

  const check = await run(checkCommand(), ['--app', app, '--output', 'json']);
  const { findings } = JSON.parse(check.stdout) as { findings: { rule: string; severity: string }[] };
  // How old the certificates in certs/ are is for whoever uses this repository to look at.
  const found = findings.filter(({ rule }) => !rule.startsWith('certificate-expire'));
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  const told = found.filter(({ severity }) => severity !== 'note');
  expect([...new Set(told.map(({ rule }) => rule))].sort()).toEqual([...new Set(warnings)].sort());
}

function platformOf(props: ChosenProps): Platform {
  const platform = new Platform(new App(), 'platform', {
    domain: 'example.com',
    ingress: ambassador(),
    ...props,
    root: project,
  });
  new KnativeService(platform.services, 'hello', { image: `registry.example.com/hello@sha256:${'a'.repeat(64)}` });
  return platform;
}

interface Run {
  readonly mistakes: readonly string[];
  readonly exitCode: number | string;
  readonly stdout: string;

  /** Its lines. */
  readonly stderr: readonly string[];
}

/** Runs a command as the command line does, but in this process. */
async function run(command: Command, args: readonly string[]): Promise<Run> {
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    });
  }
  const mistakes: string[] = [];
  setExitCode(DONE);
  try {
    await command.parseAsync(args, { from: 'user' });
    commandIsDone();
  } catch (error) {
    if (!(error instanceof Mistakes)) throw error;
    mistakes.push(...error.mistakes.map(({ message }) => message));
  } finally {
    jest.restoreAllMocks();
  }
  return { mistakes, exitCode: process.exitCode ?? 0, stdout: said.stdout, stderr: said.stderr.trimEnd().split('\n') };
}

/** The prop that a warning is about; `undefined` for that of the sample of certificates, which a user replaces. */
function warnedProp(line: string): string | undefined {
  const [, prop] = /^warning \S+: ([^:]+): /.exec(line) ?? [];
  return prop === 'certs' ? undefined : prop;
}
