import type { Graph } from '@viz-js/viz' with { 'resolution-mode': 'import' };
import { at, list, text } from '../../objects/json';
import type { Box, Point } from './collisions';
import { hits, moved, pointsOn } from './collisions';
import type { Arrow, Drawing } from './drawing';
import { EVERY_POD } from './drawing';
import type { Figure, TextLine } from './figure';
import { arrowLines, everyPodFigure, line, nodeFigure, textHeight } from './figure';

export interface PlacedNode {
  readonly id: string;
  readonly figure: Figure;
  readonly box: Box;
}

export interface PlacedNamespace {
  readonly name: string;
  readonly title: TextLine;
  readonly titleBox: Box;
  readonly box: Box;
}

export interface PlacedArrow {
  readonly arrow: Arrow;

  /** Where the curve begins, then two control points and an end for each of its parts. */
  readonly curve: readonly Point[];

  /** The tip, where the curve ends at a node. */
  readonly tip: Point;
  readonly lines: readonly TextLine[];

  /** Where the text stands. */
  readonly label: Box;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly namespaces: readonly PlacedNamespace[];
  readonly arrows: readonly PlacedArrow[];
}

const POINTS_PER_INCH = 72;
const LABEL_PADDING = 8;

/** What Graphviz is asked to place: boxes and texts of the sizes that they will have, under names of our own. */
export function graphvizGraph(drawing: Drawing): Graph {
  const { nodes, namespaces, arrows } = drawing;
  const names = graphvizNames(drawing);
  const node = (id: string, { width, height }: Figure): NonNullable<Graph['nodes']>[number] => ({
    name: names.get(id) ?? '',
    attributes: { width: width / POINTS_PER_INCH, height: height / POINTS_PER_INCH, label: '' },
  });
  return {
    directed: true,
    graphAttributes: { rankdir: 'LR', ranksep: 0.4, nodesep: 0.24, pad: 0.2, remincross: true },
    nodeAttributes: { shape: 'box', fixedsize: true },
    edgeAttributes: { arrowsize: 0.7 },
    nodes: [
      ...nodes.filter(({ namespace }) => namespace === undefined).map((one) => node(one.id, nodeFigure(one))),
      ...(drawing.everyPod === 0 ? [] : [node(EVERY_POD, everyPodFigure(drawing))]),
    ],
    subgraphs: namespaces.map((name, index) => ({
      name: `cluster_${index}`,
      graphAttributes: { label: placeholder([line(name, 'namespace')], 0), labeljust: 'l', margin: 14 },
      nodes: nodes.filter(({ namespace }) => namespace === name).map((one) => node(one.id, nodeFigure(one))),
    })),
    edges: arrows.map((arrow, index) => ({
      tail: names.get(arrow.from) ?? '',
      head: names.get(arrow.to) ?? '',
      attributes: { id: String(index), label: placeholder(arrowLines(arrow), LABEL_PADDING) },
    })),
  };
}

/** Names for Graphviz that need no quoting, whatever the nodes are called. */
function graphvizNames({ nodes }: Drawing): Map<string, string> {
  return new Map([...nodes.map(({ id }) => id), EVERY_POD].map((id, index) => [id, `n${index}`]));
}

/** Room for text: Graphviz knows the fonts less well than we do. */
function placeholder(lines: readonly TextLine[], padding: number): { html: string } {
  const width = widest(lines) + padding;
  return {
    html: `<table border="0" cellborder="0" cellpadding="0" cellspacing="0" fixedsize="true" width="${width}" height="${textHeight(lines) + 4}"><tr><td></td></tr></table>`,
  };
}

