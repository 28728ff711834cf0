import type { Feature } from './features';
import { flagProblem } from './flag';
import type { Shape } from './shape';
import { FLAG, pointer, refusing } from './shape';

const NEVER = 'Serving never takes this field: remove it';

/** A field that Serving never takes. */
export const never = (shape: Shape): Shape => refusing(shape, () => NEVER);

/** A field that Serving takes where a flag lets it: `enabled` and `allowed` do. */
export const needs = (feature: Feature, shape: Shape): Shape =>
  refusing(shape, (_, config, words) => flagProblem(config, feature, words));

/** A field that may only be `false`. */
export const onlyFalse = (reason: string): Shape =>
  refusing(pointer(FLAG), (value) => (value === false ? undefined : reason));
