import type { CheckResult } from '../check';
import type { Severity } from '../finding';
import type { Locator } from '../location';

/** What the severities are called by GitHub. */
const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** What a check has found as workflow commands of GitHub Actions, one a line, which show it beside the lines of a pull request. */
export function githubOf({ findings }: CheckResult, locator: Locator): string[] {
  return findings.map((finding) => {
    const { file, line } = locator.locate(finding);
    const place = `file=${property(file)},line=${line},title=${property(finding.rule)}`;
    const path = finding.path === '' ? '' : `${finding.path}: `;
    return `::${COMMANDS[finding.severity]} ${place}::${data(`${finding.object}: ${path}${finding.message}`)}`;
  });
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
