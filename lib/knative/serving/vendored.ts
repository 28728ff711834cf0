import type { Namespaces } from '../../namespaces';
import type { Manifest } from '../../objects/manifest';
import type { Phase } from '../../objects/phase';
import { VendoredRelease } from '../../releases/vendored-release';
import type { KnativeServingOptions } from './knative-serving';
import type { ConfigMapData } from './overlays';
import { postInstallJobsOverlay, servingOverlays } from './overlays';

/** What of the release is rendered: its core always, and these where they are asked for. */
export type VendoredServingProps = Pick<KnativeServingOptions, 'hpaAutoscaler' | 'postInstallJobs'>;

/** Where the vendored release goes to. */
export interface VendoredServingContext {
  /** The phase of what is neither a CRD nor a ConfigMap. */
  readonly phase: Phase;
  readonly crds: Phase;

  /** The phase of ConfigMaps. */
  readonly config: Phase;
  readonly namespaces: Namespaces;

  /** The data that the platform's settings give to ConfigMaps. */
  readonly settings: ConfigMapData;

  /**
   * Annotations of all pods, besides the release's own.
   *
   * @default - none
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;

  /** @default - the project's */
  readonly root?: string;
}

/** Knative Serving from its vendored release. */
export function addVendoredServing(
  { phase, crds, config, namespaces, settings, podAnnotations, root }: VendoredServingContext,
  { hpaAutoscaler = false, postInstallJobs = false }: VendoredServingProps = {},
): VendoredRelease {
  const phases: Readonly<Record<string, Phase>> = { CustomResourceDefinition: crds, ConfigMap: config };
  return new VendoredRelease(phase, 'release', {
    component: 'knative-serving',
    files: [
      'serving-crds.yaml',
      'serving-core.yaml',
      ...(hpaAutoscaler ? ['serving-hpa.yaml'] : []),
      ...(postInstallJobs ? ['serving-post-install-jobs.yaml'] : []),
    ],
    namespaces,
    overlays: [
      ...servingOverlays(settings, podAnnotations),
      ...(postInstallJobs ? [postInstallJobsOverlay(podAnnotations)] : []),
    ],
    phaseOf: ({ kind }: Manifest) => phases[kind] ?? phase,
    ...(root !== undefined && { root }),
  });
}
