/** A place in the picture, in points. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle by its upper left corner. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Whether two boxes share more than an edge. */
export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const SAMPLES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;

/** Points on a curve of Bézier parts, near enough to each other to find what it crosses. */
export function pointsOn(curve: readonly Point[]): Point[] {
  const points: Point[] = [];
  for (let start = 0; start + 3 < curve.length; start += 3) {
    const [a, b, c, d] = curve.slice(start, start + 4);
    if (a === undefined || b === undefined || c === undefined || d === undefined) break;
    for (const t of SAMPLES) {
      const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
      points.push({ x: p * a.x + q * b.x + r * c.x + s * d.x, y: p * a.y + q * b.y + r * c.y + s * d.y });
    }
  }
  return points;
}

/** How many points lie within a box. */
export function hits(box: Box, points: readonly Point[]): number {
  return points.filter(({ x, y }) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height).length;
}

const STEP = 4;
const FARTHEST = 120;

/** The nearest place, to the sides and then up and down, at which a box meets no other. Where there is none it stays. */
export function moved(box: Box, others: readonly Box[]): Box {
  for (let distance = 0; distance <= FARTHEST; distance += STEP) {
    for (const [x, y] of [
      [distance, 0],
      [-distance, 0],
      [0, distance],
      [0, -distance],
    ] as const) {
      const place = { ...box, x: box.x + x, y: box.y + y };
      if (!others.some((other) => overlap(place, other))) return place;
    }
  }
  return box;
}
