import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { PhaseResult } from '../lib/cluster/apply/apply-phase';
import { applyPhases } from '../lib/cluster/apply/apply';
import type { DryRunResult } from '../lib/cluster/apply/dry-run';
import { dryRun } from '../lib/cluster/apply/dry-run';
import type { ClusterPhase } from '../lib/cluster/phases';
import { phasesOf, SECRETS_PHASE, selectPhases } from '../lib/cluster/phases';
import { alsoLookedFor, preflight } from '../lib/cluster/apply/preflight';
import type { StaleObject } from '../lib/cluster/apply/prune';
import { pruneStale } from '../lib/cluster/apply/prune';
import type { Survey } from '../lib/cluster/apply/survey';
import { survey } from '../lib/cluster/apply/survey';
import { Kubectl } from '../lib/kubectl/kubectl';
import { rendersSample } from '../lib/linkerd/identity/sample';
import { objectKey } from '../lib/objects/manifest';
import type { Mistake } from '../lib/objects/mistakes';
import { Mistakes } from '../lib/objects/mistakes';
import { applyReport, applyReportJson, dryRunReport, dryRunReportJson } from './apply-output';
import { applyProgress } from './apply-progress';
import type { AppOptions } from './app-options';
import { withApp } from './app-options';
import type { ClusterOptions } from './cluster-options';
import { duration, withCluster } from './cluster-options';
import { confirm } from './confirm';
import { FINDING, setExitCode } from './exit-code';
import { loadPlatform } from './load';
import { secretObjects, writtenObjects } from './platform-objects';
import { renderedObjects } from './rendered-objects';
import { withSignal } from './signal';
import { count, note, noteStream, print, printJson, styled } from './terminal';

interface ApplyCommandOptions extends ClusterOptions, AppOptions {
  readonly from?: string;
  readonly secrets?: string;
  readonly phase: readonly string[];
  readonly dryRun?: 'client' | 'server';
  readonly timeout: number;
  readonly prune: boolean;
  readonly forceConflicts: boolean;
  readonly takeOwnership: boolean;
  readonly yes: boolean;
  readonly output: 'text' | 'json';
}

const ROOT = resolve(__dirname, '..');

const HELP = `
Phases are applied in order by server-side apply, under kubectl's own field manager: plain kubectl apply can go on where this was, and the other way
round. Each phase waits for what the next one needs: CRDs, Deployments, webhooks that answer, APIs, Knative Services. Interrupted at any point and run again, it
ends in the same state. What was applied is recorded in ConfigMaps in the namespace default, knitmesh-inventory-PHASE.

Exit code: 0 all is applied and ready, 1 something is refused or not ready, 2 it could not run, 130 interrupted`;

