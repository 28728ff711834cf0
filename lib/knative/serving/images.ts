import { quote } from '../../syntax/quote';
import { imageReferenceProblem } from '../../syntax/image-reference';

/** The release of Knative Serving that is embedded here: its version and its images belong together. */
export const SERVING_VERSION = '1.23.0';

const KNATIVE = 'gcr.io/knative-releases/knative.dev';

/** The images of the release, by the program that each one runs. */
export const SERVING_IMAGES = {
  activator: `${KNATIVE}/serving/cmd/activator@sha256:e5ab46f3b73fa2e3898fe47f6a3a0c2bd765596f4fb36ceb4c28c35d0a74b2e5`,
  autoscaler: `${KNATIVE}/serving/cmd/autoscaler@sha256:879da127b23db65d862cafa6b23fb987381d0e44150f0027d44e1f5aee83bde2`,
  'autoscaler-hpa': `${KNATIVE}/serving/cmd/autoscaler-hpa@sha256:e2494132a71c23587ac8dd25bc5288f70261e592285487e1d19f8dea1f896133`,
  controller: `${KNATIVE}/serving/cmd/controller@sha256:ca5062ece0329d002a81940cf4268d7898866434d70049bb93f27d3a786d3292`,
  webhook: `${KNATIVE}/serving/cmd/webhook@sha256:3846e9a416665c5b9ec2e4de246cfcb5c4ab0d01ba19348aa008caf30144b650`,
  queue: `${KNATIVE}/serving/cmd/queue@sha256:a3cc71ce80dbc6df8781f15eac2cf3531a4c9815271799afd8776bef9e6aeaf2`,
  migrate: `${KNATIVE}/pkg/apiextensions/storageversion/cmd/migrate@sha256:2016f5ede9fb269c7cdf0085ff106844dfa36e42a4d768e0a2f51464928a0c2d`,
  cleanup: `${KNATIVE}/serving/pkg/cleanup/cmd/cleanup@sha256:78fbd3df14986cd4831a22e7c2703a3b4f58a6e93cacd6ffbf18b3c787af0c71`,
} as const;

/** A program of Knative Serving that has an image. */
export type ServingProgram = keyof typeof SERVING_IMAGES;

/** The queue proxy that Serving puts beside the containers of every revision. */
export const QUEUE_PROXY_IMAGE = SERVING_IMAGES.queue;

/**
 * The image of a program, under the same path and digest in another registry.
 *
 * @param registry host, where needed a port and a path, for example `registry.example.com/gcr`; default: the release's own
 */
export function servingImage(program: ServingProgram, registry?: string): string {
  const image = SERVING_IMAGES[program];
  return registry === undefined ? image : `${registry}${image.slice(image.indexOf('/'))}`;
}

/** What is wrong with a registry that images come from. `undefined` if nothing is. */
export function imageRegistryProblem(registry: string): string | undefined {
  const [host = ''] = registry.split('/', 1);
  const isHost = host === 'localhost' || /[.:]/.test(host);
  if (isHost && !registry.includes('@') && imageReferenceProblem(`${registry}/image`) === undefined) return undefined;
  return `${quote(registry)} is not a registry: write its host and where needed a port and a path, for example "registry.example.com/gcr"`;
}
