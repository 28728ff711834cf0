import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withColours } from '../colours';
import { escaped } from '../escape';
import type { MeshNode } from '../../model/connections/mesh-graph';
import type { Drawing } from './drawing';
import { EVERY_POD } from './drawing';
import type { TextLine } from './figure';
import { TEXT_STYLES } from './figure';
import type { Box, Point } from './collisions';
import { overlap } from './collisions';
import type { Layout, PlacedArrow, PlacedNamespace, PlacedNode } from './layout';
import { layoutOf } from './layout';

export interface SvgOptions {
  /** What the picture is called. */
  readonly title: string;

  /**
   * Where a node leads to, as the fragment of a page.
   *
   * @default - it leads nowhere
   */
  readonly link?: (id: string) => string | undefined;

  /**
   * Whether it brings its own style, and so can stand for itself.
   *
   * @default true
   */
  readonly styled?: boolean;
}

const MARGIN = 16;

/** The picture's style. Its colours are those of `COLOURS`, as custom properties. */
export const pictureStyle = (): string => readFileSync(join(__dirname, 'picture.css'), 'utf8');

/** A picture of the mesh. The same drawing gives the same bytes. */
export async function svgOf(drawing: Drawing, { title, link, styled = true }: SvgOptions): Promise<string> {
  const layout = await layoutOf(drawing);
  const nodes = new Map(drawing.nodes.map((node) => [node.id, node]));
  const [width, height] = [Math.ceil(layout.width) + 2 * MARGIN, Math.ceil(layout.height) + 2 * MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="mesh" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" width="${width}" height="${height}" role="${link ? 'group' : 'img'}" aria-labelledby="mesh-title mesh-description">`,
    `<title id="mesh-title">${escaped(title)}</title>`,
    `<desc id="mesh-description">${escaped(description(layout, drawing))}</desc>`,
    ...(styled ? [`<style>${withColours(pictureStyle())}</style>`] : []),
    '<defs>',
    ...(['mtls', 'tls', 'plain', 'refused'] as const).map(
      (protection) =>
        `<marker id="tip-${protection}" class="tip ${protection}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5 8 4 0 7.5Z"/></marker>`,
    ),
    '</defs>',
    `<rect class="ground" x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}"/>`,
    ...layout.namespaces.map(namespaceSvg),
    ...layout.arrows.map(arrowSvg),
    ...layout.nodes.map((placed) => nodeSvg(placed, nodes.get(placed.id), link)),
    ...layout.arrows.map((arrow) => labelSvg(arrow, layout)),
    '</svg>\n',
  ].join('\n');
}

function description({ nodes, arrows }: Layout, { namespaces }: Drawing): string {
  const of = (protection: string): number => arrows.filter(({ arrow }) => arrow.protection === protection).length;
  return `${nodes.length} boxes in ${namespaces.length} namespaces; ${of('mtls')} arrows are mTLS, ${of('tls')} are TLS of their own, ${of('plain')} are plain, ${of('refused')} are refused.`;
}

/** Numbers with one digit after the point: Graphviz has more than anybody sees. */
const short = (value: number): string => String(Math.round(value * 10) / 10);
const xy = ({ x, y }: Point): string => `${short(x)} ${short(y)}`;

function rectangle({ x, y, width, height }: Box, radius: number): string {
  return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" rx="${radius}"/>`;
}

function namespaceSvg({ box, title, titleBox }: PlacedNamespace): string {
  return `<g class="namespace">${rectangle(box, 12)}${textSvg(title, { x: titleBox.x, y: titleBox.y + 13 }, 'start')}</g>`;
}

function nodeSvg({ id, figure, box }: PlacedNode, node: MeshNode | undefined, link: SvgOptions['link']): string {
  const meshed = id === EVERY_POD || node?.meshed === true;
  const kind = node?.namespace === undefined && id !== EVERY_POD ? 'outsider' : meshed ? 'meshed' : 'unmeshed';
  const classes = ['node', kind, ...(node?.networkingLayer === true ? ['layer'] : [])].join(' ');
  let y = box.y + (box.height - figure.lines.reduce((sum, { style }) => sum + TEXT_STYLES[style].height, 0)) / 2;
  const texts = figure.lines.map((line) => {
    y += TEXT_STYLES[line.style].height;
    return textSvg(line, { x: box.x + box.width / 2, y: y - 4 });
  });
  const drawn = `<g class="${classes}">${rectangle(box, kind === 'outsider' ? 16 : 7)}${texts.join('')}</g>`;
  const target = link?.(id);
  return target === undefined
    ? drawn
    : `<a href="#${escaped(target)}" aria-label="${escaped(nodeLabel(node))}">${drawn}</a>`;
}

function nodeLabel(node: MeshNode | undefined): string {
  if (node === undefined) return 'Every pod of the mesh';
  const { kind, name, namespace, meshed } = node;
  return namespace === undefined
    ? `${name}, ${kind}`
    : `${kind} ${name} in namespace ${namespace}, ${meshed ? 'in the mesh' : 'not in the mesh'}`;
}

function arrowSvg({ arrow, curve, tip }: PlacedArrow): string {
  const [start, ...rest] = curve;
  if (start === undefined) return '';
  const { protection } = arrow;
  return `<path class="arrow ${protection}" d="M${xy(start)}C${rest.map(xy).join(' ')}L${xy(tip)}" marker-end="url(#tip-${protection})"/>`;
}

function labelSvg({ arrow, lines, label }: PlacedArrow, { namespaces }: Layout): string {
  const within = namespaces.some(({ box }) => overlap(box, label));
  const height = TEXT_STYLES.label.height;
  const x = label.x + label.width / 2;
  const texts = lines.map((line, index) => textSvg(line, { x, y: label.y + (index + 1) * height - 3.5 }));
  return `<g class="label ${arrow.protection}${within ? ' within' : ''}">${texts.join('')}</g>`;
}

/** Text as wide as it was measured, whatever font a browser has for it. */
function textSvg({ text, style, width }: TextLine, at: Point, anchor: 'middle' | 'start' = 'middle'): string {
  const x = anchor === 'middle' ? at.x - width / 2 : at.x;
  return `<text class="${style}" x="${short(x)}" y="${short(at.y)}" textLength="${short(width)}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
}
