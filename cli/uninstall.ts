import { Command, Option } from 'commander';
import { ClusterInventory } from '../lib/cluster/inventory';
import { phasesOf } from '../lib/cluster/phases';
import { nameOfCluster } from '../lib/cluster/apply/survey';
import type { UninstallStep } from '../lib/cluster/uninstall/uninstall';
import { describeOthers, plannedCount, uninstall } from '../lib/cluster/uninstall/uninstall';
import type { UninstallPlan } from '../lib/cluster/uninstall/uninstall-plan';
import { planUninstall } from '../lib/cluster/uninstall/uninstall-plan';
import { Kubectl } from '../lib/kubectl/kubectl';
import { collectObjects } from '../lib/objects/collect';
import { describeObject } from '../lib/objects/manifest';
import { Mistakes } from '../lib/objects/mistakes';
import type { AppOptions } from './app-options';
import { withApp } from './app-options';
import type { ClusterOptions } from './cluster-options';
import { duration, withCluster } from './cluster-options';
import { confirm } from './confirm';
import { FINDING, setExitCode } from './exit-code';
import { loadPlatform } from './load';
import { writtenObjects } from './platform-objects';
import { withSignal } from './signal';
import { count, note, print, printJson, styled, table } from './terminal';

interface UninstallCommandOptions extends ClusterOptions, AppOptions {
  readonly from?: string;
  readonly keepCrds: boolean;
  readonly keepNamespaces: boolean;
  readonly includeOthers: boolean;
  readonly dryRun: boolean;
  readonly timeout: number;
  readonly yes: boolean;
  readonly output: 'text' | 'json';
}

const HELP = `
The phases go backwards, each once all of the one before is gone, so that controllers clean up before they go. What is removed is what npm run apply has
recorded, and what is rendered and was applied by kubectl. The namespace default stays, without what the platform has set on it. CRDs and namespaces hold objects of
others: each is asked for, and what would be lost is listed. Interrupted at any point and run again, it ends in the same state.

Exit code: 0 all is gone, 1 something is not, 2 it could not run, 130 interrupted`;

