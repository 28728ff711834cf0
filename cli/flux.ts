import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { unencryptedSecrets } from '../lib/gitops/encrypted-secrets';
import { ENCRYPTED_SECRETS, FLUX_FIRST_LINE, fluxDelivery } from '../lib/gitops/flux';
import type { FluxChoices } from '../lib/gitops/flux-settings';
import { FLUX_SETTINGS, fluxSettings, fluxSettingsProblems } from '../lib/gitops/flux-settings';
import { Mistakes } from '../lib/objects/mistakes';
import type { HandOverOptions } from './gitops';
import { handOver, withHandOverOptions } from './gitops';
import { folderSettings } from './gitops-settings';
import { printMistakes } from './terminal';

const HELP = `
What flags say of the repository and of names is kept in flux/settings.yaml, so that the next run needs no flags.

Examples:
  npm run flux                                     for the repository that flux bootstrap has set up
  npm run flux -- --url ssh://git@git.example.com/team/platform --branch main --secret-ref git-credentials
  npm run flux -- --url oci://registry.example.com/team/platform --tag production
  npm run flux -- --decryption-secret sops-age     Secrets in flux/secrets/, encrypted by SOPS
  npm run flux -- --check

docs/gitops.md says what waits for what, and how to begin. Exit codes: 0 done, 1 a mistake or --check found a difference, 2 could not run`;

export function fluxCommand(): Command {
  return withHandOverOptions(new Command('flux'), 'flux')
    .description('hand the platform over to Flux: one Kustomization a phase over the files of dist/')
    .option('--url <url>', 'the repository that Flux is to fetch: https, ssh or oci')
    .option('--branch <name>', 'its branch (default: main)')
    .option('--tag <name>', 'its tag instead of a branch; of an OCI artifact (default: latest)')
    .option('--secret-ref <name>', 'the Secret with the credentials for it')
    .option('--source <kind/name>', 'without --url: a source that is there (default: GitRepository/flux-system)')
    .option('--decryption-secret <name>', 'the Secret with the key for flux/secrets/, which SOPS has encrypted')
    .option('--name <name>', 'what the names of the Kustomizations begin with (default: knitmesh)')
    .option('-n, --namespace <name>', 'the namespace of the Kustomizations (default: flux-system)')
    .addHelpText('after', HELP)
    .action(flux);
}

function flux(options: HandOverOptions & FluxChoices): void {
  const { name, namespace, url, branch, tag, secretRef, source, decryptionSecret } = options;
  const flags = { name, namespace, url, branch, tag, secretRef, source, decryptionSecret } as FluxChoices;
  handOver(options, FLUX_FIRST_LINE, ({ dist, paths, folder }) => {
    const settings = folderSettings(folder, flags, FLUX_SETTINGS, fluxSettingsProblems);
    const secrets = join(folder, ENCRYPTED_SECRETS);
    const open = unencryptedSecrets(secrets);
    if (open.length > 0) throw new Mistakes(open);
    const { files, kustomizations } = fluxDelivery(dist, fluxSettings(settings.choices), paths);
    if (settings.choices.decryptionSecret !== undefined && !existsSync(secrets)) {
      const message =
        'is not there, and Linkerd will wait for it: put the Secrets of secrets/ there, encrypted by sops';
      printMistakes('warning', [{ where: relative('', secrets), message }]);
    }
    return {
      settings,
      files,
      summary: { kustomizations },
      rows: [
        ['KUSTOMIZATION', 'OBJECTS', 'WAITS FOR'],
        ...kustomizations.map(({ name, objects, files, dependsOn }) => [
          name,
          files.length === 0 ? '-' : String(objects),
          dependsOn.join(', ') || '-',
        ]),
      ],
      next: [
        `commit ${relative('', folder)}/ and dist/, then once: kubectl apply -f ${relative('', join(folder, 'cluster.yaml'))}`,
      ],
    };
  });
}
