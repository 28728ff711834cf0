import type { Construct } from 'constructs';
import type { Container } from '../../../imports/kubernetes';
import { Job } from '../../../imports/kubernetes';
import { SYSTEM_NAMESPACE } from './components/component';
import type { ServingProgram } from './images';
import { SERVING_VERSION } from './images';
import { componentLabels } from './labels';
import type { PodOptions } from './options';
import { RESTRICTED } from './security-context';

interface JobDescription {
  readonly name: string;
  readonly component: string;

  /** The pod's label `app`. */
  readonly podApp: string;
  readonly program: Extract<ServingProgram, 'migrate' | 'cleanup'>;
  readonly container: Pick<Container, 'args' | 'env'>;
}

const JOBS: readonly JobDescription[] = [
  {
    name: 'storage-version-migration-serving',
    component: 'storage-version-migration-job',
    podApp: 'storage-version-migration-serving',
    program: 'migrate',
    container: {
      args: ['services', 'configurations', 'revisions', 'routes', 'domainmappings'].map(
        (plural) => `${plural}.serving.knative.dev`,
      ),
    },
  },
  {
    name: 'cleanup-serving',
    component: 'cleanup-job',
    podApp: 'cleanup-migration-serving',
    program: 'cleanup',
    container: { env: [SYSTEM_NAMESPACE] },
  },
];

/** What of the options of pods concerns Jobs. */
export interface PostInstallJobsProps {
  readonly namespace: string;
  readonly image: (program: ServingProgram) => string;
  readonly pods: PodOptions;
}

/**
 * Declares the Jobs that bring the objects of an older release up to this one. They are named by the version and stay when they are done: one
 * that removes itself would be made again, and run again, whenever the platform is applied.
 */
export function addPostInstallJobs(scope: Construct, { namespace, image, pods }: PostInstallJobsProps): void {
  for (const { name, component, podApp, program, container } of JOBS) {
    const own = componentLabels(component);
    new Job(scope, name, {
      metadata: { name: `${name}-${SERVING_VERSION}`, namespace, labels: { ...own, app: name } },
      spec: {
        backoffLimit: 10,
        template: {
          metadata: {
            labels: { ...pods.labels, ...own, app: podApp, 'sidecar.istio.io/inject': 'false' },
            ...(pods.annotations && { annotations: pods.annotations }),
          },
          spec: {
            ...(pods.nodeSelector && { nodeSelector: pods.nodeSelector }),
            ...(pods.tolerations && { tolerations: pods.tolerations }),
            serviceAccountName: 'controller',
            restartPolicy: 'OnFailure',
            containers: [
              {
                name: program,
                image: image(program),
                ...container,
                resources: { requests: { cpu: '100m', memory: '100Mi' }, limits: { cpu: '1000m', memory: '1000Mi' } },
                securityContext: RESTRICTED,
              },
            ],
          },
        },
      },
    });
  }
}
