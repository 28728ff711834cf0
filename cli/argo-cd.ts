import { join, relative } from 'node:path';
import { Command } from 'commander';
import { ARGO_CD_FIRST_LINE, argoCdDelivery } from '../lib/gitops/argo-cd';
import type { ArgoCdChoices } from '../lib/gitops/argo-cd-settings';
import { ARGO_CD_SETTINGS, argoCdSettings, argoCdSettingsProblems } from '../lib/gitops/argo-cd-settings';
import type { HandOverOptions } from './gitops';
import { handOver, withHandOverOptions } from './gitops';
import { folderSettings } from './gitops-settings';

const HELP = `
What flags say of the repository and of names is kept in argo-cd/settings.yaml, so that the next run needs no flags.

Examples:
  npm run argo-cd -- --url https://git.example.com/team/platform.git --revision main
  npm run argo-cd -- --check

docs/gitops.md says what Argo CD must be told first. Exit codes: 0 done, 1 a mistake or --check found a difference, 2 could not run`;

export function argoCdCommand(): Command {
  return withHandOverOptions(new Command('argo-cd'), 'argo-cd')
    .description('hand the platform over to Argo CD: one Application a phase over the files of dist/')
    .option('--url <url>', 'the Git repository, as Argo CD knows it')
    .option('--revision <name>', 'its branch, tag or commit (default: main)')
    .option('--project <name>', 'the AppProject (default: default)')
    .option('--server <url>', "the cluster's address, as Argo CD knows it (default: its own cluster)")
    .option('--name <name>', 'what the names of the Applications begin with (default: knitmesh)')
    .option('-n, --namespace <name>', "Argo CD's namespace (default: argocd)")
    .addHelpText('after', HELP)
    .action(argoCd);
}

function argoCd(options: HandOverOptions & ArgoCdChoices): void {
  const { name, namespace, url, revision, project, server } = options;
  const flags = { name, namespace, url, revision, project, server } as ArgoCdChoices;
  handOver(options, ARGO_CD_FIRST_LINE, ({ dist, paths, folder }) => {
    const settings = folderSettings(folder, flags, ARGO_CD_SETTINGS, argoCdSettingsProblems);
    const { files, applications } = argoCdDelivery(dist, argoCdSettings(settings.choices), paths);
    return {
      settings,
      files,
      summary: { applications },
      rows: [
        ['APPLICATION', 'OBJECTS', 'WAVE'],
        ...applications.map(({ name, objects, wave }) => [name, String(objects), String(wave)]),
      ],
      next: [
        `commit ${relative('', folder)}/ and dist/, then once: kubectl apply -f ${relative('', join(folder, 'application.yaml'))}`,
      ],
    };
  });
}
