import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { Mistakes } from '../lib/objects/mistakes';
import { COULD_NOT_RUN, DONE, endWhenSaid, failUnlessDone, FINDING, setExitCode } from './exit-code';
import { refuseTakenByNpm, TAKEN_BY_NPM, typedFrom } from './npm-arguments';
import { missingPackage } from './start/missing-package';
import { note, print, printMistakes, styled } from './terminal';

const ROOT = resolve(__dirname, '..');

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
      writeOut: (text) => {
        print(linesOf(text));
      },
      writeErr: (text) => {
        linesOf(text).forEach(note);
      },
      outputError: (text, write) => {
        write(text.replace(/^error: /, `${styled('red', 'error', process.stderr)} `));
      },
    });
  const one = COMMANDS.get(wanted);
  try {
    for (const load of one === undefined ? COMMANDS.values() : [one]) {
      program.addCommand((await load()).copyInheritedSettings(program));
    }
    program.hook('preAction', (_, command) => {
      refuseTakenByNpm(command, process.env);
    });
    process.chdir(typedFrom(wanted, ROOT, process.env) ?? '.');
    await program.parseAsync();
  } catch (error) {
    setExitCode(report(error));
  }
}

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');

function report(error: unknown): number {
  if (error instanceof CommanderError && error.code !== TAKEN_BY_NPM)
    return error.exitCode === 0 ? DONE : COULD_NOT_RUN;
  if (error instanceof Mistakes) {
    printMistakes('error', error.mistakes);
    return FINDING;
  }
  const message = missingPackage(error) ?? (error instanceof Error ? error.message : String(error));
  note(`${styled('red', 'error', process.stderr)} ${message}`);
  return COULD_NOT_RUN;
}

const wanted = process.argv[2] ?? '';
failUnlessDone(COMMANDS.has(wanted) ? wanted : 'knitmesh');
void main(wanted).then(endWhenSaid);
