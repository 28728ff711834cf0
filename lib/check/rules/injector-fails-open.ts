import { failsOpen } from '../../model/fails-open';
import type { Rule } from '../rule';

/** A pod that starts before an injector that fails open stays outside the mesh, without a word. */
export const injectorFailsOpen: Rule = {
  id: 'injector-fails-open',
  group: 'mesh',
  severity: 'error',
  title: 'no pod of a meshed namespace starts without its proxy while the injector is down',
  check: failsOpen,
};
