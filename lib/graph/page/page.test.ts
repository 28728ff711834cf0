import { createHash } from 'node:crypto';
import fc from 'fast-check';
import platform from '../../../testing/walkthrough/main';
import { collectObjects } from '../../objects/collect';
import type { PlatformObject } from '../../objects/manifest';
import { meshGraph } from '../../model/connections/mesh-graph';
import { drawingOf } from '../picture/drawing';
import { balanced } from '../testing/balanced';
import { configMap, deployment, knativeService, meshed, service } from '../../model/connections/testing/objects';
import type { InventoryProps } from './inventory';
import { inventoryOf } from './inventory';
import { pageOf } from './page';

const page = (
  objects: readonly PlatformObject[],
  props: Required<InventoryProps> | InventoryProps = {},
  title = 'Mesh',
) => pageOf({ title, drawing: drawingOf(meshGraph(objects)), inventory: inventoryOf(objects, props) });

const objects = collectObjects(platform);
const ALL: Required<InventoryProps> = {
  components: platform.components,
  findings: [{ severity: 'error', rule: 'rule-a', object: 'Deployment a/b', source: 'main.ts:1', message: 'is wrong' }],
};

test('is well-formed, and the same bytes each time', async () => {
  const html = await page(objects, ALL);
  expect(balanced(html)).toEqual([]);
  expect(await page(objects, ALL)).toBe(html);
});

test('needs nothing from elsewhere: its policy lets in its own style and script alone', async () => {
  const html = await page(objects, ALL);
  expect([...html.matchAll(/\s(?:src|srcset|action|data|poster)=/g)]).toEqual([]);
  expect([...html.matchAll(/href="([^#"][^"]*)"/g)].map(([, target]) => target)).toEqual(['data:,']);
  expect(html.match(/<(?:iframe|object|embed|img|base|form [^>]*action)/g)).toBeNull();
  for (const kind of ['style', 'script'] as const) {
    const [all, ...more] = [...html.matchAll(new RegExp(`<${kind}>([^]*?)</${kind}>`, 'g'))];
    const text = all?.[1] ?? '';
    expect(more).toEqual([]);
    expect(text).not.toMatch(/url\(|@import|https?:|fetch\(|XMLHttpRequest|import\(/);
    const sum = createHash('sha256').update(text).digest('base64');
    expect(html).toContain(`${kind}-src 'sha256-${sum}'`);
  }
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/\sstyle="|\son[a-z]+="/);
});

test('has each id once, and each link leads to one', async () => {
  const html = await page(objects, ALL);
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
});

test('shows all objects, images, certificates, components and findings', async () => {
  const html = await page(objects, ALL);
  const rows = [...html.matchAll(/<tr role="row" data-row/g)].length;
  const inventory = inventoryOf(objects, ALL);
  const { arrows, workloads } = drawingOf(meshGraph(objects));
  expect(rows).toBe(
    objects.length +
      inventory.images.length +
      inventory.certificates.length +
      ALL.components.length +
      ALL.findings.length +
      workloads.length +
      arrows.flatMap(({ connections }) => connections).length,
  );
});

test('what is not known is not shown', async () => {
  const html = await page(objects);
  expect(html).not.toContain('id="findings"');
  expect(html).not.toContain('id="versions"');
  expect(await page(objects, { findings: [] })).toContain('The check has found nothing.');
});

test('has no clock: it says until when a certificate is valid, and a script says how long that is', async () => {
  const html = await page(objects);
  expect(html).toMatch(/<span data-until="\d{4}-[^"]+Z">–<\/span>/);
});

test('names of any characters are text, and never markup', async () => {
  const evil = `"><script>alert(1)</script><img src=x onerror='alert(1)'>`;
  const any = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), fc.constant(evil));
  await fc.assert(
    fc.asyncProperty(any, any, any, async (within, name, value) => {
      const html = await page(
        [
          meshed(within),
          deployment(within, name, { container: { image: value, name: value }, annotations: { [name]: value } }),
          service(within, name, [{ port: 80, name: value }]),
          knativeService(within, name),
          configMap(within, name, { [name]: value }),
        ],
        {
          components: [{ name, release: value, version: value }],
          findings: [{ severity: 'error', rule: name, object: value, source: value, message: value }],
        },
        name,
      );
      expect(balanced(html)).toEqual([]);
      expect([...html.matchAll(/<(script|img|style)/g)].map(([, tag]) => tag)).toEqual(['style', 'script']);
    }),
    { numRuns: 25 },
  );
});
