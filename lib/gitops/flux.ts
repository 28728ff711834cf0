import { join } from 'node:path';
import type { ApiObject } from 'cdk8s';
import { App, Chart } from 'cdk8s';
import type {
  HealthCheckExpressions,
  KustomizationSpec,
  SourceReference,
} from '../../imports/kustomize.toolkit.fluxcd.io';
import { Kustomization } from '../../imports/kustomize.toolkit.fluxcd.io';
import { GitRepository, OciRepository } from '../../imports/source.toolkit.fluxcd.io';
import type { Json } from '../objects/manifest';
import type { FileObjects, RenderedFile } from '../render/files';
import { toYaml } from '../render/yaml';
import type { DeliveredPhase } from './delivery';
import { deliveredPhases, DELIVERIES } from './delivery';
import type { FluxSettings } from './flux-settings';
import { generatedBy } from './generated-folder';
import type { RepositoryPaths } from './repository-paths';
import { fromFolder, inRepository } from './repository-paths';

/** The first line of every file that is written. */
export const FLUX_FIRST_LINE = generatedBy('npm run flux');

/** The folder below `flux/` with the user's own encrypted Secrets. */
export const ENCRYPTED_SECRETS = 'secrets';

/** A Kustomization of Flux, for a summary. */
export interface FluxKustomization {
  readonly name: string;

  /** The folder in the repository. */
  readonly path: string;

  /** The platform's files that it applies. */
  readonly files: readonly string[];
  readonly objects: number;
  readonly dependsOn: readonly string[];
}

/** What hands a platform over to Flux: files, by their paths in `flux/`, and the Kustomizations in them. */
export interface FluxDelivery {
  readonly files: readonly RenderedFile[];
  readonly kustomizations: readonly FluxKustomization[];
}

/**
 * Hands a platform over to Flux: one Kustomization a phase over the files of `dist/`, which stay as they are. Flux builds each from a
 * `kustomization.yaml` that names the files, without restricting where they are from.
 *
 * @param dist the files of `dist/`
 * @throws Mistakes if a folder is not in the repository
 */
export function fluxDelivery(
  dist: readonly FileObjects[],
  settings: FluxSettings,
  paths: RepositoryPaths,
): FluxDelivery {
  const chart = new Chart(new App(), 'flux');
  const phases = deliveredPhases(dist);
  const folders = { dist: inRepository(paths, paths.dist), folder: inRepository(paths, paths.folder) };
  const ordered = phases.map((phase) => kustomizationOf(phase, settings, folders.folder));
  const secrets =
    settings.decryptionSecret === undefined ? [] : [secretsKustomization(phases, settings, folders.folder)];
  const kustomizations = [...ordered.slice(0, 1), ...secrets, ...ordered.slice(1)];
  return {
    files: [
      yamlFile('cluster.yaml', clusterObjects(chart, settings, folders)),
      yamlFile(
        'kustomizations.yaml',
        kustomizations.map((one) => new Kustomization(chart, one.name, kustomizationProps(one, settings))),
      ),
      kustomizeFile('kustomization.yaml', ['kustomizations.yaml']),
      ...phases.map(({ name, files }) =>
        kustomizeFile(
          `${name}/kustomization.yaml`,
          files.map((file) => fromFolder(join(paths.folder, name), join(paths.dist, file))),
        ),
      ),
    ],
    kustomizations: kustomizations.map(({ name, path, phase, dependsOn }) => ({
      name,
      path,
      files: phase?.files ?? [],
      objects: phase?.objects.length ?? 0,
      dependsOn,
    })),
  };
}

/** A Kustomization before it is written. */
interface Described {
  readonly name: string;
  readonly path: string;
  readonly dependsOn: readonly string[];

  /** @default - the user's own Secrets */
  readonly phase?: DeliveredPhase;
}

function kustomizationOf(phase: DeliveredPhase, settings: FluxSettings, folder: string): Described {
  const after = phase.after.map(({ holds }) => holds);
  // Linkerd's pods start with the Secrets of its certificates alone.
  const secrets = settings.decryptionSecret !== undefined && phase.phase === 'linkerd' ? [ENCRYPTED_SECRETS] : [];
  return {
    name: nameOf(settings, phase.holds),
    path: `./${folder}/${phase.name}`,
    dependsOn: [...after, ...secrets].map((holds) => nameOf(settings, holds)),
    phase,
  };
}

function secretsKustomization(phases: readonly DeliveredPhase[], settings: FluxSettings, folder: string): Described {
  return {
    name: nameOf(settings, ENCRYPTED_SECRETS),
    path: `./${folder}/${ENCRYPTED_SECRETS}`,
    dependsOn: phases.filter(({ phase }) => phase === 'namespaces').map(({ holds }) => nameOf(settings, holds)),
  };
}

const nameOf = ({ name }: FluxSettings, holds: string): string => `${name}-${holds}`;

