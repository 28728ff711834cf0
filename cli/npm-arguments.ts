import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { COULD_NOT_RUN } from './exit-code';

/** The code of the refusal. */
export const TAKEN_BY_NPM = 'knitmesh.takenByNpm';

/** Options that are npm's own as well, and may stand in its configuration: that they are set there says nothing. */
const ALSO_OF_NPM: readonly string[] = ['help', 'offline', 'version', 'yes'];

/**
 * Refuses a run in which npm has taken options for its own: of `npm run synth --check` the command hears nothing, and would render.
 * npm hands them on as variables, `npm_config_check`. Source: npm 11, "Environment" of its scripts.
 *
 * @throws CommanderError with the line that was meant
 */
export function refuseTakenByNpm(command: Command, env: NodeJS.ProcessEnv): void {
  const script = command.name();
  if (env.npm_lifecycle_event !== script) return;
  const taken = command.options
    .flatMap(({ long }) => long?.replace(/^--(no-)?/, '') ?? [])
    .filter((name) => !ALSO_OF_NPM.includes(name) && env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined);
  if (taken.length === 0) return;
  const meant = taken.map((name) => `--${name}`).join(' ');
  throw new CommanderError(
    COULD_NOT_RUN,
    TAKEN_BY_NPM,
    `npm took ${meant} for ${taken.length === 1 ? 'an option' : 'options'} of its own: write npm run ${script} -- ${meant}`,
  );
}

/**
 * The folder that paths are typed from. npm runs its scripts in the folder of package.json, whatever folder its user is in.
 *
 * @param root the folder of package.json
 */
export function typedFrom(script: string, root: string, env: NodeJS.ProcessEnv): string | undefined {
  return env.npm_lifecycle_event === script && process.cwd() === root ? env.INIT_CWD : undefined;
}
