import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { colourProperties } from '../colours';
import { escaped } from '../escape';
import type { Drawing } from '../picture/drawing';
import { pictureStyle, svgOf } from '../picture/svg';
import type { Inventory } from './inventory';
import type { Section } from './sections';
import {
  anchorsOf,
  certificatesSection,
  componentsSection,
  connectionsSection,
  findingsSection,
  imagesSection,
  objectsSection,
  workloadsSection,
} from './sections';

export interface PageProps {
  /** What the page is called. */
  readonly title: string;
  readonly drawing: Drawing;
  readonly inventory: Inventory;
}

/**
 * One page that needs nothing else: no network, no files beside it. Its policy forbids all but its own style and script. The same input
 * gives the same bytes; what depends on the time of reading, such as what has expired, its script works out.
 */
export async function pageOf({ title, drawing, inventory }: PageProps): Promise<string> {
  const anchors = anchorsOf(drawing);
  const picture = await svgOf(drawing, {
    title: 'The mesh',
    styled: false,
    link: (id) => anchors.get(id) ?? 'connections',
  });
  const { components, findings } = inventory;
  const sections = [
    ...(findings === undefined ? [] : [findingsSection(findings)]),
    connectionsSection(drawing),
    workloadsSection(drawing),
    ...(components === undefined ? [] : [componentsSection(components)]),
    imagesSection(inventory.images),
    certificatesSection(inventory.certificates),
    objectsSection(inventory),
  ];
  const [css, js] = [style(), script()];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hash(css)}'; script-src '${hash(js)}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>${css}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<div class="bar">
<h1>${escaped(title)}</h1>
<button type="button" id="theme" aria-pressed="false" hidden>Dark</button>
</div>
<p>${escaped(summary(drawing, inventory))}</p>
<form role="search" id="search-form">
<label for="search">Search</label>
<input type="search" id="search" placeholder="image, namespace, webhook…" autocomplete="off" spellcheck="false">
<output id="found" for="search" aria-live="polite"></output>
</form>
<nav aria-label="Sections">
<ul>
<li><a href="#picture">Picture</a></li>
${sections.map(({ id, title: heading }) => `<li><a href="#${id}">${escaped(heading)}</a></li>`).join('\n')}
</ul>
</nav>
</header>
<main id="main" tabindex="-1">
<section id="picture" aria-labelledby="picture-heading">
<h2 id="picture-heading">Picture</h2>
${LEGEND}
<p>The table <a href="#connections">Connections</a> says the same in words. A box leads to the row of its workload.</p>
<div class="pane" role="region" aria-label="Picture of the mesh, scrollable" tabindex="0">
${picture}</div>
</section>
${sections.map(sectionHtml).join('\n')}
</main>
<footer>
<p>Drawn by knitmesh from the objects that it renders: what a cluster makes of them is not looked at.</p>
</footer>
<script>${js}</script>
</body>
</html>
`;
}

function sectionHtml({ id, title, html }: Section): string {
  return `<section id="${id}" aria-labelledby="${id}-heading" tabindex="-1">
<h2 id="${id}-heading">${escaped(title)}</h2>
${html}
<p class="nothing" hidden>Nothing here matches the search.</p>
</section>`;
}

const LEGEND = `<ul class="legend">
<li><strong class="mark mtls">√ mTLS</strong> both ends prove an identity of the mesh</li>
<li><strong class="mark tls">TLS</strong> encrypted with a certificate of its own: one end is not in the mesh</li>
<li><strong class="mark plain">plain</strong> one end is not in the mesh</li>
<li><strong class="mark refused">× refused</strong> the inbound policy of what is called does not let it in</li>
</ul>`;

function summary({ workloads, namespaces }: Drawing, { phases, images, certificates, findings }: Inventory): string {
  const objects = phases.reduce((sum, phase) => sum + phase.objects.length, 0);
  const undigested = images.filter(({ digest }) => digest === undefined).length;
  return [
    `${objects} objects in ${phases.length} phases`,
    `${workloads.filter(({ meshed }) => meshed).length} of ${workloads.length} workloads in the mesh, in ${namespaces.length} namespaces`,
    `${images.length} images, ${undigested} without a digest`,
    `${certificates.length} certificates`,
    ...(findings === undefined ? [] : [`${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`]),
  ].join(' · ');
}

function style(): string {
  return [
    `:root {\n${colourProperties('light')}\n}`,
    `@media (prefers-color-scheme: dark) {\n:root:not([data-theme='light']) {\n${colourProperties('dark')}\n}\n}`,
    `:root[data-theme='dark'] {\n${colourProperties('dark')}\n}`,
    read('page.css'),
    pictureStyle(),
  ].join('\n');
}

const script = (): string => read('in-browser.js');

const read = (name: string): string => readFileSync(join(__dirname, name), 'utf8');

/** The sum by which a policy lets a style or a script in. */
const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
