import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import platform from '../../../testing/walkthrough/main';
import { CHROMIUM, testWith } from '../../../testing/requirements';
import { collectObjects } from '../../objects/collect';
import { meshGraph } from '../../model/connections/mesh-graph';
import { drawingOf } from '../picture/drawing';
import { svgOf } from '../picture/svg';
import { deployment, meshed } from '../../model/connections/testing/objects';
import { inventoryOf } from './inventory';
import { pageOf } from './page';

const IN_PAGE = readFileSync(join(__dirname, '../testing/in-page.js'), 'utf8').replace(/;\s*$/, '');

/** For starting a browser on a machine that has other things to do. */
const LONG = 60_000;

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface Screen {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';

  /** @default - the page of the default platform */
  readonly text?: string;

  /** @default 'index.html' */
  readonly name?: string;
}

let browser: Browser | undefined;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

async function defaultPage(): Promise<string> {
  const objects = collectObjects(platform);
  const findings = [
    { severity: 'error', rule: 'rule-a', object: 'Deployment a/b', message: 'is wrong' },
    { severity: 'warning', rule: 'rule-b', object: 'Deployment a/c', source: 'main.ts:1', message: 'may be wrong' },
  ] as const;
  return pageOf({
    title: 'Mesh of platform',
    drawing: drawingOf(meshGraph(objects, platform.networking)),
    inventory: inventoryOf(objects, { components: platform.components, findings }),
  });
}

/** Opens the page from a file, uses it, and holds that it neither asked for anything nor complained. */
async function inBrowser(screen: Screen, use: (page: Page) => Promise<void>): Promise<void> {
  const { width = 1280, height = 900, scheme = 'light', text = await defaultPage(), name = 'index.html' } = screen;
  browser ??= await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  const page = await context.newPage();
  const noticed: string[] = [];
  page.on('console', (message) => noticed.push(message.text()));
  page.on('pageerror', (error) => noticed.push(error.message));
  page.on('dialog', (dialog) => {
    noticed.push(dialog.message());
    void dialog.dismiss();
  });
  const file = join(folder, name);
  writeFileSync(file, text);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  await use(page);
  expect(noticed).toEqual([]);
  expect(requests.filter((url) => !url.startsWith('data:')).map((url) => new URL(url).pathname)).toEqual([file]);
  await context.close();
}

/** Asks a function of `in-page.js`. */
function ask<Answer>(page: Page, question: string): Promise<Answer> {
  return page.evaluate(`(${IN_PAGE})[${JSON.stringify(question)}]()`);
}

interface Focused {
  readonly index: number;
  readonly id: string;
  readonly heading: string;
  readonly text: string;
  readonly seen: boolean;
}

const visibleRows = (page: Page): Promise<number> => page.locator('tr[data-row]:not([hidden])').count();

testWith('chromium')(
  'search leaves the rows that have every word, opens what is folded, and says how many',
  () =>
    inBrowser({}, async (page) => {
      const all = await visibleRows(page);
      const search = page.getByRole('searchbox', { name: 'Search' });
      const found = page.locator('#found');
      await search.fill('deployment ACTIVATOR');
      const some = await visibleRows(page);
      expect(some).toBeGreaterThan(0);
      expect(await found.innerText()).toBe(`${some} of ${all} rows`);
      const rows = await page.locator('tr[data-row]:not([hidden])').allTextContents();
      expect(rows.filter((row) => !/activator/i.test(row))).toEqual([]);
      expect(await page.locator('details.phase[open]').count()).toBeGreaterThan(0);

      await search.fill('no such thing at all');
      expect(await visibleRows(page)).toBe(0);
      expect(await page.locator('.nothing:visible').count()).toBe(await page.locator('.nothing').count());

      await search.press('Enter');
      await search.fill('');
      expect(await visibleRows(page)).toBe(all);
      expect(await found.innerText()).toBe('');
      expect(await page.locator('details.phase[open]').count()).toBe(0);
    }),
  LONG,
);

testWith('chromium')(
  'the keyboard reaches everything, in the order of the page, and one sees where it is',
  () =>
    inBrowser({}, async (page) => {
      const stops = await ask<number>(page, 'stops');
      const reached: Focused[] = [];
      for (let stop = 0; stop < stops; stop += 1) {
        await page.keyboard.press('Tab');
        reached.push(await ask<Focused>(page, 'focused'));
      }
      expect(reached.filter(({ seen }) => !seen).map(({ text }) => text)).toEqual([]);
      const order = reached.map(({ index }) => index);
      expect(new Set(order).size).toBe(stops);
      expect([...order].sort((a, b) => a - b)).toEqual(order);
    }),
  LONG,
);

