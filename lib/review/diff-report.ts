import type { Json } from '../objects/manifest';
import type { Area } from './areas';
import { AREAS } from './areas';
import type { Diff } from './diff';
import { imageChangeText, wholeImageChangeText } from './image-changes';
import type { AreaDifference, ObjectChange } from './object-changes';
import { listItems } from './list-items';
import { COMMENTS } from './object-changes';
import { differenceText } from './object-diff';
import { pathText } from './path';

/** A part of a report: what changed in an area, or what is no change but good to know. */
export interface ReportSection {
  readonly title: string;

  /** In one line; empty where there is nothing. */
  readonly summary: string;

  /** Rows of cells, the first column first. */
  readonly rows: readonly (readonly string[])[];
}

/** What a difference means as sections, in the order in which they are read. */
export function reportSections(diff: Diff, verbose: boolean): ReportSection[] {
  const areas = AREAS.map(({ area }): ReportSection => ({ title: area, ...AREA_SECTIONS[area](diff, area, verbose) }));
  const notes = [refused(diff), renamed(diff), moved(diff), reordered(diff)];
  return [...areas, ...notes.filter(({ rows }) => rows.length > 0)];
}

/** `2 of 91 objects differ`, with how many come and go. */
export function totalsText({ changes, objects }: Diff): string {
  const of = (kind: ObjectChange['kind']): number => changes.filter((change) => change.kind === kind).length;
  const [added, removed, changed] = [of('added'), of('removed'), of('changed')];
  if (changes.length === 0) return `${plural(objects.to, 'object')}, no difference`;
  const parts = [
    ...(changed > 0 ? [`${changed} of ${plural(objects.to, 'object')} differ${changed === 1 ? 's' : ''}`] : []),
    ...(added > 0 ? [`${added} added`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
  ];
  return parts.join(', ');
}

/** In front of what deserves a second look. */
const STRIKING = '‼';

type Content = Omit<ReportSection, 'title'>;
type SectionOf = (diff: Diff, area: Area, verbose: boolean) => Content;

const AREA_SECTIONS: Readonly<Record<Area, SectionOf>> = {
  images,
  RBAC: rights,
  CRDs: crds,
  configuration: listed,
  workloads,
  'network and mesh': listed,
  other: listed,
  'labels and texts': counted,
};

function images({ images: found }: Diff, _: Area, verbose: boolean): Content {
  const text = verbose ? wholeImageChangeText : imageChangeText;
  return {
    summary: found.length === 0 ? '' : plural(found.length, 'image'),
    rows: found.map((change) => [text(change), objectsText(change.objects)]),
  };
}

const NAMED = 3;

function objectsText(objects: readonly string[]): string {
  const more = objects.length - NAMED;
  return more > 1 ? `${objects.slice(0, NAMED).join(', ')} and ${more} more` : objects.join(', ');
}

function rights(diff: Diff, area: Area): Content {
  const { rights: found } = diff;
  const rows = found.flatMap(({ subject, kind, namespace, verbs, targets, powerful }) => {
    const [first = [], ...more] = inLines(targets);
    const where = namespace === undefined ? 'everywhere' : `in ${namespace}`;
    return [
      [powerful ? STRIKING : '', subject, kind, where, `${verbs.join(', ')}: ${first.join(', ')}`],
      ...more.map((line) => ['', '', '', '', line.join(', ')]),
    ];
  });
  const subjects = (kind: string): number =>
    new Set(found.filter((change) => change.kind === kind).map(({ subject }) => subject)).size;
  const [gain, lose] = [subjects('gains'), subjects('loses')];
  const powerful = found.filter((change) => change.powerful && change.kind === 'gains').length;
  const objects = about(diff, area);
  const others = objects.flatMap(({ object, differences }) =>
    differences.filter((one) => !isToldByRights(one)).map((difference) => ['', object, textOf(difference)]),
  );
  const parts = [
    ...(gain > 0 ? [`${plural(gain, 'subject')} gain${gain === 1 ? 's' : ''} rights`] : []),
    ...(powerful > 0 ? [`powerful ones (${STRIKING}) among them`] : []),
    ...(lose > 0 ? [`${plural(lose, 'subject')} lose${lose === 1 ? 's' : ''} rights`] : []),
    ...(found.length === 0 && objects.length > 0 ? ['nobody gains or loses rights'] : []),
    ...(objects.length > 0 ? [plural(objects.length, 'object')] : []),
  ];
  return { summary: parts.join(', '), rows: [...rows, ...others] };
}

/** Whether a difference is one of rights, which are told by who has them. Rules of another shape give none. */
function isToldByRights({ path, from, to }: AreaDifference): boolean {
  if (path[0] !== 'rules') return false;
  const isRight = (value: Json | undefined): boolean => value === undefined || value === true;
  const areRights = (value: Json | undefined): boolean =>
    value === undefined ||
    (Array.isArray(value) && listItems(value, 'Role', 'rules').items.every(([, item]) => isRight(item)));
  return path.length === 1 ? areRights(from) && areRights(to) : isRight(from) && isRight(to);
}

const LONGEST_LINE = 80;

/** Words in lines that are not too long. */
function inLines(words: readonly string[]): string[][] {
  const lines: string[][] = [];
  let room = 0;
  for (const word of words) {
    const line = lines.at(-1);
    if (line === undefined || word.length > room) {
      lines.push([word]);
      room = LONGEST_LINE;
    } else line.push(word);
    room -= word.length + 2;
  }
  return lines;
}

/** What {@link crdChanges} has looked at. */
const EXPLAINED =
  /^$|^spec\.(versions\[[^\]]*\](\.(schema|served|storage|deprecated)\b.*)?|group|scope|names\.(plural|singular|kind|listKind))$/;

function crds(diff: Diff, area: Area): Content {
  const { crds: found } = diff;
  const breaking = found.filter((change) => change.breaking);
  const explained = new Set(found.map(({ crd }) => crd));
  const objects = about(diff, area);
  const others = objects.flatMap(({ object, differences }) =>
    differences
      .filter(({ path }) => !(explained.has(object.replace(/^\S+ /, '')) && EXPLAINED.test(pathText(path))))
      .map((difference) => ['', object.replace(/^\S+ /, ''), textOf(difference)]),
  );
  const rows = [...breaking, ...found.filter((change) => !change.breaking)].map(
    ({ crd, where, breaking: breaks, what }) => [
      breaks ? STRIKING : '',
      crd,
      where === '' ? what : `${where}: ${what}`,
    ],
  );
  const summary =
    objects.length === 0
      ? ''
      : `${plural(objects.length, 'CRD')}, ${breaking.length === 0 ? 'nothing that breaks' : `${plural(breaking.length, 'breaking change')} (${STRIKING})`}`;
  return { summary, rows: [...rows, ...others] };
}

function workloads(diff: Diff, area: Area): Content {
  const pods = new Map(diff.pods.map((pod) => [pod.object, pod]));
  const touched = diff.changes.filter(
    ({ object, differences }) => pods.has(object) || differences.some((difference) => difference.area === area),
  );
  const rows = touched.flatMap(({ object, kind, differences }) => {
    const pod = pods.get(object);
    const own = differences.filter((difference) => difference.area === area).map(textOf);
    const elsewhere = AREAS.map((other) => other.area).filter(
      (other) => other !== area && differences.some((difference) => difference.area === other),
    );
    const texts = elsewhere.length === 0 ? own : [...own, `see ${elsewhere.join(', ')}`];
    const [first = '', ...more] = pod !== undefined && kind !== 'changed' ? [] : texts;
    return [[object, pod === undefined ? '' : pod.means, first], ...more.map((text) => ['', '', text])];
  });
  const rolls = diff.pods.filter((pod) => pod.rolls).length;
  return {
    summary:
      touched.length === 0
        ? ''
        : `${plural(touched.length, 'object')}, ${rolls === 0 ? 'no pods roll' : `${rolls} roll${rolls === 1 ? 's its' : ' their'} pods`}`,
    rows,
  };
}

function listed(diff: Diff, area: Area): Content {
  const objects = about(diff, area);
  const rows = objects.flatMap(({ object, differences }) =>
    differences.map((difference) => [object, textOf(difference)]),
  );
  const what = area === 'configuration' ? 'key' : 'change';
  return {
    summary: rows.length === 0 ? '' : `${plural(rows.length, what)} in ${plural(objects.length, 'object')}`,
    rows,
  };
}

/** What needs nobody's eyes one by one. */
function counted(diff: Diff, area: Area, verbose: boolean): Content {
  const { summary, rows } = listed(diff, area);
  return { summary: summary === '' || verbose ? summary : `${summary}, not listed`, rows: verbose ? rows : [] };
}

function refused({ refused: found }: Diff): ReportSection {
  return {
    title: 'refused',
    summary: `${plural(found.length, 'change')} that Kubernetes does not take`,
    rows: found.map(({ object, why }) => [object, why]),
  };
}

function renamed({ renamed: found }: Diff): ReportSection {
  return {
    title: 'renamed',
    summary: `${plural(found.length, 'object')} with the same content: kubectl makes the new one and leaves the old one`,
    rows: found.map(({ from, to }) => [from, `→ ${to}`]),
  };
}

function moved({ moved: found }: Diff): ReportSection {
  return {
    title: 'moved',
    summary: `${plural(found.length, 'object')} in another file`,
    rows: found.map(({ object, from, to }) => [object, `${from} → ${to}`]),
  };
}

function reordered({ reordered: found }: Diff): ReportSection {
  return {
    title: 'reordered',
    summary: `${plural(found.length, 'pod template')} in another order alone: Kubernetes rolls the pods nonetheless`,
    rows: found.map((object) => [object]),
  };
}

/** The changes that have differences in an area, with those alone. */
function about({ changes }: Diff, area: Area): ObjectChange[] {
  return changes
    .map((change) => ({ ...change, differences: change.differences.filter((difference) => difference.area === area) }))
    .filter(({ differences }) => differences.length > 0);
}

function textOf(difference: AreaDifference): string {
  const { path, kind, masked } = difference;
  if (path.length === 0) return kind;
  if (path.at(-1) === COMMENTS) return `${pathText(path.slice(0, -1))}: comments or layout alone`;
  return masked ? `${pathText(path)}: ${kind}, not shown` : differenceText(difference);
}

const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
