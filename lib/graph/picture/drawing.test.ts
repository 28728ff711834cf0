import type { PlatformObject } from '../../objects/manifest';
import { meshGraph } from '../../model/connections/mesh-graph';
import { REQUEST_PATH, deployment, knativeService, meshed, namespace } from '../../model/connections/testing/objects';
import type { Drawing } from './drawing';
import { EVERY_POD, drawingOf } from './drawing';
import { arrowLines } from './figure';

const drawn = (objects: readonly PlatformObject[]): Drawing => drawingOf(meshGraph(objects));

/** `from → to: about ports (members)` */
function lines({ arrows }: Drawing): string[] {
  const name = (id: string): string => id.slice(id.lastIndexOf('/') + 1);
  return arrows.flatMap(({ from, to, connections }) =>
    connections.map(
      ({ about, ports, members }) =>
        `${name(from)} → ${name(to)}: ${about} ${ports.join()}${members.length > 0 ? ` (${members.map(name).join()})` : ''}`,
    ),
  );
}

const probed = (within: string, name: string, port: number, scheme = 'HTTP'): PlatformObject =>
  deployment(within, name, { container: { readinessProbe: { httpGet: { port, scheme } } } });

test('what every pod has is one arrow', () => {
  const drawing = drawn([
    meshed('a'),
    probed('a', 'one', 1),
    probed('a', 'two', 2),
    namespace('b'),
    probed('b', 'no', 3),
  ]);
  expect(lines(drawing)).toEqual([
    `${EVERY_POD} → control-plane: destination, identity, policy  (one,two)`,
    `kubelet → ${EVERY_POD}: probes 1,2 (one,two)`,
  ]);
  expect(drawing.everyPod).toBe(2);
});

test('what one pod alone has stays an arrow of its own', () => {
  const drawing = drawn([meshed('a'), probed('a', 'one', 1)]);
  expect(lines(drawing)).toEqual(['one → control-plane: destination, identity, policy ', 'kubelet → one: probes 1']);
  expect(drawing.everyPod).toBe(0);
});

test('what is protected otherwise is not the same', () => {
  const drawing = drawn([meshed('a'), probed('a', 'one', 1), probed('a', 'two', 2), probed('a', 'tls', 3, 'HTTPS')]);
  expect(lines(drawing).filter((line) => line.startsWith('kubelet'))).toEqual([
    `kubelet → ${EVERY_POD}: probes 1,2 (one,two)`,
    'kubelet → tls: probes 3',
  ]);
});

describe('Knative Services that are alike', () => {
  const more = ['two', 'three', 'four'].map((name) => knativeService('default', name));

  test('are one box from three on, and each is in the list', () => {
    const drawing = drawn([...REQUEST_PATH, ...more]);
    const boxes = drawing.nodes.filter(({ knative }) => knative);
    expect(boxes.map(({ name, kind }) => [name, kind])).toEqual([
      ['4 Knative Services', 'hello, two, three and 1 more'],
    ]);
    expect(drawing.workloads.filter(({ knative }) => knative)).toHaveLength(4);
    expect(lines(drawing)).toContain('activator → hello and others: requests 8012 (hello,two,three,four)');
  });

  test('outside of the mesh as well', () => {
    const outside = ['two', 'three', 'four'].map((name) =>
      knativeService('default', name, { 'linkerd.io/inject': 'disabled' }),
    );
    const boxes = drawn([...REQUEST_PATH, ...outside]).nodes.filter(({ knative }) => knative);
    expect(boxes.map(({ name }) => name)).toEqual(['hello', '3 Knative Services']);
  });

  describe('300 that all have other connections', () => {
    const capacity = (index: number): Record<string, string> => ({
      'autoscaling.knative.dev/target-burst-capacity': String(index),
    });
    const many = (count: number, annotations = capacity): PlatformObject[] =>
      Array.from({ length: count }, (_, index) => knativeService('many', `service-${index}`, annotations(index)));

    test('are one box in the mesh and one outside, and no connection is lost', () => {
      const objects = [
        ...REQUEST_PATH,
        meshed('many'),
        ...many(300, (index) => ({
          ...capacity(index),
          ...(index % 3 === 0 && { 'linkerd.io/inject': 'disabled' }),
        })),
      ];
      const graph = meshGraph(objects);
      const drawing = drawingOf(graph);
      const boxes = drawing.nodes.filter(({ knative, namespace: within }) => knative && within === 'many');
      expect(boxes.map(({ name, meshed: inMesh }) => [name, inMesh])).toEqual([
        ['100 Knative Services', false],
        ['200 Knative Services', true],
      ]);
      expect(drawing.workloads.filter(({ knative }) => knative)).toHaveLength(301);
      const drawn = new Set(boxes.map(({ id }) => id));
      const ofMany = drawing.arrows.filter(({ from, to }) => drawn.has(from) || drawn.has(to));
      const named = new Set(ofMany.flatMap(({ connections }) => connections.flatMap(({ members }) => members)));
      const all = graph.nodes.filter(({ namespace: within }) => within === 'many').map(({ id }) => id);
      expect([...named].sort()).toEqual(all.sort());
    });

    test('an arrow says no more than a person reads', () => {
      const { arrows } = drawn([...REQUEST_PATH, meshed('many'), ...many(300)]);
      const labels = arrows.map((arrow) => arrowLines(arrow).map(({ text }) => text));
      expect(labels).toContainEqual(['√ requests 8012', 'and 299 connections more']);
      expect(Math.max(...labels.map(({ length }) => length))).toBeLessThan(15);
    });

    test.each([
      [20, 20],
      [21, 1],
    ])('%d are %d boxes', (count, boxes) => {
      const { nodes } = drawn([...REQUEST_PATH, meshed('many'), ...many(count)]);
      expect(nodes.filter(({ knative, namespace: within }) => knative && within === 'many')).toHaveLength(boxes);
    });
  });

  test.each<[string, PlatformObject[]]>([
    ['two', more.slice(0, 1)],
    [
      'those of several namespaces',
      [meshed('x'), knativeService('x', 'two'), meshed('y'), knativeService('y', 'three')],
    ],
    [
      'those with other connections or outside of the mesh',
      [
        knativeService('default', 'two', { 'autoscaling.knative.dev/target-burst-capacity': '-1' }),
        knativeService('default', 'three', { 'linkerd.io/inject': 'disabled' }),
      ],
    ],
  ])('%s are boxes of their own', (_, services) => {
    const { nodes, workloads } = drawn([...REQUEST_PATH, ...services]);
    expect(nodes.filter(({ knative }) => knative)).toEqual(workloads.filter(({ knative }) => knative));
  });
});
