import { relative, resolve } from 'node:path';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { IdentityChange } from '../lib/linkerd/identity/identity-change';
import { filesOf, writeChange } from '../lib/linkerd/identity/identity-change';
import type { IdentityFolders } from '../lib/linkerd/identity/identity-folders';
import { readIdentity } from '../lib/linkerd/identity/identity-folders';
import type { InspectedIdentity } from '../lib/linkerd/identity/inspect-identity';
import { alone } from '../lib/linkerd/identity/interrupted-change';
import { inspectIdentity } from '../lib/linkerd/identity/inspect-identity';
import { lifetimeMilliseconds, lifetimeProblem } from '../lib/linkerd/identity/lifetime';
import { DEFAULT_LIFETIMES, makeIdentity } from '../lib/linkerd/identity/make-identity';
import { renewIssuer, renewWebhooks } from '../lib/linkerd/identity/renew-identity';
import type { RotationStep } from '../lib/linkerd/identity/rotate-anchor';
import { NEXT_STEP, rotateAnchor, rotationOf, ROTATIONS } from '../lib/linkerd/identity/rotate-anchor';
import { WEBHOOK_SERVICES } from '../lib/linkerd/identity/webhook-services';
import { VIZ_NAMESPACE } from '../lib/linkerd/viz/namespace';
import { FINDING, setExitCode } from './exit-code';
import { count, note, print, printJson, printMistakes, styled, table } from './terminal';

interface CertsOptions {
  readonly root: string;
  readonly certs: string;
  readonly secrets: string;
  readonly check: boolean;
  readonly within: string;
  readonly output: 'text' | 'json';
  readonly anchorLifetime: string;
  readonly issuerLifetime: string;
  readonly webhookCaLifetime: string;
  readonly webhookLifetime: string;
  readonly viz: boolean;
  readonly authorityKey?: string;
  readonly newWebhookCa: boolean;
  readonly step?: RotationStep;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly offline: boolean;
}

type Action = 'make' | 'renew-issuer' | 'renew-webhooks' | 'rotate-anchor' | 'check';

/** The options of each action, besides those of all: where the files are. */
const OPTIONS: Readonly<Record<Action, readonly (keyof CertsOptions)[]>> = {
  make: ['anchorLifetime', 'issuerLifetime', 'webhookCaLifetime', 'webhookLifetime', 'viz'],
  'renew-issuer': ['issuerLifetime', 'authorityKey'],
  'renew-webhooks': ['webhookLifetime', 'webhookCaLifetime', 'newWebhookCa', 'authorityKey'],
  'rotate-anchor': ['step', 'anchorLifetime', 'issuerLifetime', 'authorityKey', 'kubeconfig', 'context', 'offline'],
  check: ['check', 'within', 'output'],
};
const OPTIONS_OF_ALL: readonly string[] = ['root', 'certs', 'secrets'];

const ROOT = resolve(__dirname, '..');

export function certsCommand(): Command {
  const command = new Command('certs')
    .description("make, renew and check the mesh's certificates; without an action: make them where only the sample is")
    .addArgument(
      new Argument('[action]', 'what to do').choices(['make', 'renew-issuer', 'renew-webhooks', 'rotate-anchor']),
    )
    .option('--check', 'say what expires when and what does not fit; exit 1 for a finding', false)
    .option('--within <time>', '--check: how soon is too soon', lifetime, '30d')
    .addOption(new Option('-o, --output <format>', '--check: how to say it').choices(['text', 'json']).default('text'))
    .option('--anchor-lifetime <time>', 'how long a new trust anchor is valid', lifetime, DEFAULT_LIFETIMES.anchor)
    .option('--issuer-lifetime <time>', 'how long a new issuer is valid', lifetime, DEFAULT_LIFETIMES.issuer)
    .option(
      '--webhook-ca-lifetime <time>',
      "how long a new authority of the webhooks' certificates is valid",
      lifetime,
      DEFAULT_LIFETIMES.webhookCa,
    )
    .option(
      '--webhook-lifetime <time>',
      "how long the webhooks' certificates are valid",
      lifetime,
      DEFAULT_LIFETIMES.webhook,
    )
    .option('--no-viz', 'make: without the certificates of viz, whose namespace is then not there')
    .option('--authority-key <file>', 'the key to sign with, where it is not in the folder of the secrets')
    .option('--new-webhook-ca', 'renew-webhooks: with a new authority', false)
    .addOption(
      new Option('--step <step>', 'rotate-anchor: which step; without it: how far it is').choices([
        'add',
        'switch',
        'remove',
      ]),
    )
    .option('--kubeconfig <file>', "rotate-anchor: kubectl's configuration of the cluster whose pods are looked at")
    .option('--context <name>', 'rotate-anchor: its context')
    .option(
      '--offline',
      'rotate-anchor: look at no pods; you know that all were restarted, or that there are none',
      false,
    )
    .option('--root <folder>', 'the folder that the other two are given from', ROOT)
    .option('--certs <folder>', 'the folder of the public certificates, which is committed', 'certs')
    .option('--secrets <folder>', 'the folder of the Secrets and keys, which is not', 'secrets')
    .addHelpText(
      'after',
      '\nTimes are hours, days or years: 36h, 90d, 10y.\nExit codes: 0 done, 1 a finding or a mistake, 2 could not run. More: docs/certificates.md',
    );
  return command.action(async (given: Exclude<Action, 'check'> | undefined, options: CertsOptions) => {
    const action = options.check ? 'check' : (given ?? 'make');
    if (options.check && given !== undefined) command.error(`error: --check and ${given} do not go together`);
    refuseOthers(command, action);
    if (options.newWebhookCa && options.authorityKey !== undefined) {
      command.error('error: --authority-key does nothing with --new-webhook-ca: a new authority has a new key');
    }
    await run(action, options);
  });
}

