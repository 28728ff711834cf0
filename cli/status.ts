import { Command, Option } from 'commander';
import type { PodCount, Status } from '../lib/cluster/status/status';
import { statusOf } from '../lib/cluster/status/status';
import { Rendered } from '../lib/cluster/verify/rendered';
import { Kubectl } from '../lib/kubectl/kubectl';
import { collectObjects } from '../lib/objects/collect';
import type { BehindObject } from '../lib/review/behind';
import { behindOf } from '../lib/review/behind';
import type { AppOptions } from './app-options';
import { withApp } from './app-options';
import type { ClusterOptions } from './cluster-options';
import { withCluster } from './cluster-options';
import { loadPlatform } from './load';
import { count, print, printJson, styled, table } from './terminal';

interface StatusCommandOptions extends ClusterOptions, AppOptions {
  readonly output: 'text' | 'json';
}

/** Of many objects of one kind, this many are named. */
const NAMED = 5;

export function statusCommand(): Command {
  return withApp(withCluster(new Command('status')))
    .description('what of the platform is up on a cluster, what is behind Git, and when certificates expire')
    .addOption(new Option('-o, --output <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nNothing is changed. Exit codes: 0 done, 1 a mistake in the platform, 2 could not run')
    .action(run);
}

async function run(options: StatusCommandOptions): Promise<void> {
  const { context, kubeconfig, output } = options;
  const platform = loadPlatform(options);
  const rendered = new Rendered(collectObjects(platform), platform.networking);
  const kubectl = new Kubectl({ context, kubeconfig });
  // What is wrong is said by whoever asks first whether there is a cluster.
  const asked = behindOf(rendered.objects, kubectl);
  asked.catch(() => undefined);
  const status = await statusOf(rendered, platform.components, kubectl, new Date());
  const behind = await asked;
  if (output === 'json') printJson({ ...status, behind });
  else print(linesOf(status, behind));
}

function linesOf({ components, services, objects, certificates }: Status, behind: readonly BehindObject[]): string[] {
  const rows = components.map(({ name, rendered, running, pods }) => [
    name,
    rendered ?? 'external',
    running.join(', ') || '-',
    ...podsText(pods),
  ]);
  return [
    ...table([
      ['COMPONENT', 'RENDERED', 'RUNNING', 'READY', 'MESHED'],
      ...rows,
      ['knative services', `${services.all}`, `${services.ready} Ready`, ...podsText(services.pods)],
    ]),
    ...services.unready.slice(0, NAMED).map(({ service, reason }) => `${red('×')} ${service}: ${reason}`),
    '',
    ...behindLines(behind, objects),
    '',
    ...table([
      ['EXPIRES', 'DAYS', 'CERTIFICATE', 'OBJECT'],
      ...certificates.map(({ expires, days, name, where }) => [
        expires.toISOString().slice(0, 10),
        `${days}`,
        name,
        where,
      ]),
    ]),
  ];
}

const red = (text: string): string => styled('red', text, process.stdout);

/** Ready and meshed pods, each of how many. */
function podsText({ all, ready, meshed, toBeMeshed }: PodCount): [string, string] {
  return all === 0 ? ['-', '-'] : [`${ready}/${all}`, `${meshed}/${toBeMeshed}`];
}

function behindLines(behind: readonly BehindObject[], objects: number): string[] {
  if (behind.length === 0) return [`${styled('green', '√', process.stdout)} all ${objects} objects are as in Git`];
  const named = behind.slice(0, NAMED).map(({ object, how }) => (how === 'differs' ? object : `${object} (${how})`));
  const more = behind.length > NAMED ? `, and ${behind.length - NAMED} more` : '';
  return [
    `${red('×')} ${count(behind.length, 'object')} of ${objects} behind Git: ${named.join(', ')}${more}`,
    '  npm run diff -- --cluster says how',
  ];
}
