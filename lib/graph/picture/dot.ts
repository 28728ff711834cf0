import type { MeshNode } from '../../model/connections/mesh-graph';
import type { Arrow, Drawing } from './drawing';
import { EVERY_POD } from './drawing';
import { arrowLines, everyPodFigure, nodeFigure } from './figure';

const STYLES = {
  mtls: 'style=solid',
  tls: 'style=dashed',
  plain: 'style=dotted',
  refused: 'style=dotted, arrowhead=tee',
} as const;

/** The drawing in Graphviz's own language, to be laid out and styled by other means. */
export function dotOf(drawing: Drawing): string {
  const { namespaces, nodes, arrows, everyPod } = drawing;
  return [
    'digraph mesh {',
    '  rankdir=LR',
    '  node [shape=box]',
    ...nodes.filter(({ namespace }) => namespace === undefined).map((node) => `  ${nodeDot(node)}`),
    ...(everyPod === 0
      ? []
      : [`  ${quoted(EVERY_POD)} [label=${quoted(...everyPodFigure(drawing).lines.map(({ text }) => text))}]`]),
    ...namespaces.flatMap((name, index) => [
      `  subgraph cluster_${index} {`,
      `    label=${quoted(name)}`,
      ...nodes.filter(({ namespace }) => namespace === name).map((node) => `    ${nodeDot(node)}`),
      '  }',
    ]),
    ...arrows.map((arrow) => `  ${arrowDot(arrow)}`),
    '}\n',
  ].join('\n');
}

function nodeDot(node: MeshNode): string {
  return `${quoted(node.id)} [label=${quoted(...nodeFigure(node).lines.map(({ text }) => text))}]`;
}

function arrowDot(arrow: Arrow): string {
  const label = quoted(...arrowLines(arrow).map(({ text }) => text));
  return `${quoted(arrow.from)} -> ${quoted(arrow.to)} [${STYLES[arrow.protection]}, label=${label}]`;
}

/** Lines as one quoted string. Within it a backslash begins a sequence of Graphviz, and `\n` ends a line. */
function quoted(...lines: readonly string[]): string {
  return `"${lines.map((line) => line.replace(/[\\"]/g, '\\$&').replace(/\s/g, ' ')).join('\\n')}"`;
}
