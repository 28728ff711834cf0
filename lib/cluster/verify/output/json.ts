import type { Remark } from '../check';
import type { Verdict } from '../verify';
import { isWell } from '../verify';

/** All that was seen, for programs. */
export function jsonOf(verdicts: readonly Verdict[]): string {
  const checks = verdicts.map(({ check: { id, group, title, hint }, result, outcome }) => ({
    ...{ id, group, title, result },
    ...(outcome.seen !== undefined && { seen: outcome.seen }),
    ...(result === 'skipped' && { skipped: outcome.skipped ?? 'something could not be looked at: see unseen' }),
    problems: outcome.problems.map(({ severity = 'error', hint: own, ...remark }) => ({
      ...remarkOf(remark),
      severity,
      ...(own !== undefined && { hint: own }),
    })),
    unseen: (outcome.unseen ?? []).map(remarkOf),
    notes: (outcome.notes ?? []).map(remarkOf),
    ...(outcome.problems.length > 0 && { hint }),
    ...(outcome.details !== undefined && { details: outcome.details }),
  }));
  return `${JSON.stringify({ success: isWell(verdicts), checks }, null, 2)}\n`;
}

const remarkOf = ({ object, reason }: Remark): Remark => ({ object, reason });
