import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform as system, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { collectObjects } from '../lib/objects/collect';
import { renderFiles } from '../lib/render/files';
import main from '../main';
import { repeatedServices, writeChart, writeKustomization } from './charts';
import type { PairOptions, PairResult, Side } from './pair';
import { comparePair } from './pair';
import { run } from './process-run';
import type { Section, Target } from './results';
import { resultsPage } from './results';
import { platformOf } from './services';
import { appOf, bareObjects, distOf, editedApp, helm, knitmesh, ROOT, synth, work } from './sides';
import type { Point } from './statistics';
import { growthExponent } from './statistics';

/** `npm run bench`, or `npm run bench -- --quick` for a look in two minutes; writes bench/results.md. */
const QUICK = process.argv.includes('--quick');
const TEMPLATE = join(__dirname, 'cdk8s-template');
const SIZES = QUICK ? [100, 1000] : [100, 1000, 10_000, 50_000];
const LARGE = QUICK ? 1000 : 10_000;

/** The files whose objects come as charts: Linkerd's CRDs, its control plane, Linkerd viz and Ambassador. */
const CHARTS = ['10-crds.yaml', '20-linkerd.yaml', '30-linkerd-viz.yaml', '50-ambassador.yaml'];

/** The platform's own. */
const OBJECTS = collectObjects(main);

/** How often and for how long at most: a whole run takes some minutes. */
const SMALL: PairOptions = { runs: QUICK ? 3 : 10, budget: QUICK ? 10 : 20 };
const SLOW: PairOptions = { runs: QUICK ? 1 : 5, budget: QUICK ? 10 : 40 };

const progress = (text: string): boolean => process.stderr.write(`${text}\n`);
const has = (program: string): boolean => spawnSync(program, ['version'], { stdio: 'ignore' }).error === undefined;
const installed = { helm: has('helm'), kubectl: has('kubectl'), cdk8s: existsSync(join(TEMPLATE, 'node_modules')) };

/** Twice, so that a pack is there and complete: the first run is measured by itself. */
function warm(side: Side): void {
  run(side.commands);
  run(side.commands);
}

function pair(a: Side, b: Side, options: PairOptions): PairResult {
  progress(`${a.name} against ${b.name}`);
  return comparePair(a, b, options);
}

/** Rendering the platform, all included, against what people use. */
function platformSection(): { section: Section; targets: Target[] } {
  const app = join(ROOT, 'main.ts');
  const pack = join(ROOT, 'node_modules', '.cache', 'knitmesh');
  rmSync(pack, { recursive: true, force: true });
  progress('first run');
  const first = run(synth(app).commands);
  warm(synth(app));

  const files = renderFiles(OBJECTS);
  const kustomization = join(work, 'kustomization');
  writeKustomization(kustomization, files);
  const charts = CHARTS.map((file) => {
    const chart = join(work, 'charts', file);
    writeChart(
      chart,
      files.filter(({ name }) => name === file),
    );
    return chart;
  });
  const umbrella = join(work, 'charts', 'umbrella');
  writeChart(umbrella, files);
  const kustomize = { args: ['kubectl', 'kustomize', kustomization] };
  const empty = join(work, 'empty.js');
  writeFileSync(empty, '');

  const node = pair(
    synth(app),
    { name: 'an empty Node process', commands: [{ args: [process.execPath, empty] }] },
    SMALL,
  );
  const template = {
    name: '`cdk8s synth`, ts-node',
    commands: [{ args: [join(TEMPLATE, 'node_modules', '.bin', 'cdk8s'), 'synth'], cwd: TEMPLATE }],
  };
  const cdk8s = installed.cdk8s ? pair(synth(app), template, SLOW) : undefined;
  const againstCharts = (name: string, ...folders: readonly string[]): PairResult | undefined =>
    installed.helm && installed.kubectl
      ? pair(synth(app), { name, commands: [...folders.flatMap((chart) => helm(chart).commands), kustomize] }, SMALL)
      : undefined;
  const others = againstCharts('`helm template` of each chart + `kubectl kustomize`', ...charts);
  const oneChart = againstCharts('`helm template` of all as one chart + `kubectl kustomize`', umbrella);
  const edited = editedApp();
  warm(edited);
  const afterEdit = pair(edited, synth(app), SMALL);
  return {
    section: {
      title: 'The platform, its check included',
      pairs: [cdk8s, others, oneChart, node, afterEdit].filter((one) => one !== undefined),
      notes: [
        "Helm renders Linkerd's three charts and Ambassador's, a process for each as it takes one chart, and kustomize all files: Knative comes as plain YAML. The files of the charts hold no templates, which costs Helm less than the real ones do.",
        `The very first run, with nothing kept from before, took ${first.wall.toFixed(2)} s.`,
      ],
    },
    targets: [
      {
        what: 'the platform against `cdk8s synth` with ts-node',
        atMost: 0.1,
        reached: cdk8s?.ratio.median,
      },
      {
        what: 'the platform against `helm template` of each chart + `kubectl kustomize`',
        atMost: 0.5,
        reached: others?.ratio.median,
      },
      { what: 'the platform against an empty Node process', atMost: 4, reached: node.ratio.median },
    ],
  };
}

