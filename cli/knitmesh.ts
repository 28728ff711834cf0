import { Command, CommanderError } from 'commander';
import { Mistakes } from '../lib/objects/mistakes';
import { missingPackage } from './start/missing-package';
import { printMistakes, styled } from './terminal';

/** Exit codes: 0 done, 1 a finding or a mistake, 2 could not run. */
const MISTAKE = 1;
const COULD_NOT_RUN = 2;

/** Each command with what it needs, which is loaded when it is wanted. */
const COMMANDS = new Map<string, () => Promise<Command>>(
  Object.entries({
    synth: async () => (await import('./synth')).synthCommand(),
    check: async () => (await import('./check')).checkCommand(),
    apply: async () => (await import('./apply')).applyCommand(),
    uninstall: async () => (await import('./uninstall')).uninstallCommand(),
    certs: async () => (await import('./certs')).certsCommand(),
    vendor: async () => (await import('./vendor')).vendorCommand(),
    parity: async () => (await import('./parity')).parityCommand(),
    diff: async () => (await import('./diff')).diffCommand(),
    graph: async () => (await import('./graph')).graphCommand(),
    flux: async () => (await import('./flux')).fluxCommand(),
    'argo-cd': async () => (await import('./argo-cd')).argoCdCommand(),
    verify: async () => (await import('./verify')).verifyCommand(),
    status: async () => (await import('./status')).statusCommand(),
    'upgrade-report': async () => (await import('./upgrade-report')).upgradeReportCommand(),
  }),
);

async function main(wanted: string): Promise<void> {
  const program = new Command('knitmesh')
    .description('Knative Serving behind Ambassador, every pod in the Linkerd mesh')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        write(text.replace(/^error: /, `${styled('red', 'error', process.stderr)} `));
      },
    });
  const one = COMMANDS.get(wanted);
  try {
    for (const load of one === undefined ? COMMANDS.values() : [one]) {
      program.addCommand((await load()).copyInheritedSettings(program));
    }
    await program.parseAsync();
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : COULD_NOT_RUN;
  if (error instanceof Mistakes) {
    printMistakes('error', error.mistakes);
    return MISTAKE;
  }
  const message = missingPackage(error) ?? (error instanceof Error ? error.message : String(error));
  process.stderr.write(`${styled('red', 'error', process.stderr)} ${message}\n`);
  return COULD_NOT_RUN;
}

/** Whoever reads the output may have enough of it, as `head` has. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void main(process.argv[2] ?? '').then(() => {
  // All is said once both streams took it: what V8 still does in the background, and tidying the heap, would be waited for otherwise.
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
});
