import type { Kubectl } from '../../kubectl/kubectl';
import type { ApplyOptions, PhaseResult } from './apply-phase';
import { PhaseApply } from './apply-phase';

/**
 * Applies phases in order, each once all that it needs is there. It stops behind a phase that is refused, or not ready in time; run again, it goes on
 * from there.
 */
export async function applyPhases(kubectl: Kubectl, options: ApplyOptions): Promise<PhaseResult[]> {
  const results: PhaseResult[] = [];
  const late: PhaseApply[] = [];
  for (const phase of options.phases) {
    const one = new PhaseApply(kubectl, phase, options);
    const result = await one.run();
    results.push(result);
    if (one.deferred.length > 0) late.push(one);
    else options.onEvent({ type: 'done', result });
    if (result.state !== 'ready') break;
  }
  // What a webhook refused that did not answer then: the phases behind may have repaired it.
  for (const one of late) {
    const result = options.signal.aborted ? one.result('interrupted') : await one.runDeferred();
    results[results.findIndex(({ phase }) => phase === result.phase)] = result;
    options.onEvent({ type: 'done', result });
  }
  return results;
}
