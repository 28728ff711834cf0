import type { Look } from './check';
import type { LivePod } from './live-pod';
import { podsOf } from './live-pod';
import { publicAnswers } from './served';

/** The pods of the platform's namespaces, when the services that were scaled to zero have been asked: otherwise their pods are seen by nobody. */
export function livePods(look: Look): Promise<LivePod[]> {
  return look.live.once('pods after requests', async () => {
    await publicAnswers(look);
    return look.live.podsNow();
  });
}

/** Those that rendered workloads make: others can be in the same namespaces. */
export async function platformPods(look: Look): Promise<LivePod[]> {
  const pods = await livePods(look);
  return [...new Set(look.rendered.workloads.flatMap((workload) => podsOf(workload, pods)))];
}

/** Said where there is none. */
export const NO_PODS = 'none of its pods is there';
