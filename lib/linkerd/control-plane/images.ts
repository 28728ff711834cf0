import { imageReferenceProblem } from '../../syntax/image-reference';
import { quote } from '../../syntax/quote';

/** The release of Linkerd that is embedded here: its version and its images belong together. */
export const LINKERD_VERSION = 'edge-26.8.3';

/** Linkerd's images, all of one version. */
export type LinkerdImage = 'controller' | 'debug' | 'metrics-api' | 'proxy' | 'tap' | 'web';

const REGISTRY = 'cr.l5d.io';

/** An image of Linkerd without its tag, as the values document names it. */
export function imageName(image: LinkerdImage, registry = REGISTRY): string {
  return `${registry}/linkerd/${image}`;
}

/** An image of Linkerd, from its own registry or from a mirror that has it under the same path. */
export function linkerdImage(image: LinkerdImage, registry?: string): string {
  return `${imageName(image, registry)}:${LINKERD_VERSION}`;
}

/** What is wrong with a registry of images. `undefined` if nothing is. */
export function registryProblem(registry: string): string | undefined {
  if (imageReferenceProblem(linkerdImage('proxy', registry)) === undefined) return undefined;
  return `${quote(registry)} is not a registry: write for example "registry.example.com" or "registry.example.com:5000/mirror"`;
}
