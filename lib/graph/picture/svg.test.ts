import fc from 'fast-check';
import { collectObjects } from '../../objects/collect';
import type { PlatformObject } from '../../objects/manifest';
import platform from '../../../testing/walkthrough/main';
import { meshGraph } from '../../model/connections/mesh-graph';
import { balanced } from '../testing/balanced';
import { REQUEST_PATH, deployment, knativeService, meshed, namespace } from '../../model/connections/testing/objects';
import type { Box } from './collisions';
import { overlap } from './collisions';
import { dotOf } from './dot';
import type { Drawing } from './drawing';
import { drawingOf } from './drawing';
import { layoutOf } from './layout';
import { svgOf } from './svg';

const drawn = (objects: readonly PlatformObject[]): Drawing => drawingOf(meshGraph(objects));

/** Other shapes of platforms than the default one. */
const LARGE: readonly PlatformObject[] = [
  ...REQUEST_PATH,
  ...Array.from({ length: 30 }, (_, index) => knativeService('default', `service-${index}`)),
  ...['one', 'two', 'three', 'four'].flatMap((name, index) => [
    index % 2 === 0 ? meshed(name) : namespace(name),
    knativeService(name, `${name}-with-a-name-that-is-longer-than-a-line-of-a-box`),
    deployment(name, 'worker', { container: { readinessProbe: { httpGet: { port: 80 } } } }),
  ]),
];

const DRAWINGS: readonly [string, Drawing][] = [
  ['the default platform', drawn(collectObjects(platform))],
  ['a large platform', drawn(LARGE)],
  ['the way of a request', drawn(REQUEST_PATH)],
  ['one workload', drawn([deployment('a', 'web')])],
  ['nothing', drawn([])],
];

describe.each(DRAWINGS)('%s', (_, drawing) => {
  test('has a box for each node, a namespace around its own, and an arrow for each', async () => {
    const { nodes, namespaces, arrows } = await layoutOf(drawing);
    expect(nodes).toHaveLength(drawing.nodes.length + (drawing.everyPod > 0 ? 1 : 0));
    expect(namespaces.map(({ name }) => name)).toEqual(drawing.namespaces);
    expect(arrows).toHaveLength(drawing.arrows.length);
    for (const { name, box } of namespaces) {
      const within = nodes.filter(({ id }) => drawing.nodes.find((node) => node.id === id)?.namespace === name);
      expect(within.every(({ box: one }) => contains(box, one))).toBe(true);
      expect(nodes.filter((node) => !within.includes(node) && overlap(box, node.box))).toEqual([]);
    }
  });

  test('nothing stands on anything else, and all of it is in the picture', async () => {
    const { width, height, nodes, namespaces, arrows } = await layoutOf(drawing);
    const boxes = [
      ...nodes.map(({ box }) => box),
      ...namespaces.map(({ titleBox }) => titleBox),
      ...arrows.map(({ label }) => label),
    ];
    const pairs = boxes.flatMap((one, index) => boxes.slice(index + 1).map((other) => [one, other] as const));
    expect(pairs.filter(([one, other]) => overlap(one, other))).toEqual([]);
    expect(boxes.filter((box) => !contains({ x: -16, y: -16, width: width + 32, height: height + 32 }, box))).toEqual(
      [],
    );
  });

  test('is well-formed, and the same bytes each time', async () => {
    const svg = await svgOf(drawing, { title: 'Mesh' });
    expect(balanced(svg)).toEqual([]);
    expect(await svgOf(drawing, { title: 'Mesh' })).toBe(svg);
    expect(svg).not.toMatch(/NaN|undefined|var\(/);
  });

  test('is DOT that Graphviz reads', async () => {
    const { instance } = await import('@viz-js/viz');
    expect((await instance()).render(dotOf(drawing))).toMatchObject({ status: 'success' });
  });
});

const contains = (outer: Box, inner: Box): boolean =>
  inner.x >= outer.x - 0.5 &&
  inner.y >= outer.y - 0.5 &&
  inner.x + inner.width <= outer.x + outer.width + 0.5 &&
  inner.y + inner.height <= outer.y + outer.height + 0.5;

test('a picture without arrows has no text but that of its boxes', async () => {
  const svg = await svgOf(drawn([deployment('a', 'web')]), { title: 'Mesh' });
  expect([...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text)).toEqual([
    'a',
    'web',
    'Deployment',
    '1 pod, not in the mesh',
  ]);
});

test('arrows say what protects them in words, not in colours alone', async () => {
  const svg = await svgOf(drawn(REQUEST_PATH), { title: 'Mesh' });
  expect(svg).toContain('>√ requests 8012<');
  expect(svg).toContain('>plain: outside caller<');
});

test('names of any characters are text, and never markup', async () => {
  const anyName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(anyName, anyName, async (within, name) => {
      const drawing = drawn([
        meshed(within),
        deployment(within, name),
        deployment(within, '<script>alert(1)</script>'),
      ]);
      const svg = await svgOf(drawing, { title: name, link: (id) => `"onload="${id}` });
      expect(balanced(svg)).toEqual([]);
      expect(svg).not.toMatch(/<script|onload="/);
      const { instance } = await import('@viz-js/viz');
      expect((await instance()).render(dotOf(drawing)).status).toBe('success');
    }),
    { numRuns: 25 },
  );
});