export function applyCommand(): Command {
  return withApp(withCluster(new Command('apply')))
    .description('apply the platform to a cluster, phase by phase, and wait until it is ready')
    .option('--from <folder>', 'apply the files of a folder as they are, such as dist/, instead of rendering')
    .option('--secrets <folder>', 'the Secrets that are not rendered; default: secrets/, if it is there')
    .option('--phase <names...>', 'these phases alone: 20-linkerd, or linkerd', [])
    .addOption(
      new Option(
        '--dry-run <by>',
        'change nothing: say what is there (client), or what the API server says (server)',
      ).choices(['client', 'server']),
    )
    .option('--timeout <duration>', 'how long each phase may take, until it is ready', duration, 300)
    .option('--prune', 'remove what earlier runs applied and is no longer rendered; never a namespace or a CRD', false)
    .option('--force-conflicts', 'take over fields that other field managers have', false)
    .option('--take-ownership', 'go on where another installer has installed parts of it', false)
    .option('-y, --yes', 'ask nothing', false)
    .addOption(
      new Option('-n, --namespace <name>').hideHelp().argParser(() => {
        throw new InvalidArgumentError('Every object of the platform names its own namespace.');
      }),
    )
    .addOption(
      new Option('-o, --output <format>', 'how to say what was done').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', HELP)
    .action(apply);
}

async function apply(options: ApplyCommandOptions): Promise<void> {
  const { app, from, takeOwnership, output } = options;
  const secrets = secretsFolder(options.secrets);
  const objects = from === undefined ? renderedObjects(app, loadPlatform(options)) : writtenObjects(from);
  const all = phasesOf([...objects, ...secretObjects(secrets)]);
  const phases = selectPhases(all, options.phase);
  const wanted = phases.flatMap(({ objects }) => objects);
  const manifests = wanted.map(({ manifest }) => manifest);

  const kubectl = new Kubectl(options);
  const looked = await survey(kubectl, manifests, alsoLookedFor(wanted));
  const checked = preflight(looked, { objects: wanted, secrets: shown(secrets), takeOwnership });
  const mistakes = [...checked.mistakes, ...(rendersSample(wanted) ? [SAMPLE] : [])];
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  for (const text of checked.notes) note(`${styled('dim', 'note', process.stderr)} ${text}`);

  const run: Run = {
    kubectl,
    looked,
    all,
    phases,
    leftAlone: new Set(checked.leftAlone.map(({ manifest }) => objectKey(manifest))),
  };
  await withSignal(async (signal) => {
    if (options.dryRun === undefined && !(await agreed(run, options, signal))) return;
    const act = options.dryRun === undefined ? applyAll : tryOut;
    const [lines, json] = await act(run, options, signal);
    if (output === 'json') printJson(json);
    else print(lines);
  });
}

/** A cluster, and what is to be applied to it. */
interface Run {
  readonly kubectl: Kubectl;
  readonly looked: Survey;

  /** All phases, and those that were asked for. */
  readonly all: readonly ClusterPhase[];
  readonly phases: readonly ClusterPhase[];
  readonly leftAlone: ReadonlySet<string>;
}

const SAMPLE: Mistake = {
  where: 'certs/',
  message:
    'the mesh would trust the sample that this repository comes with: make an identity with npm run certs, and render it with npm run synth',
};

async function tryOut(
  { kubectl, looked, phases, leftAlone }: Run,
  { dryRun: by = 'client', forceConflicts }: ApplyCommandOptions,
  signal: AbortSignal,
): Promise<[string[], unknown]> {
  const results: DryRunResult[] = [];
  const rendered = phases.flatMap(({ objects }) => objects.map(({ manifest }) => manifest));
  for (const phase of phases) {
    results.push(await dryRun(kubectl, phase, { by, rendered, live: looked.live, leftAlone, forceConflicts, signal }));
  }
  if (results.some(({ problems }) => problems.length > 0)) setExitCode(FINDING);
  return [dryRunReport(results), dryRunReportJson(looked, results)];
}

async function agreed({ looked, phases }: Run, { yes }: ApplyCommandOptions, signal: AbortSignal): Promise<boolean> {
  if (yes) return true;
  const { context, server } = looked;
  const objects = count(
    phases.reduce((sum, { objects }) => sum + objects.length, 0),
    'object',
  );
  const cluster = context === undefined ? server : `${context} (${server})`;
  if (await confirm(`Apply ${objects} in ${count(phases.length, 'phase')} to ${cluster}?`, signal)) return true;
  note('nothing was applied');
  setExitCode(FINDING);
  return false;
}

async function applyAll(
  { kubectl, looked, all, phases, leftAlone }: Run,
  options: ApplyCommandOptions,
  signal: AbortSignal,
): Promise<[string[], unknown]> {
  const rendered = all.flatMap(({ objects }) => objects.map(({ manifest }) => manifest));
  const names = phases.map(({ name }) => name);
  const progress = applyProgress(noteStream(), names);
  const { inventory } = looked;
  const { forceConflicts, timeout: timeoutSeconds, prune } = options;
  let results: PhaseResult[];
  let stale: StaleObject[] = [];
  try {
    results = await applyPhases(kubectl, {
      ...{ phases, rendered, inventory, leftAlone, forceConflicts, timeoutSeconds, signal },
      onEvent: progress.onEvent,
    });
  } finally {
    progress.stop();
  }
  const ready = results.length === phases.length && results.every(({ state }) => state === 'ready');
  if (ready) {
    // Without their folder nobody knows which Secrets are no longer wanted.
    const known = (phase: string): boolean => phase !== SECRETS_PHASE || all.some(({ name }) => name === phase);
    const wanted = (phase: string): boolean => known(phase) && (options.phase.length === 0 || names.includes(phase));
    stale = await pruneStale(kubectl, { rendered, inventory, phases: wanted, prune, timeoutSeconds, signal });
  }
  if (!ready || stale.some(({ state }) => state === 'stuck')) setExitCode(FINDING);
  return [applyReport(results, phases.length, stale), applyReportJson(looked, results, stale)];
}

function secretsFolder(given: string | undefined): string {
  if (given !== undefined && !existsSync(given)) throw new Error(`--secrets: ${given}: no such folder`);
  return given ?? join(ROOT, 'secrets');
}

const shown = (folder: string): string => `${relative(process.cwd(), folder) || '.'}/`;
