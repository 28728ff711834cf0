import type { Memory } from '../memory';
import type { PlatformObject } from '../objects/manifest';
import { describeObject } from '../objects/manifest';
import type { Mistake } from '../objects/mistakes';
import { isOfEncryption } from './encrypted';
import type { Finding, Problem, Severity } from './finding';
import { ObjectIndex } from '../model/object-index';
import type { Rule, RuleContext } from './rule';
import { RULES } from './rules';
import { unreadableDocument } from './rules/unreadable-document';
import { waiverUnused } from './rules/waiver-unused';
import type { CheckSettings, Waiver } from './settings';
import { NO_SETTINGS, severityOf } from './settings';

export interface CheckOptions extends Omit<RuleContext, 'allowedImages'> {
  /** @default - every rule at its own severity, and nothing waived */
  readonly settings?: CheckSettings;

  /**
   * What is in the files and is no object, as its reader says it.
   *
   * @default - nothing
   */
  readonly unreadable?: readonly Mistake[];

  /**
   * What earlier runs found out.
   *
   * @default - nothing
   */
  readonly memory?: Memory;

  /** @default - all rules */
  readonly rules?: readonly Rule[];
}

/** A finding that a waiver accepts. */
export interface WaivedFinding {
  readonly finding: Finding;
  readonly waiver: Waiver;
}

export interface CheckResult {
  /** In the order of the rules, and within one in that of the objects. */
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];

  /** The rules that were asked, with the severity that counts. */
  readonly rules: readonly (Rule & { readonly severity: Severity })[];
}

/** Holds objects to the rules. Looks at nothing else: no clock unless it is given, no network, no files. */
export function check(objects: readonly PlatformObject[], options: CheckOptions = {}): CheckResult {
  const { settings = NO_SETTINGS, rules: given = RULES, unreadable = [], memory, ...rest } = options;
  const { allowedImages } = settings;
  const context: RuleContext = { ...rest, ...(allowedImages && { allowedImages }) };
  const index = new ObjectIndex(objects, memory);
  const rules = given.flatMap((rule) => {
    const severity = severityOf(rule, settings);
    const asked = severity !== 'off' && (rule.needs === undefined || context[rule.needs] !== undefined);
    return asked ? [{ ...rule, severity }] : [];
  });
  const all = rules.flatMap((rule) => [
    ...(rule.id === unreadableDocument.id
      ? unreadable.map((mistake) => unreadableFinding(rule.severity, mistake))
      : []),
    ...rule
      .check(index, context)
      .filter((problem) => !isOfEncryption(problem))
      .map((problem) => findingOf(rule, problem, settings)),
  ]);

  const waivers = settings.waivers.map((waiver) => ({ waiver, fits: fitOf(waiver) }));
  const used = new Set<Waiver>();
  const findings: Finding[] = [];
  const waived: WaivedFinding[] = [];
  for (const finding of all) {
    const fitting = waivers.filter(({ fits }) => fits(finding));
    fitting.forEach(({ waiver }) => used.add(waiver));
    const [first] = fitting;
    if (first === undefined) findings.push(finding);
    else waived.push({ finding, waiver: first.waiver });
  }
  const unused = rules.find(({ id }) => id === waiverUnused.id);
  if (unused !== undefined) {
    // A rule that is not asked finds nothing, so that its waivers cannot be used.
    const unusedWaivers = settings.waivers.filter(
      (waiver) => waiver.reportUnused !== false && !used.has(waiver) && rules.some(({ id }) => id === waiver.rule),
    );
    findings.push(...unusedWaivers.map((waiver) => unusedWaiverFinding(unused.severity, waiver)));
  }
  return { findings, waived, rules };
}

function findingOf(
  { id, severity: usual }: Rule,
  { object, path, message, value, severity = usual }: Problem,
  { severities }: CheckSettings,
): Finding {
  return {
    rule: id,
    severity: Object.hasOwn(severities, id) ? usual : severity,
    object: describeObject(object.manifest),
    source: object.source,
    path,
    message,
    ...(value !== undefined && { value }),
    subject: object,
  };
}

/** Whether a finding is one that a waiver accepts. There may be many findings, so that its patterns are read once. */
function fitOf(waiver: Waiver): (finding: Finding) => boolean {
  const patterns = (['object', 'path', 'value'] as const).flatMap((key) => {
    const pattern = waiver[key];
    return pattern === undefined ? [] : [{ key, form: formOf(pattern) }];
  });
  return (finding) => waiver.rule === finding.rule && patterns.every(({ key, form }) => form.test(finding[key] ?? ''));
}

/** The form of texts for which a pattern stands, in which `*` is any characters. */
function formOf(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

function unreadableFinding(severity: Severity, { where, message }: Mistake): Finding {
  return { rule: unreadableDocument.id, severity, object: 'document', source: where, path: '', message };
}

function unusedWaiverFinding(severity: Severity, waiver: Waiver): Finding {
  const { rule, object, path, value } = waiver;
  const what = [object, path, value].filter((part) => part !== undefined).join(', ');
  return {
    rule: waiverUnused.id,
    severity,
    object: `waiver of ${rule}`,
    source: waiver.source,
    path: '',
    message: `nothing is found any more for ${what}: remove the waiver, or give it reportUnused: false`,
  };
}
