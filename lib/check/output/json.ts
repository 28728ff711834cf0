import { KUBERNETES_VERSION } from '../../syntax/kubernetes-version';
import type { CheckResult } from '../check';
import type { Finding } from '../finding';
import { SCHEMAS_PACKAGE } from '../schema/kubernetes';

/** A finding without the object itself. */
export type PlainFinding = Omit<Finding, 'subject'>;

/**
 * What a check has found, for programs.
 *
 * @param files which files were read, where the objects are of files
 */
export function jsonOf({ findings, waived, rules }: CheckResult, objects: number, files?: object): object {
  return {
    kubernetes: { version: KUBERNETES_VERSION, schemas: SCHEMAS_PACKAGE },
    objects,
    ...(files && { files }),
    findings: findings.map(plain),
    waived: waived.map(({ finding, waiver: { reason, source } }) => ({ ...plain(finding), reason, waiver: source })),
    rules: rules.map(({ id, group, severity, title }) => ({ id, group, severity, title })),
  };
}

function plain({ rule, severity, object, source, path, message, value }: Finding): PlainFinding {
  return { rule, severity, object, source, path, message, ...(value !== undefined && { value }) };
}