/** Each pass costs the API server a dry run of every object; a failed one is repeated soon, since it mostly waits for something. */
const INTERVALS = { interval: '10m', retryInterval: '1m' } as const;

function kustomizationProps({ name, path, dependsOn, phase }: Described, settings: FluxSettings) {
  // A mesh without the Secret of its issuer is no mesh: a file that is gone does not delete it.
  const { prune, timeout } = phase === undefined ? { prune: false, timeout: '1m' as const } : DELIVERIES[phase.phase];
  const healthCheckExprs = HEALTH_CHECKS.filter(({ apiVersion, kind }) =>
    phase?.objects.some(({ manifest }) => manifest.apiVersion === apiVersion && manifest.kind === kind),
  );
  return {
    metadata: { name, namespace: settings.namespace },
    spec: {
      sourceRef: sourceOf(settings),
      path,
      ...INTERVALS,
      timeout,
      prune,
      // A deleted Kustomization is gone only when its objects are, so that phases can be removed one after the other.
      ...(prune && { deletionPolicy: 'WaitForTermination' as const }),
      wait: true,
      ...(healthCheckExprs.length > 0 && { healthCheckExprs }),
      ...(dependsOn.length > 0 && { dependsOn: dependsOn.map((one) => ({ name: one })) }),
      ...(phase === undefined && decryption(settings)),
    } satisfies KustomizationSpec,
  };
}

function decryption({ decryptionSecret }: FluxSettings): Pick<KustomizationSpec, 'decryption'> {
  if (decryptionSecret === undefined) return {};
  return { decryption: { provider: 'sops', secretRef: { name: decryptionSecret } } };
}

/**
 * Kinds whose health Flux does not tell well by itself. A Knative Service without a status yet would pass for healthy, and one that has failed
 * for one that is on its way: the repair would wait until time is up. An APIService has a condition `Available`, not `Ready`.
 */
const HEALTH_CHECKS: readonly HealthCheckExpressions[] = [
  {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    failed: "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'False')",
    current: "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
  },
  {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    current: "has(status.conditions) && status.conditions.exists(c, c.type == 'Available' && c.status == 'True')",
  },
];

/** Folders as they are named from the repository's root. */
type Folders = Pick<RepositoryPaths, 'dist' | 'folder'>;

/** What Flux's own objects in the cluster are: the source, if it is not there already, and what applies `flux/` itself from then on. */
function clusterObjects(chart: Chart, settings: FluxSettings, folders: Folders): ApiObject[] {
  const root = new Kustomization(chart, 'root', {
    metadata: { name: settings.name, namespace: settings.namespace },
    spec: {
      sourceRef: sourceOf(settings),
      path: `./${folders.folder}`,
      ...INTERVALS,
      timeout: '1m',
      prune: true,
      // Or else deleting it would delete the whole platform in one stroke.
      deletionPolicy: 'Orphan',
    },
  });
  const source = sourceObject(chart, settings, folders);
  return [...(source === undefined ? [] : [source]), root];
}

function sourceOf(settings: FluxSettings): SourceReference {
  if (settings.url === undefined) return settings.source;
  return { kind: isOci(settings.url) ? 'OCIRepository' : 'GitRepository', name: settings.name };
}

const isOci = (url: string): url is `oci://${string}` => url.startsWith('oci://');

function sourceObject(chart: Chart, settings: FluxSettings, { dist, folder }: Folders): ApiObject | undefined {
  const { url, branch, tag, secretRef, name, namespace } = settings;
  if (url === undefined) return undefined;
  const metadata = { name, namespace };
  const spec = {
    interval: '1m' as const,
    ...(secretRef !== undefined && { secretRef: { name: secretRef } }),
    ignore: ignoredBut([dist, folder]),
  };
  if (isOci(url))
    return new OciRepository(chart, 'source', { metadata, spec: { url, ref: { tag: tag ?? 'latest' }, ...spec } });
  const ref = tag === undefined ? { branch: branch ?? 'main' } : { tag };
  return new GitRepository(chart, 'source', { metadata, spec: { url, ref, ...spec } });
}

/** In the notation of `.gitignore`: all that is at the root, but for the folders that are needed or that they are in. */
function ignoredBut(folders: readonly string[]): string {
  const tops = [...new Set(folders.map((folder) => folder.split('/', 1)[0] ?? folder))].sort();
  return ['/*', ...tops.map((top) => `!/${top}`), ''].join('\n');
}

function yamlFile(name: string, objects: readonly ApiObject[]): RenderedFile {
  return { name, text: FLUX_FIRST_LINE + objects.map((object) => toYaml(object.toJson() as Json)).join('---\n') };
}

/** What kustomize reads. It is no object of a cluster. */
function kustomizeFile(name: string, resources: readonly string[]): RenderedFile {
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [...resources],
  };
  return { name, text: FLUX_FIRST_LINE + toYaml(kustomization) };
}