/** More and more services, against a chart of the same objects. */
function servicesSection(): { section: Section; targets: Target[] } {
  const own = renderFiles(collectObjects(platformOf(1)));
  const text = own.find(({ name }) => name.startsWith('60-'))?.text ?? '';
  const pairs = SIZES.map((services) => {
    const chart = join(work, `chart-${services}`);
    writeChart(
      chart,
      own.filter(({ name }) => !name.startsWith('60-')),
      repeatedServices(text, services),
    );
    const side = synth(appOf(services), `\`synth\`, ${services} services`);
    const other = installed.helm ? helm(chart) : side;
    return [services, pair(side, other, services > 1000 ? SLOW : SMALL)] as const;
  });
  const floor = installed.helm ? [pair(bareObjects(LARGE), helm(join(work, `chart-${LARGE}`)), SLOW)] : [];
  const growth = (side: 0 | 1): number =>
    growthExponent(pairs.map(([services, { wall }]): Point => [services, wall[side].median]));
  const large = pairs.find(([services]) => services === LARGE)?.[1];
  const last = pairs.slice(-2).map(([services, { wall }]): Point => [services, wall[0].median]);
  return {
    section: {
      title: `Many services, besides the ${OBJECTS.length} objects of the platform`,
      pairs: [...pairs.map(([, result]) => result), ...floor],
      notes: [
        'The last row is what no cdk8s app can do without: an object for each service from literals, and its YAML, bundled as one file.',
        `Growth exponent over all sizes: ${growth(0).toFixed(2)}${installed.helm ? `, of Helm ${growth(1).toFixed(2)}` : ''}; between the two largest, where the start counts least: ${growthExponent(last).toFixed(2)}.`,
        ...(installed.helm ? [] : ['Helm is not installed: both sides are synth.']),
      ],
    },
    targets: [
      {
        what: `${LARGE} services against \`helm template\``,
        atMost: 0.8,
        reached: installed.helm ? large?.ratio.median : undefined,
      },
      { what: `memory at ${LARGE} services`, atMost: 250, reached: large?.memory[0], unit: ' MiB' },
      { what: 'growth exponent', atMost: 1.1, reached: growthExponent(last) },
    ],
  };
}

/** The other commands that read the whole platform, against rendering it. */
function commandsSection(): { section: Section; targets: Target[] } {
  const notes: string[] = [];
  const results = [0, LARGE].map((services) => {
    const app = services === 0 ? join(ROOT, 'main.ts') : appOf(services);
    const rendering = synth(app, services === 0 ? '`synth`' : `\`synth\`, ${services} services`);
    const sides = [
      knitmesh('check', app),
      { ...knitmesh('diff', app, '--from', distOf(app)), name: '`diff`' },
      knitmesh('graph', app, '-o', 'json', '--file', join(work, 'graph.json')),
    ];
    return sides.flatMap((side) => {
      try {
        warm(side);
        return [pair(side, rendering, services === 0 ? SMALL : SLOW)];
      } catch (error) {
        notes.push(`${side.name} at ${services} services: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      }
    });
  });
  const [small = [], large = []] = results;
  const sizes = [OBJECTS.length, OBJECTS.length + LARGE] as const;
  const exponents = large.flatMap(({ names: [name], wall: [now] }) => {
    const before = small.find(({ names }) => names[0] === name)?.wall[0];
    if (before === undefined) return [];
    const points: Point[] = [before.median, now.median].map((seconds, index) => [sizes[index] ?? 0, seconds]);
    return [`${name} ${growthExponent(points).toFixed(2)}`];
  });
  notes.unshift(
    `Growth exponents between ${sizes.join(' and ')} objects, the start included: ${exponents.join(', ')}.`,
  );
  const check = large.find(({ names }) => names[0] === '`check`');
  return {
    section: { title: 'The other commands, against rendering', pairs: results.flat(), notes },
    targets: [{ what: `\`check\` at ${LARGE} services against rendering`, atMost: 3, reached: check?.ratio.median }],
  };
}

function version(program: string, ...args: readonly string[]): string {
  const { stdout, error } = spawnSync(program, args, { encoding: 'utf8' });
  return error === undefined ? (/v?\d+\.\d+\S*/.exec(stdout)?.[0] ?? 'there') : 'not installed';
}

function machine(): (readonly [string, string])[] {
  const load = loadavg();
  const shared = (load[0] ?? 0) > 1 ? ': other programs ran as well' : '';
  return [
    ['processors', `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`],
    ['memory', `${Math.round(totalmem() / 2 ** 30)} GiB`],
    ['system', `${system()} ${release()} ${arch()}`],
    ['load at the start, over 1, 5 and 15 minutes', `${load.map((one) => one.toFixed(1)).join(', ')}${shared}`],
    ['Node', process.version],
    ['helm', version('helm', 'version', '--short')],
    ['kubectl', version('kubectl', 'version', '--client')],
    ['cdk8s-cli, in bench/cdk8s-template', installed.cdk8s ? '2.207.60' : 'not installed: npm ci in that folder'],
  ];
}

/** A page after each part, so that what is measured is there whatever comes after. */
function measure(): string {
  const facts = machine();
  const parts: { readonly section: Section; readonly targets: readonly Target[] }[] = [];
  let page = '';
  for (const part of [platformSection, servicesSection, commandsSection]) {
    parts.push(part());
    page = resultsPage(
      facts,
      parts.flatMap(({ targets }) => targets),
      parts.map(({ section }) => section),
    );
    writeFileSync(join(__dirname, QUICK ? 'results.quick.md' : 'results.md'), page);
  }
  return page;
}

try {
  process.stdout.write(measure());
} finally {
  rmSync(work, { recursive: true, force: true });
}
