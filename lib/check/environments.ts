import type { CheckResult } from './check';
import type { Finding } from './finding';
import { waiverUnused } from './rules/waiver-unused';

/** What the check of a platform has found. */
export interface CheckedPlatform {
  /** `undefined` where there is one platform, which has none. */
  readonly environment: string | undefined;
  readonly result: CheckResult;
}

/** What the checks of several environments have found, as one result. */
export function together(checked: readonly CheckedPlatform[]): CheckResult {
  const findings = checked.flatMap(({ environment, result }) =>
    result.findings.map((finding) => inEnvironment(finding, environment)),
  );
  const waived = checked.flatMap(({ environment, result }) =>
    result.waived.map((one) => ({ ...one, finding: inEnvironment(one.finding, environment) })),
  );
  const rules = new Map(checked.flatMap(({ result }) => result.rules.map((rule) => [rule.id, rule] as const)));
  return { findings, waived, rules: [...rules.values()] };
}

const inEnvironment = (finding: Finding, environment: string | undefined): Finding =>
  environment === undefined ? finding : { ...finding, environment };

/** Without the unused waivers of an environment that another one needs: all have the same `check.yaml`. */
export function withoutWaiversOfOthers<T extends CheckedPlatform>(checked: readonly T[]): T[] {
  const unused = checked.map(({ result }) => new Set(result.findings.filter(isUnused).map(({ source }) => source)));
  const isKept = (finding: Finding): boolean =>
    !isUnused(finding) || unused.every((sources) => sources.has(finding.source));
  return checked.map((one) => ({ ...one, result: { ...one.result, findings: one.result.findings.filter(isKept) } }));
}

const isUnused = ({ rule }: Finding): boolean => rule === waiverUnused.id;
