import type { PhaseResult } from '../lib/cluster/apply/apply-phase';
import type { DryRunResult } from '../lib/cluster/apply/dry-run';
import { referenceOf } from '../lib/cluster/inventory';
import type { StaleObject } from '../lib/cluster/apply/prune';
import type { Survey } from '../lib/cluster/apply/survey';
import { count, table } from './terminal';

/** What became of each phase, and what is to do. */
export function applyReport(results: readonly PhaseResult[], phases: number, stale: readonly StaleObject[]): string[] {
  const rows = results.map(({ phase, created, configured, unchanged, left, seconds, state }) => [
    phase,
    ...[created, configured, unchanged, left].map(String),
    seconds.toFixed(1),
    state,
  ]);
  return [
    ...table([['PHASE', 'CREATED', 'CONFIGURED', 'UNCHANGED', 'LEFT', 'SECONDS', 'STATE'], ...rows]),
    ...results.flatMap(({ phase, changes }) => changeLines(phase, changes)),
    ...results.flatMap(({ phase, problems }) => problems.map(({ what, why }) => `${phase}: ${what}: ${why}`)),
    ...staleLines(stale),
    summary(results, phases),
  ];
}

const MOST_CHANGES = 10;

function changeLines(phase: string, changes: readonly string[]): string[] {
  const more = changes.length - MOST_CHANGES;
  const lines = changes.slice(0, MOST_CHANGES).map((object) => `${phase}: configured ${object}`);
  return more > 0 ? [...lines, `${phase}: and ${more} more, see -o json`] : lines;
}

function summary(results: readonly PhaseResult[], phases: number): string {
  const ready = results.filter(({ state }) => state === 'ready').length;
  const sum = (of: (result: PhaseResult) => number): number => results.reduce((total, one) => total + of(one), 0);
  const changed = sum(({ created, configured }) => created + configured);
  const seconds = sum(({ seconds }) => seconds).toFixed(1);
  if (ready < phases) {
    const last = results.at(-1);
    const how = last?.state === 'interrupted' ? `interrupted in ${last.phase}: ` : '';
    return `${how}${ready} of ${count(phases, 'phase')} are ready; run it again to go on from there`;
  }
  return changed === 0
    ? `nothing changed: all ${sum(({ unchanged }) => unchanged)} objects are as they were, and ready, after ${seconds} s`
    : `${count(changed, 'object')} changed, ${sum(({ unchanged }) => unchanged)} unchanged, all ready after ${seconds} s`;
}

/** What is said of each stale object. */
const STALE: Readonly<Record<StaleObject['state'], string>> = {
  stale: 'no longer rendered: remove it with --prune',
  pruned: 'pruned',
  kept: 'no longer rendered, and not removed with what others have in it: by hand, ',
  disowned: "no longer rendered, and somebody else's by now: left as it is",
  stuck: 'no longer rendered, and could not be removed: ',
};

function staleLines(stale: readonly StaleObject[]): string[] {
  return stale.map(({ phase, key, state, why }) => {
    const { group, kind, name } = referenceOf(key);
    const resource = `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
    const detail = state === 'kept' ? `kubectl delete ${resource} ${name}` : (why ?? '');
    return `${phase}: ${key}: ${STALE[state]}${detail}`;
  });
}

export function applyReportJson(
  cluster: Survey,
  results: readonly PhaseResult[],
  stale: readonly StaleObject[],
): unknown {
  return { ...clusterJson(cluster), phases: results, stale };
}

/** What applying would do. */
export function dryRunReport(results: readonly DryRunResult[]): string[] {
  const rows = results.map(({ phase, create, there, left, unknown, problems }) => [
    phase,
    ...[create, there, left, unknown, problems.length].map(String),
  ]);
  const unknown = results.some((one) => one.unknown > 0);
  return [
    ...table([['PHASE', 'TO CREATE', 'THERE', 'LEFT', 'UNKNOWN', 'REFUSED'], ...rows]),
    ...results.flatMap(({ phase, problems }) => problems.map(({ what, why }) => `${phase}: ${what}: ${why}`)),
    ...(unknown ? ['UNKNOWN: what they need, a kind or a namespace, comes in an earlier phase'] : []),
    'nothing was changed; npm run diff -- --cluster says what would be',
  ];
}

export function dryRunReportJson(cluster: Survey, results: readonly DryRunResult[]): unknown {
  return { ...clusterJson(cluster), dryRun: results };
}

const clusterJson = ({ context, server, version }: Survey): object => ({ context, server, version });
