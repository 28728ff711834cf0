/** What `kubectl apply -f` takes from a folder. */
export const isYamlName = (name: string): boolean => /\.(?:ya?ml|json)$/.test(name);

/** Folders whose files are nobody's manifests, unless they are named themselves: what tools and package managers keep. */
export const isLeftOutFolder = (name: string): boolean =>
  name.startsWith('.') || name === 'node_modules' || name === 'vendor';

/** The names under which kustomize looks for a kustomization. Source: kustomize 5.5 `api/konfig/general.go`. */
const KUSTOMIZATION_NAMES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export const isKustomizationName = (name: string): boolean => KUSTOMIZATION_NAMES.includes(name);
