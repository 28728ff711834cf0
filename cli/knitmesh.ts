import { Command, CommanderError } from 'commander';
import { Mistakes } from '../lib/objects/mistakes';
import { certsCommand } from './certs';
import { parityCommand } from './parity';
import { synthCommand } from './synth';
import { printMistakes, styled } from './terminal';
import { vendorCommand } from './vendor';

/** Exit codes: 0 done, 1 a finding or a mistake, 2 could not run. */
const MISTAKE = 1;
const COULD_NOT_RUN = 2;

async function main(): Promise<void> {
  const program = new Command('knitmesh')
    .description('Knative Serving behind Ambassador, every pod in the Linkerd mesh')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        write(text.replace(/^error: /, `${styled('red', 'error', process.stderr)} `));
      },
    });
  for (const command of [synthCommand(), certsCommand(), vendorCommand(), parityCommand()])
    program.addCommand(command.copyInheritedSettings(program));
  try {
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
  process.stderr.write(
    `${styled('red', 'error', process.stderr)} ${error instanceof Error ? error.message : String(error)}\n`,
  );
  return COULD_NOT_RUN;
}

void main();
