import { App, Chart } from 'cdk8s';
import { Application, COMPARE_OPTIONS, SYNC_WAVE } from '../../imports/argoproj.io';
import type { Json } from '../objects/manifest';
import type { PhaseName } from '../objects/phase';
import type { FileObjects, RenderedFile } from '../render/files';
import { toYaml } from '../render/yaml';
import type { ArgoCdSettings } from './argo-cd-settings';
import type { DeliveredPhase } from './delivery';
import { deliveredPhases, DELIVERIES } from './delivery';
import { filledInTheCluster } from './filled-in-the-cluster';
import { generatedBy } from './generated-folder';
import type { RepositoryPaths } from './repository-paths';
import { inRepository } from './repository-paths';

/** The first line of every file that is written. */
export const ARGO_CD_FIRST_LINE = generatedBy('npm run argo-cd');

/**
 * The wave of each phase: the next one starts when all Applications of a wave are healthy. Whatever waits for a phase is in a later wave, and viz in
 * the last, so that nothing waits for it. Waves order the Applications alone: each then follows Git by itself, and no repair waits for a wave.
 */
export const WAVES: Readonly<Record<PhaseName, number>> = {
  namespaces: 0,
  crds: 0,
  linkerd: 1,
  'knative-config': 1,
  'knative-serving': 2,
  networking: 2,
  'linkerd-viz': 3,
  services: 3,
};

/** An Application of Argo CD, for a summary. */
export interface ArgoCdApplication {
  readonly name: string;
  readonly wave: number;

  /** The platform's files that it applies. */
  readonly files: readonly string[];
  readonly objects: number;
}

/** What hands a platform over to Argo CD: files, by their paths in `argo-cd/`, and the Applications in them. */
export interface ArgoCdDelivery {
  readonly files: readonly RenderedFile[];
  readonly applications: readonly ArgoCdApplication[];
}

/**
 * Hands a platform over to Argo CD: one Application a phase over the files of `dist/`, which stay as they are, and one over these.
 *
 * @param dist the files of `dist/`
 * @throws Mistakes if a folder is not in the repository
 */
export function argoCdDelivery(
  dist: readonly FileObjects[],
  settings: ArgoCdSettings,
  paths: RepositoryPaths,
): ArgoCdDelivery {
  const chart = new Chart(new App(), 'argo-cd');
  const phases = deliveredPhases(dist);
  return {
    files: [
      yamlFile('application.yaml', parentOf(chart, settings, `${inRepository(paths, paths.folder)}/applications`)),
      ...phases.map((phase) =>
        yamlFile(
          `applications/${phase.name}.yaml`,
          applicationOf(chart, phase, settings, inRepository(paths, paths.dist)),
        ),
      ),
    ],
    applications: phases.map(({ phase, holds, files, objects }) => ({
      name: `${settings.name}-${holds}`,
      wave: WAVES[phase],
      files,
      objects: objects.length,
    })),
  };
}

/** Deletes an Application's objects with it. */
const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** Failed syncs are repeated, though not for ever: a sync that repeats keeps its commit, and with it the one that would repair it out. */
const RETRY = { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } } as const;

function parentOf(
  chart: Chart,
  { name, namespace, url, revision, project, server }: ArgoCdSettings,
  path: string,
): Json {
  return new Application(chart, 'parent', {
    metadata: { name, namespace },
    spec: {
      project,
      destination: { server, namespace },
      source: { repoURL: url, targetRevision: revision, path, directory: { recurse: false } },
      syncPolicy: { automated: { prune: true, selfHeal: true }, retry: RETRY },
    },
  }).toJson() as Json;
}

function applicationOf(chart: Chart, phase: DeliveredPhase, settings: ArgoCdSettings, dist: string): Json {
  const { name, namespace, url, revision, project, server } = settings;
  const { prune } = DELIVERIES[phase.phase];
  const ignoreDifferences = filledInTheCluster(phase.objects);
  return new Application(chart, phase.name, {
    metadata: {
      name: `${name}-${phase.holds}`,
      namespace,
      annotations: {
        [SYNC_WAVE]: String(WAVES[phase.phase]),
        // What the API server and Knative's webhook complete is no difference.
        [COMPARE_OPTIONS]: 'ServerSideDiff=true,IncludeMutationWebhook=true',
      },
      ...(prune && { finalizers: [FINALIZER] }),
    },
    spec: {
      project,
      destination: { server },
      source: {
        repoURL: url,
        targetRevision: revision,
        path: dist,
        directory: { include: globOf(phase.files), recurse: false },
      },
      ...(ignoreDifferences.length > 0 && { ignoreDifferences }),
      syncPolicy: {
        automated: { prune, selfHeal: true },
        syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'],
        retry: RETRY,
      },
    },
  }).toJson() as Json;
}

/** These files and no others: the user's own may lie beside them. */
function globOf(files: readonly string[]): string {
  return files.length === 1 ? (files[0] ?? '') : `{${files.join(',')}}`;
}

function yamlFile(name: string, object: Json): RenderedFile {
  return { name, text: ARGO_CD_FIRST_LINE + toYaml(object) };
}