testWith('chromium')(
  'the skip link, and the boxes of the picture, take the focus along',
  () =>
    inBrowser({}, async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect((await ask<Focused>(page, 'focused')).id).toBe('main');
      await page.getByRole('link', { name: 'Deployment activator in namespace knative-serving, in the mesh' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction("document.activeElement.id.startsWith('workload-')");
      expect((await ask<Focused>(page, 'focused')).heading).toBe('activator');
    }),
  LONG,
);

testWith('chromium')(
  'landmarks, headings and tables have their names',
  () =>
    inBrowser({}, async (page) => {
      for (const role of ['banner', 'navigation', 'main', 'contentinfo', 'search'] as const) {
        expect([role, await page.getByRole(role).count()]).toEqual([role, 1]);
      }
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      expect(await ask(page, 'badTables')).toEqual([]);
      expect(await page.getByRole('group', { name: 'The mesh' }).count()).toBe(1);
    }),
  LONG,
);

describe.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
  ['dark', 360],
] as const)('%s, %d wide', (scheme, width) => {
  testWith('chromium')(
    'all text has a contrast of 4.5 at least, and nothing is wider than the screen but what scrolls by itself',
    () =>
      inBrowser({ scheme, width }, async (page) => {
        await ask(page, 'open');
        expect(await ask(page, 'faintTexts')).toEqual([]);
        expect(await ask(page, 'tooWide')).toBeLessThanOrEqual(0);
        expect(await page.getByRole('columnheader').count()).toBeGreaterThan(0);
      }),
    LONG,
  );
});

testWith('chromium')(
  'the button changes light and dark, and the choice lasts',
  () =>
    inBrowser({ scheme: 'light' }, async (page) => {
      const light = await ask(page, 'ground');
      const button = page.getByRole('button', { name: 'Dark' });
      expect(await button.getAttribute('aria-pressed')).toBe('false');
      await button.click();
      expect(await button.getAttribute('aria-pressed')).toBe('true');
      const dark = await ask(page, 'ground');
      expect(dark).not.toBe(light);
      expect(await ask(page, 'faintTexts')).toEqual([]);
      const again = await page.context().newPage();
      await again.goto(page.url());
      expect(await ask(again, 'ground')).toBe(dark);
      await button.click();
      expect(await ask(page, 'ground')).toBe(light);
    }),
  LONG,
);

testWith('chromium')(
  'says when certificates expire',
  () =>
    inBrowser({}, async (page) => {
      const texts = await page.locator('[data-until]').allInnerTexts();
      expect(texts.length).toBeGreaterThan(0);
      expect(texts.filter((text) => !/^(in \d+ days?|expired \d+ days? ago)$/.test(text))).toEqual([]);
    }),
  LONG,
);

testWith('chromium')(
  'texts of the picture stay within their boxes',
  () =>
    inBrowser({}, async (page) => {
      expect(await ask(page, 'escapedTexts')).toEqual([]);
    }),
  LONG,
);

testWith('chromium')(
  'the SVG is XML that a browser reads by itself',
  async () => {
    const svg = await svgOf(drawingOf(meshGraph(collectObjects(platform))), { title: 'Mesh' });
    await inBrowser({ text: svg, name: 'mesh.svg' }, async (page) => {
      expect(await ask(page, 'root')).toBe('svg');
    });
  },
  LONG,
);

testWith('chromium')(
  'markup in names runs nowhere',
  async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror="alert(1)"><svg onload=alert(1)>';
    const objects = [meshed(evil), deployment(evil, evil, { container: { image: evil } })];
    const html = await pageOf({
      title: evil,
      drawing: drawingOf(meshGraph(objects)),
      inventory: inventoryOf(objects, { findings: [{ severity: 'error', rule: evil, object: evil, message: evil }] }),
    });
    await inBrowser({ text: html }, async (page) => {
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(evil);
      expect(await page.locator('img').count()).toBe(0);
    });
  },
  LONG,
);

testWith('chromium')(
  'served over HTTP it asks for nothing either',
  async () => {
    const asked: string[] = [];
    const html = await defaultPage();
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', 'text/html').end(html);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await inBrowser({}, async (page) => {
      const served = await page.context().newPage();
      await served.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'networkidle' });
    });
    server.closeAllConnections();
    server.close();
    expect(asked).toEqual(['/']);
  },
  LONG,
);
