import type { Check } from '../check';
import { count } from '../count';

export const podsReady: Check = {
  id: 'pods-ready',
  group: 'mesh',
  title: 'every pod of the platform is Ready, with its proxy',
  hint: 'kubectl describe pod, and kubectl logs of the container that is not ready',
  async look({ live }) {
    const pods = await live.pods();
    return {
      seen: count(pods.length, 'pod'),
      problems: pods
        .filter(({ isReady }) => !isReady)
        .map(({ id, ready, waiting }) => ({
          object: id,
          reason: `is not Ready: ${ready}${waiting === undefined ? '' : `, ${waiting}`}`,
        })),
    };
  },
};
