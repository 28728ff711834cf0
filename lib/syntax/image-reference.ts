import { quote } from './quote';

const DOMAIN =
  '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?';
const PATH = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const REFERENCE = new RegExp(
  `^(?:${DOMAIN}/)?${PATH}(?:/${PATH})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`,
);

/** Without a dot or a colon the first part is no registry, but part of the path. */
const UPPER_CASE_PATH = /^[^.:/@]*[A-Z][^.:/@]*\//;

/** What is wrong with an image's reference, by the grammar of the distribution project. `undefined` if nothing is. */
export function imageReferenceProblem(value: string): string | undefined {
  if (REFERENCE.test(value) && !UPPER_CASE_PATH.test(value)) return undefined;
  return `${quote(value)} is not an image: write registry/path:tag or registry/path@sha256:digest, the path in lower case and without spaces`;
}