export function uninstallCommand(): Command {
  return withApp(withCluster(new Command('uninstall')))
    .description('remove the platform from a cluster, the last phase first')
    .option('--from <folder>', 'remove what the files of a folder hold, such as dist/, instead of rendering')
    .option('--keep-crds', 'leave the CRDs, and with them the custom resources of others', false)
    .option('--keep-namespaces', 'leave the namespaces, and with them what others have in them', false)
    .option('--include-others', 'with --yes: also where objects of others are lost', false)
    .option('--dry-run', 'change nothing: say what would go', false)
    .option('--timeout <duration>', 'how long each step may take', duration, 300)
    .option('-y, --yes', 'ask nothing', false)
    .addOption(
      new Option('-o, --output <format>', 'how to say what was done').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', HELP)
    .action(run);
}

async function run(options: UninstallCommandOptions): Promise<void> {
  const { from, output, timeout: timeoutSeconds, dryRun } = options;
  const objects = from === undefined ? collectObjects(loadPlatform(options)) : writtenObjects(from);
  const kubectl = new Kubectl(options);
  const inventory = await ClusterInventory.read(kubectl);
  const plan = await planUninstall(kubectl, inventory.phases, phasesOf(objects));
  if (dryRun) {
    if (output === 'json') printJson(planJson(plan, options));
    else print(planLines(plan, options));
    return;
  }
  await withSignal(async (signal) => {
    const agreed = await agree(kubectl, plan, options, signal);
    if (agreed === undefined) return;
    const steps = await uninstall(kubectl, plan, {
      ...{ inventory, timeoutSeconds, signal, ...agreed },
      onStep: (step, objects) => {
        note(`${step}: removing ${count(objects, 'object')}`);
      },
    });
    const failed = steps.some(({ problems }) => problems.length > 0);
    if (failed) setExitCode(FINDING);
    const left = plan.disowned.map(describeObject);
    if (output === 'json') printJson({ steps, left });
    else print(reportLines(steps, left, failed));
  });
}

/** What the user wants to keep. */
interface Agreed {
  readonly keepCrds: boolean;
  readonly keepNamespaces: boolean;
}

async function agree(
  kubectl: Kubectl,
  plan: UninstallPlan,
  options: UninstallCommandOptions,
  signal: AbortSignal,
): Promise<Agreed | undefined> {
  const { keepCrds, keepNamespaces, yes, includeOthers } = options;
  const lost = [...(keepCrds ? [] : plan.othersOfCrds), ...(keepNamespaces ? [] : plan.othersInNamespaces)];
  if (yes) {
    if (lost.length === 0 || includeOthers) return { keepCrds, keepNamespaces };
    const message =
      'is of others and would be lost: leave it with --keep-crds and --keep-namespaces, or agree with --include-others';
    throw new Mistakes(describeOthers(lost).map((where) => ({ where, message })));
  }
  const { context, server } = await nameOfCluster(kubectl);
  const cluster = context === undefined ? server : `${context} (${server})`;
  if (!(await confirm(`Remove ${count(plannedCount(plan), 'object')} of the platform from ${cluster}?`, signal))) {
    note('nothing was removed');
    setExitCode(FINDING);
    return undefined;
  }
  const keeps = async (
    kept: boolean,
    what: string,
    objects: number,
    others: UninstallPlan['crds'],
  ): Promise<boolean> => {
    if (kept || objects === 0) return kept;
    const losing = others.length === 0 ? '' : `, and with them of others: ${describeOthers(others).join(', ')}`;
    return !(await confirm(`Remove ${count(objects, what)}${losing}?`, signal));
  };
  return {
    keepCrds: await keeps(keepCrds, 'CRD', plan.crds.length, plan.othersOfCrds),
    keepNamespaces: await keeps(keepNamespaces, 'namespace', plan.namespaces.length, plan.othersInNamespaces),
  };
}

function reportLines(steps: readonly UninstallStep[], left: readonly string[], failed: boolean): string[] {
  const rows = steps
    .filter(({ removed, problems }) => removed > 0 || problems.length > 0)
    .map(({ step, removed, seconds, problems }) => [
      step,
      String(removed),
      seconds.toFixed(1),
      problems.length === 0 ? 'gone' : 'not gone',
    ]);
  return [
    ...(rows.length === 0 ? ['there is nothing to remove'] : table([['STEP', 'REMOVED', 'SECONDS', 'STATE'], ...rows])),
    ...steps.flatMap(({ step, problems }) => problems.map((problem) => `${step}: ${problem}`)),
    ...left.map((object) => `${object}: is somebody else's, and stays`),
    ...(failed ? ['not all is gone; run it again to go on from there'] : []),
  ];
}

function planLines(plan: UninstallPlan, { keepCrds, keepNamespaces }: Agreed): string[] {
  const rows = [
    ...plan.phases.map(({ name, objects }) => [name, String(objects.length)]),
    ...(keepCrds ? [] : [['CRDs', String(plan.crds.length)]]),
    ...(keepNamespaces ? [] : [['namespaces', String(plan.namespaces.length)]]),
  ];
  const warn = styled('yellow', 'lost', process.stdout);
  return [
    ...table([['STEP', 'TO REMOVE'], ...rows]),
    ...(keepCrds ? [] : describeOthers(plan.othersOfCrds).map((one) => `${warn} with the CRDs, of others: ${one}`)),
    ...(keepNamespaces
      ? []
      : describeOthers(plan.othersInNamespaces).map((one) => `${warn} with the namespaces, of others: ${one}`)),
    ...plan.disowned.map((one) => `${describeObject(one)}: is somebody else's, and stays`),
    'nothing was removed',
  ];
}

function planJson(plan: UninstallPlan, { keepCrds, keepNamespaces }: Agreed): unknown {
  const names = (objects: UninstallPlan['crds']): string[] => objects.map(describeObject);
  return {
    phases: plan.phases.map(({ name, objects }) => ({ phase: name, objects: names(objects) })),
    crds: keepCrds ? [] : names(plan.crds),
    namespaces: keepNamespaces ? [] : names(plan.namespaces),
    othersOfCrds: names(plan.othersOfCrds),
    othersInNamespaces: names(plan.othersInNamespaces),
    left: names(plan.disowned),
  };
}
