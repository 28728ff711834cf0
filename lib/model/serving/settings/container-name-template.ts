import { goTemplateProblem } from '../../../syntax/go-template';

/** What a template may name: the metadata of a Kubernetes object. */
const METADATA = {
  fields: ['Name', 'GenerateName', 'Namespace', 'UID', 'ResourceVersion', 'Generation'],
  maps: ['Labels', 'Annotations'],
};

/** What is wrong with the template of the name of a container that has none. `undefined` if nothing is. */
export function containerNameTemplateProblem(value: string): string | undefined {
  return goTemplateProblem(value, METADATA);
}

/** Why Serving refuses such a template: an empty one it takes. `undefined` if it does not. */
export function refusedContainerNameTemplate(value: string): string | undefined {
  return value.trim() === '' ? undefined : containerNameTemplateProblem(value);
}
