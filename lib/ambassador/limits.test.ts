import type { NetworkingLimits } from '../model/networking-limits';
import { LIMITS } from './limits';

test.each(Object.entries(LIMITS as Required<NetworkingLimits>))(
  '%s fits behind "with ambassador, ", and says what to do',
  (_, { effect, remedy }) => {
    for (const text of [effect, remedy]) {
      expect(text).not.toMatch(/\.$|\n/);
      expect(text.length).toBeGreaterThan(0);
    }
  },
);
