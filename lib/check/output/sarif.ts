import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckResult } from '../check';
import type { Finding } from '../finding';
import type { Locator } from '../location';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** What a check has found as SARIF 2.1.0, which code scanning of forges and editors read. What is waived is there as suppressed. */
export function sarifOf({ findings, waived, rules }: CheckResult, locator: Locator): string {
  const ids = rules.map(({ id }) => id);
  const result = (finding: Finding, justification?: string) => ({
    ruleId: finding.rule,
    ruleIndex: ids.indexOf(finding.rule),
    level: finding.severity,
    message: { text: plain(`${finding.object}: ${finding.path === '' ? '' : `${finding.path}: `}${finding.message}`) },
    locations: [locationOf(finding, locator)],
    partialFingerprints: { 'finding/v1': fingerprint(finding) },
    ...(justification !== undefined && { suppressions: [{ kind: 'external', justification }] }),
  });
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'knitmesh check',
            rules: rules.map(({ id, severity, title, group }) => ({
              id,
              shortDescription: { text: title },
              help: { text: `See docs/rules/${id}.md.` },
              defaultConfiguration: { level: severity },
              properties: { group },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [
          ...findings.map((finding) => result(finding)),
          ...waived.map(({ finding, waiver }) => result(finding, waiver.reason)),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function locationOf(finding: Finding, locator: Locator): object {
  const { file, line } = locator.locate(finding);
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } },
    logicalLocations: [
      { name: finding.object, fullyQualifiedName: `${finding.source} ${finding.path}`.trim(), kind: 'object' },
    ],
  };
}

/**
 * A text as the text of a message: there, braces stand for arguments, and `[words](address)` is a link. Source: SARIF 2.1.0, 3.11.5 and 3.11.6.
 */
function plain(text: string): string {
  return text.replace(/[{}]/g, '$&$&').replace(/(\\*)\]\(/g, '$1$1\\](');
}

/** Files of a repository are named relative to it, which is how forges find them. */
function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : file.split(/[\\/]/).map(encodeURIComponent).join('/');
}

/** What stays the same when lines move. */
function fingerprint({ rule, object, path, value = '', environment }: Finding): string {
  const parts = [rule, object, path, value, ...(environment === undefined ? [] : [environment])];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}
