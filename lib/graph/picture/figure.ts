import type { MeshNode } from '../../model/connections/mesh-graph';
import type { KubernetesService } from '../../model/connections/service';
import type { Arrow, DrawnConnection, Drawing } from './drawing';
import { textWidth, wrapped } from './text-width';

/** A line of text, as wide as it is in the picture's font. */
export interface TextLine {
  readonly text: string;
  readonly style: TextStyle;
  readonly width: number;
}

/** Sizes in points, which are pixels on a screen. */
export const TEXT_STYLES = {
  name: { size: 13, height: 17, weight: 'bold' },
  kind: { size: 11, height: 15, weight: 'regular' },
  service: { size: 10, height: 13, weight: 'regular' },
  namespace: { size: 12, height: 18, weight: 'bold' },
  label: { size: 10.5, height: 14, weight: 'regular' },
} as const;

export type TextStyle = keyof typeof TEXT_STYLES;

/** What is drawn as a box with text, and how large it is. */
export interface Figure {
  readonly lines: readonly TextLine[];
  readonly width: number;
  readonly height: number;
}

const PADDING = { x: 12, y: 9 } as const;
const WIDEST = 200;

/** The mark of what protects a connection: not by colour alone. */
export const MARKS = { mtls: '√', tls: 'TLS', plain: 'plain', refused: '× refused' } as const;

export function line(text: string, style: TextStyle): TextLine {
  const { size, weight } = TEXT_STYLES[style];
  return { text, style, width: Math.ceil(textWidth(text, size, weight)) };
}

function lines(text: string, style: TextStyle): TextLine[] {
  return wrapped(text, TEXT_STYLES[style].size, WIDEST).map((one) => line(one, style));
}

export function textHeight(all: readonly TextLine[]): number {
  return all.reduce((sum, { style }) => sum + TEXT_STYLES[style].height, 0);
}

function figure(all: readonly TextLine[]): Figure {
  return {
    lines: all,
    width: Math.max(...all.map(({ width }) => width)) + 2 * PADDING.x,
    height: textHeight(all) + 2 * PADDING.y,
  };
}

/** A node's name, what it is, and the Services that lead to it. */
export function nodeFigure({ name, kind, pods, containers, meshed, namespace, services }: MeshNode): Figure {
  // Several Knative Services that are one box may have different numbers of containers.
  const ready = !meshed ? 'not in the mesh' : containers === undefined ? '√' : `√ ${containers}/${containers}`;
  return figure([
    ...lines(name, 'name'),
    ...lines(kind, 'kind'),
    ...(namespace === undefined ? [] : lines([...(pods === undefined ? [] : [pods]), ready].join(', '), 'kind')),
    ...services.flatMap((service) => lines(serviceText(service), 'service')),
  ]);
}

/** The node that stands for all pods of the mesh. */
export function everyPodFigure({ everyPod }: Drawing): Figure {
  return figure([
    ...lines('Every pod of the mesh', 'name'),
    ...lines(`${everyPod} workloads, by their proxies`, 'kind'),
  ]);
}

/** `ambassador :80 :443` */
function serviceText({ name, ports }: KubernetesService): string {
  return `${name} ${ports.map(({ port }) => `:${port}`).join(' ')}`;
}

/** What stands beside an arrow: a line for each connection, with its mark. */
export function arrowLines({ protection, connections }: Arrow): TextLine[] {
  const reasons = [...new Set(connections.flatMap(({ reason }) => reason?.short ?? []))];
  const texts = connections.map((connection) =>
    protection === 'mtls' ? `${MARKS.mtls} ${connectionText(connection)}` : connectionText(connection),
  );
  return [
    ...bounded(texts).map((text) => line(text, 'label')),
    ...reasons.map((reason) => line(`${MARKS[protection]}: ${reason}`, 'label')),
  ];
}

const MOST_LINES = 12;

/** Of more lines than a label holds, those that differ; what is left is counted. */
function bounded(texts: readonly string[]): readonly string[] {
  if (texts.length <= MOST_LINES) return texts;
  const shown = [...new Set(texts)].slice(0, MOST_LINES);
  return [...shown, `and ${texts.length - shown.length} connections more`];
}

const MOST_PORTS = 2;

function connectionText({ about, ports }: DrawnConnection): string {
  if (ports.length > MOST_PORTS) return `${about} ${ports[0] ?? ''} and ${ports.length - 1} ports more`;
  return [about, ...ports].join(' ');
}
