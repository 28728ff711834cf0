import fc from 'fast-check';
import type { Box } from './collisions';
import { hits, moved, overlap, pointsOn } from './collisions';

const box = (x: number, y: number): Box => ({ x, y, width: 10, height: 10 });

test.each([
  [box(5, 5), true],
  [box(10, 0), false],
  [box(0, 10), false],
  [box(-9, -9), true],
])('%j overlaps a box at the origin: %j', (other, expected) => {
  expect(overlap(box(0, 0), other)).toBe(expected);
});

test('a box moves to the nearest free place, aside before up and down, and stays where there is none', () => {
  expect(moved(box(0, 0), [])).toEqual(box(0, 0));
  expect(moved(box(0, 0), [box(-5, 0)])).toEqual(box(8, 0));
  expect(moved(box(0, 0), [{ x: -500, y: -5, width: 1000, height: 10 }])).toEqual(box(0, 8));
  expect(moved(box(0, 0), [{ x: -500, y: -500, width: 1000, height: 1000 }])).toEqual(box(0, 0));
});

test('where a box has moved, it meets no other or has stayed', () => {
  const anyBox = fc.record({ x: fc.nat(100), y: fc.nat(100) }).map(({ x, y }) => box(x, y));
  fc.assert(
    fc.property(anyBox, fc.array(anyBox), (one, others) => {
      const place = moved(one, others);
      expect(others.some((other) => overlap(place, other)) && place !== one).toBe(false);
    }),
  );
});

test('a curve begins and ends at its ends, and crosses what lies under it', () => {
  const points = pointsOn([0, 10, 20, 30].map((x) => ({ x, y: 5 })));
  expect([points[0], points.at(-1)]).toEqual([
    { x: 0, y: 5 },
    { x: 30, y: 5 },
  ]);
  expect(hits(box(10, 0), points)).toBeGreaterThan(0);
  expect(hits(box(10, 20), points)).toBe(0);
});
