import type { Verdict } from '../verify';

/** All that was seen, for programs. */
export function jsonOf(verdicts: readonly Verdict[]): string {
  const checks = verdicts.map(({ check: { id, group, title, hint }, result, outcome }) => ({
    ...{ id, group, title, result },
    ...(outcome.seen !== undefined && { seen: outcome.seen }),
    ...(outcome.skipped !== undefined && { skipped: outcome.skipped }),
    problems: outcome.problems.map(({ object, reason, severity = 'error' }) => ({ object, reason, severity })),
    ...(outcome.problems.length > 0 && { hint }),
    ...(outcome.details !== undefined && { details: outcome.details }),
  }));
  const success = verdicts.every(({ result }) => result !== 'failed');
  return `${JSON.stringify({ success, checks }, null, 2)}\n`;
}
