import type { Json } from '../objects/manifest';
import type { Area } from './areas';
import { AREAS } from './areas';
import type { Diff } from './diff';
import type { ImageChange } from './image-changes';
import { imageChangeText, wholeImageChangeText } from './image-changes';
import { listItems } from './list-items';
import type { AreaDifference, ObjectChange } from './object-changes';
import { pathText } from './path';
import { network } from './report-network';
import type { Content, ReportSection, SectionOf } from './report-section';
import { about, listed, objectsText, plural, STRIKING, textOf } from './report-section';
import { podsToRestart, workloads } from './report-workloads';

/** What a difference means as sections, in the order in which they are read. */
export function reportSections(diff: Diff, verbose: boolean): ReportSection[] {
  const areas = AREAS.map(({ area }): ReportSection => ({ title: area, ...AREA_SECTIONS[area](diff, area, verbose) }));
  const notes = [
    refused(diff),
    podsToRestart(diff, verbose),
    beside(diff),
    renamed(diff),
    moved(diff),
    reordered(diff),
  ];
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

const AREA_SECTIONS: Readonly<Record<Area, SectionOf>> = {
  images,
  RBAC: rights,
  CRDs: crds,
  configuration: listed,
  workloads,
  'network and mesh': network,
  other: listed,
  'labels and texts': counted,
};

function images({ images: found, refused: not }: Diff, _: Area, verbose: boolean): Content {
  const refusedObjects = new Set(not.map(({ object }) => object));
  const text = verbose ? wholeImageChangeText : imageChangeText;
  return {
    summary: found.length === 0 ? '' : plural(found.length, 'image'),
    rows: found.map((change) => [text(change), ofImage(change, refusedObjects)]),
  };
}

function ofImage({ objects, isQueueProxy }: ImageChange, refusedObjects: ReadonlySet<string>): string {
  const text = objectsText(objects.map((object) => (refusedObjects.has(object) ? `${object} (refused)` : object)));
  return isQueueProxy === true ? `queue-proxy beside every revision, by ${text}` : text;
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

function beside({ notRendered: found }: Diff): ReportSection {
  return {
    title: 'not rendered',
    summary: `${plural(found.length, 'file')} beside the platform's own (${STRIKING}), which kubectl apply -f takes too`,
    rows: found.map(({ file, objects, problems }) => [STRIKING, file, [...objects, ...problems].join(', ')]),
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
    summary: `${plural(found.length, 'change')} that the cluster does not take`,
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