/** Places all of a drawing, by Graphviz. The same drawing is placed the same. */
export async function layoutOf(drawing: Drawing): Promise<Layout> {
  const { instance } = await import('@viz-js/viz');
  const placed = (await instance()).renderJSON(graphvizGraph(drawing));
  const names = graphvizNames(drawing);
  const ids = new Map([...names].map(([id, name]) => [name, id]));
  const [, , width = 0, height = 0] = numbers(at(placed, 'bb'));
  const flip = (y: number): number => height - y;
  const objects = list(at(placed, 'objects'));
  const figures = new Map(drawing.nodes.map((node) => [node.id, nodeFigure(node)]));
  figures.set(EVERY_POD, everyPodFigure(drawing));

  const nodes = objects.flatMap((object) => {
    const id = ids.get(text(at(object, 'name')) ?? '');
    const figure = figures.get(id ?? '');
    const [x = 0, y = 0] = numbers(at(object, 'pos'));
    return id === undefined || figure === undefined ? [] : [{ id, figure, box: around({ x, y: flip(y) }, figure) }];
  });
  const curves = list(at(placed, 'edges')).flatMap((edge) => {
    const arrow = drawing.arrows[Number(at(edge, 'id'))];
    if (arrow === undefined) return [];
    const lines = arrowLines(arrow);
    const [x = 0, y = 0] = numbers(at(edge, 'lp'));
    const label = around({ x, y: flip(y) }, { width: widest(lines) + 6, height: textHeight(lines) });
    return [{ arrow, lines, label, ...spline(text(at(edge, 'pos')) ?? '', flip) }];
  });
  const crossed = curves.flatMap(({ curve }) => pointsOn(curve));
  const namespaces = objects.flatMap((object) => {
    const [, index] = /^cluster_(\d+)$/.exec(text(at(object, 'name')) ?? '') ?? [];
    const name = drawing.namespaces[Number(index)];
    const [left = 0, bottom = 0, right = 0, top = 0] = numbers(at(object, 'bb'));
    if (name === undefined) return [];
    const box = { x: left, y: flip(top), width: right - left, height: top - bottom };
    const title = line(name, 'namespace');
    return [{ name, title, titleBox: titleBox(title, box, crossed), box }];
  });

  return { width, height, nodes, namespaces, arrows: withoutOverlaps(nodes, namespaces, curves) };
}

const around = ({ x, y }: Point, { width, height }: { width: number; height: number }): Box => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
});

const widest = (lines: readonly TextLine[]): number => Math.max(...lines.map(({ width }) => width));

/** The title of a namespace stands in its box's upper left corner, or in the right one where that is crossed by fewer arrows. */
function titleBox({ width }: TextLine, box: Box, crossed: readonly Point[]): Box {
  const left = { x: box.x + 14, y: box.y + 7, width, height: 18 };
  const right = { ...left, x: box.x + box.width - 14 - width };
  return hits(right, crossed) < hits(left, crossed) ? right : left;
}

/** Graphviz keeps labels away from each other and from nodes, but not from the titles of namespaces. */
function withoutOverlaps(
  nodes: readonly PlacedNode[],
  namespaces: readonly PlacedNamespace[],
  arrows: readonly PlacedArrow[],
): PlacedArrow[] {
  const taken = [...nodes.map(({ box }) => box), ...namespaces.map((namespace) => namespace.titleBox)];
  const labels = arrows.map(({ label }) => label);
  return arrows.map((arrow, index) => {
    const label = moved(arrow.label, [...taken, ...labels.filter((_, other) => other !== index)]);
    labels[index] = label;
    return { ...arrow, label };
  });
}

const numbers = (value: unknown): number[] => (text(value) ?? '').split(',').map(Number);

/** A curve as Graphviz writes it: `e,x,y` is its tip, and then come its points. */
function spline(value: string, flip: (y: number) => number): { tip: Point; curve: Point[] } {
  const point = (pair: string): Point => {
    const [x = 0, y = 0] = numbers(pair);
    return { x, y: flip(y) };
  };
  const parts = value.split(' ');
  const end = parts.find((part) => part.startsWith('e,'));
  const curve = parts.filter((part) => /^[-\d]/.test(part)).map(point);
  const last = curve[curve.length - 1] ?? { x: 0, y: 0 };
  return { curve, tip: end === undefined ? last : point(end.slice(2)) };
}
