import { imageReferenceProblem } from '../../syntax/image-reference';
import { quote } from '../../syntax/quote';

/** When an image is pulled. Source: Kubernetes 1.34, `pkg/apis/core/types.go`. */
export const PULL_POLICIES: readonly string[] = ['Always', 'IfNotPresent', 'Never'];

/** Source: go-containerregistry (`pkg/name`), which Serving 1.23.0 parses images with. */
const TAG = /^[A-Za-z0-9_.-]{1,128}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const REPOSITORY = /^[a-z0-9_./-]*$/;
const SHORTEST_REPOSITORY = 2;
const LONGEST_REPOSITORY = 255;

/** The letters of a host and its port, as a URL has them. */
const REGISTRY = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=-]*)(?::\d*)?$/;

/** What Serving refuses in an image's reference. `undefined` if nothing. */
export function servingImageProblem(image: string): string | undefined {
  if (image === '') return 'is missing: name one, for example "registry.example.com/shop:1.0"';
  const [name = '', digest, ...more] = image.split('@');
  if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest))) {
    return `${quote(image)} has no digest behind "@": write "@sha256:" and 64 digits of 0 to 9 and a to f`;
  }
  const { registry, repository, tag } = partsOf(name);
  if (tag !== '' && !TAG.test(tag)) {
    return `${quote(image)} has the tag ${quote(tag)}: use at most 128 letters, digits, '_', '-' and '.'`;
  }
  if (!REGISTRY.test(registry)) return `${quote(image)} has the registry ${quote(registry)}, which is no host`;
  if (!REPOSITORY.test(repository)) {
    return `${quote(image)} has the repository ${quote(repository)}: use lower case letters, digits, '_', '-', '.' and '/'${/[{}$<>]/.test(repository) ? ', and fill in placeholders' : ''}`;
  }
  const { length } = repository;
  if (length >= SHORTEST_REPOSITORY && length <= LONGEST_REPOSITORY) return undefined;
  return `${quote(image)} has the repository ${quote(repository)}, of length ${length}: Serving takes ${SHORTEST_REPOSITORY} to ${LONGEST_REPOSITORY} characters`;
}

/** The path of a Go package, for which ko puts the image that it builds before anything is applied. Serving takes it for a registry. */
const BUILT_BY_KO = 'ko://';

/** What is wrong with an image's reference, for Serving or for the runtime that pulls it. `undefined` if nothing is. */
export function imageProblem(image: string): string | undefined {
  return servingImageProblem(image) ?? (image.startsWith(BUILT_BY_KO) ? undefined : imageReferenceProblem(image));
}

interface ImageParts {
  /** Empty for the default one. */
  readonly registry: string;
  readonly repository: string;

  /** Empty if there is none. */
  readonly tag: string;
}

/** What stands before the first `/` is a registry if it has a dot or a colon; otherwise it is part of the repository. */
function partsOf(name: string): ImageParts {
  const colon = name.lastIndexOf(':');
  const tagged = colon >= 0 && !name.includes('/', colon);
  const base = tagged ? name.slice(0, colon) : name;
  const tag = tagged ? name.slice(colon + 1) : '';
  const slash = base.indexOf('/');
  const first = base.slice(0, slash);
  return slash >= 0 && /[.:]/.test(first)
    ? { registry: first, repository: base.slice(slash + 1), tag }
    : { registry: '', repository: base, tag };
}