function lifetime(value: string): string {
  const problem = lifetimeProblem(value);
  if (problem !== undefined) throw new InvalidArgumentError(problem);
  return value;
}

/** An option that would do nothing is a misunderstanding. */
function refuseOthers(command: Command, action: Action): void {
  for (const option of command.options) {
    const name = option.attributeName();
    const given = command.getOptionValueSource(name) === 'cli';
    if (given && !OPTIONS_OF_ALL.includes(name) && !(OPTIONS[action] as readonly string[]).includes(name)) {
      command.error(`error: ${option.long ?? name} does nothing with ${action === 'check' ? '--check' : action}`);
    }
  }
}

async function run(action: Action, options: CertsOptions): Promise<void> {
  const folders = { root: resolve(options.root), certs: options.certs, secrets: options.secrets };
  if (action === 'check') check(folders, options);
  else if (action === 'rotate-anchor' && options.step === undefined) sayRotation(folders);
  else await changeAlone(action, folders, options);
}

/** Changes an identity. What a killed run had begun is finished first; where that was the same, nothing is left to do. */
async function changeAlone(
  action: Exclude<Action, 'check'>,
  folders: IdentityFolders,
  options: CertsOptions,
): Promise<void> {
  const what = [
    'npm run certs --',
    action,
    ...(options.step === undefined ? [] : ['--step', options.step]),
    ...(options.newWebhookCa ? ['--new-webhook-ca'] : []),
  ].join(' ');
  await alone(folders, async (finished) => {
    if (finished !== undefined) note(`finished what a run that was killed had begun: ${finished.what}`);
    if (finished?.what === what) {
      print(nextLines(finished.next));
      return;
    }
    const change = await changeOf(action, folders, options);
    writeChange(change, folders, what);
    print(linesOf(change, folders));
  });
}

function changeOf(
  action: Exclude<Action, 'check'>,
  folders: IdentityFolders,
  options: CertsOptions,
): Promise<IdentityChange> {
  const { viz, step, authorityKey, newWebhookCa, offline, kubeconfig, context } = options;
  const given = {
    folders,
    now: new Date(),
    lifetimes: {
      anchor: options.anchorLifetime,
      issuer: options.issuerLifetime,
      webhookCa: options.webhookCaLifetime,
      webhook: options.webhookLifetime,
    },
    ...(authorityKey !== undefined && { authorityKeyFile: authorityKey }),
  };
  if (action === 'renew-issuer') return renewIssuer(given);
  if (action === 'renew-webhooks') return renewWebhooks({ ...given, newAuthority: newWebhookCa });
  if (action === 'rotate-anchor' && step !== undefined) {
    const cluster = { ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) };
    return rotateAnchor(step, { ...given, cluster: offline ? undefined : cluster });
  }
  return makeIdentity({
    ...given,
    services: WEBHOOK_SERVICES.filter(({ namespace }) => viz || namespace !== VIZ_NAMESPACE),
  });
}

function linesOf(change: IdentityChange, folders: IdentityFolders): string[] {
  const files = filesOf(change, folders);
  return [
    ...files.map((file) => relative(process.cwd(), resolve(folders.root, file))),
    `${count(files.length, 'file')} ${styled('green', 'written', process.stdout)}`,
    '',
    ...nextLines(change.next),
  ];
}

const nextLines = (next: readonly string[]): string[] => [
  styled('bold', 'Next', process.stdout),
  ...next.map((step, index) => `${index + 1}. ${step}`),
];

function sayRotation(folders: IdentityFolders): void {
  const rotation = rotationOf(readIdentity(folders));
  print(
    rotation === undefined
      ? ['more than two trust anchors: a rotation is between two']
      : [ROTATIONS[rotation], `next: npm run certs -- rotate-anchor --step ${NEXT_STEP[rotation]}`],
  );
}

const STYLES = { valid: 'green', 'expires soon': 'yellow', expired: 'red', 'not yet valid': 'red' } as const;

function check(folders: IdentityFolders, { within, output }: CertsOptions): void {
  const identity = inspectIdentity(folders, new Date(), lifetimeMilliseconds(within) ?? 0);
  if (output === 'json') printJson(identity);
  else print(checkLines(identity));
  printMistakes('error', identity.problems);
  if (identity.problems.length > 0) setExitCode(FINDING);
}

function checkLines({ certificates, rotation }: InspectedIdentity): string[] {
  if (certificates.length === 0) return [];
  const rows = certificates.map(({ file, name, to, days, state }) => [
    file,
    name,
    to.toISOString().slice(0, 10),
    String(days),
    styled(STYLES[state], state, process.stdout),
  ]);
  const far = rotation === undefined ? [] : ['', ROTATIONS[rotation]];
  return [...table([['FILE', 'NAME', 'EXPIRES', 'DAYS', 'STATE'], ...rows]), ...far];
}
