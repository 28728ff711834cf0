/** The ConfigMaps of Serving that decide what an object may say, without `config-`. */
export type DecidingConfigMap = 'features' | 'defaults' | 'autoscaler' | 'network';

/** How messages name things to whoever wrote an object: in words of YAML, or in those of the props that it was made of. */
export interface Words {
  /** Another place of the same object, by its path. */
  place(path: string): string;

  /** How the author sets a key of a ConfigMap; `undefined` if that is the key itself, which the message names already. */
  setting(configMap: DecidingConfigMap, key: string): string | undefined;
}

/** For those who write YAML. */
export const YAML_WORDS: Words = {
  place: (path) => /annotations\["([^"]+)"\]$/.exec(path)?.[1] ?? path.replace(/^spec\.(template\.spec\.)?/, ''),
  setting: () => undefined,
};
