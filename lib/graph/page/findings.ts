import { at, list, text } from '../../objects/json';

const SEVERITIES = ['error', 'warning', 'note'] as const;

/** What a check of the same objects has found, as its JSON has it. */
export interface Finding {
  readonly severity: (typeof SEVERITIES)[number];

  /** The rule's id. */
  readonly rule: string;

  /** `Deployment ambassador/ambassador`. */
  readonly object: string;

  /**
   * Where it was declared.
   *
   * @default - not known
   */
  readonly source?: string;
  readonly message: string;
}

const isSeverity = (value: string | undefined): value is Finding['severity'] =>
  SEVERITIES.some((severity) => severity === value);

/**
 * The findings of a check's JSON: a list of them, or an object that has them as `findings`.
 *
 * @throws Error if it is none of both, or one of them has no severity, rule, object or message
 */
export function findingsOf(json: unknown): Finding[] {
  const all = Array.isArray(json) ? json : at(json, 'findings');
  if (!Array.isArray(all)) throw new Error('is neither a list of findings nor an object with one as "findings"');
  return list(all).map((finding, index) => {
    const [severity, rule, object, source, message] = ['severity', 'rule', 'object', 'source', 'message'].map((key) =>
      text(at(finding, key)),
    );
    if (!isSeverity(severity) || rule === undefined || object === undefined || message === undefined) {
      throw new Error(`findings[${index}]: needs a severity (${SEVERITIES.join(', ')}), rule, object and message`);
    }
    return { severity, rule, object, ...(source !== undefined && { source }), message };
  });
}
