import { Command, InvalidArgumentError, Option } from 'commander';
import type { Check, Expectation } from '../lib/cluster/verify/check';
import { jsonOf } from '../lib/cluster/verify/output/json';
import { textOf } from '../lib/cluster/verify/output/text';
import { Rendered } from '../lib/cluster/verify/rendered';
import { isWell, verify } from '../lib/cluster/verify/verify';
import { Kubectl } from '../lib/kubectl/kubectl';
import { collectObjects } from '../lib/objects/collect';
import { goDurationProblem, goDurationSeconds } from '../lib/syntax/go-duration';
import type { AppOptions } from './app-options';
import { withApp } from './app-options';
import type { ClusterOptions } from './cluster-options';
import { withCluster } from './cluster-options';
import { exitNow, FINDING, setExitCode } from './exit-code';
import { loadPlatform } from './load';
import { note, print, printDocument, styled } from './terminal';

interface VerifyCommandOptions extends ClusterOptions, AppOptions {
  readonly namespace?: readonly string[];
  readonly expect?: readonly Expectation[];
  readonly traffic?: number;
  readonly timeout?: number;
  readonly requestTimeout?: number;
  readonly output: 'text' | 'json';
}

const NOT_LOOKED_AT = 2;
const MINUTE = 60_000;

/** Exit codes of a process that a signal ends. */
const ENDED = { SIGINT: 130, SIGTERM: 143 };

const HELP = `
Nothing is changed. Requests go through kubectl port-forward to the Service where those from outside of the cluster arrive, with each service's Host
header; they start services that are scaled to zero. Pods are created by dry run alone. Of Secrets the certificates are looked at, and no keys.

Exit code: 0 all is as it should be, but for warnings; 1 something is not; 2 nothing that was seen is wrong, and something could not be looked at`;

export function verifyCommand(): Command {
  return withApp(withCluster(new Command('verify')))
    .description('see that the platform works on a cluster: pods, mesh, certificates, requests and mTLS')
    .option('-n, --namespace <names...>', 'look at these namespaces alone')
    .option(
      '--expect <text>',
      "what every answer must hold; [namespace/]name=text is for one service's; can be given again",
      (value: string, earlier: readonly Expectation[] | undefined) => [...(earlier ?? []), expectationOf(value)],
    )
    .option('--traffic <duration>', 'send a request every 3 s for so long, and say how they fared', milliseconds)
    .option(
      '--timeout <duration>',
      'wait so long until nothing fails and all could be looked at, for example 5m; default: look once',
      milliseconds,
    )
    .option(
      '--request-timeout <duration>',
      'how long one request may take; default: 1m, for services that are scaled to zero',
      milliseconds,
    )
    .addOption(new Option('-o, --output <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .addHelpText('after', HELP)
    .action(run);
}

async function run(options: VerifyCommandOptions): Promise<void> {
  const { context, kubeconfig, namespace, expect, timeout, output, requestTimeout, traffic } = options;
  const platform = loadPlatform(options);
  const rendered = new Rendered(collectObjects(platform), platform.networking, namespace);
  const strangers = (namespace ?? []).filter((name) => !rendered.namespaces.includes(name));
  if (strangers.length > 0) throw new Error(`--namespace: the platform has nothing in ${strangers.join(', ')}`);
  // Port-forwards end with the process, not with a signal.
  for (const [signal, status] of Object.entries(ENDED)) process.once(signal, () => exitNow(status));
  const verdicts = await verify(rendered, new Kubectl({ context, kubeconfig }), {
    now: new Date(),
    expected: expect ?? [],
    requestTimeout: requestTimeout ?? MINUTE,
    onRound: tellWaiting,
    ...(timeout !== undefined && { wait: timeout }),
    ...(traffic !== undefined && { traffic }),
  });
  if (output === 'json') printDocument(jsonOf(verdicts));
  else print(textOf(verdicts, (style, text) => styled(style, text, process.stdout)));
  if (verdicts.some(({ result }) => result === 'failed')) setExitCode(FINDING);
  else if (!isWell(verdicts)) setExitCode(NOT_LOOKED_AT);
}

function tellWaiting(waiting: readonly Check[]): void {
  note(`waiting: ${waiting.map(({ id }) => id).join(', ')}`);
}

function milliseconds(value: string): number {
  const problem = goDurationProblem(value);
  if (problem !== undefined) throw new InvalidArgumentError(problem);
  return (goDurationSeconds(value) ?? 0) * 1000;
}

/** `Hello`, `helloworld-go=Hello` or `team-a/api=Hello`. */
function expectationOf(value: string): Expectation {
  const [, namespace = 'default', name, text] = /^(?:([a-z0-9-]+)\/)?([a-z0-9-]+)=(.*)$/s.exec(value) ?? [];
  if (name === undefined || text === undefined) return { text: value };
  return { service: `${namespace}/${name}`, text };
}
