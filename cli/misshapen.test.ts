import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { kourierPlatform } from '../examples/kourier/platform';
import { check } from '../lib/check/check';
import { Locator } from '../lib/check/location';
import { githubOf } from '../lib/check/output/github';
import { jsonOf } from '../lib/check/output/json';
import { sarifOf } from '../lib/check/output/sarif';
import { textOf } from '../lib/check/output/text';
import { RULES } from '../lib/check/rules';
import { examplesOf } from '../lib/check/testing/doc-examples';
import { withLastApplied } from '../lib/cluster/apply/last-applied';
import { preflight } from '../lib/cluster/apply/preflight';
import { rightsFor } from '../lib/cluster/apply/survey';
import type { ClusterInventory } from '../lib/cluster/inventory';
import { appliedState, isOurs } from '../lib/cluster/managed-fields';
import { podProblems, warningsAbout } from '../lib/cluster/pods';
import { unready } from '../lib/cluster/readiness';
import { isOfCrd } from '../lib/cluster/uninstall/uninstall-plan';
import { livePodOf } from '../lib/cluster/verify/live-pod';
import { neededSecrets } from '../lib/cluster/verify/secret-certificates';
import { failingClosed, objectFor, webhookServices } from '../lib/cluster/webhooks';
import { argoCdDelivery } from '../lib/gitops/argo-cd';
import { argoCdSettings } from '../lib/gitops/argo-cd-settings';
import { fluxDelivery } from '../lib/gitops/flux';
import { fluxSettings } from '../lib/gitops/flux-settings';
import { meshGraph } from '../lib/model/connections/mesh-graph';
import { inventoryOf } from '../lib/graph/page/inventory';
import { pageOf } from '../lib/graph/page/page';
import { dotOf } from '../lib/graph/picture/dot';
import { drawingOf } from '../lib/graph/picture/drawing';
import type { Memory } from '../lib/memory';
import { collectObjects } from '../lib/objects/collect';
import type { Json, Manifest, PlatformObject } from '../lib/objects/manifest';
import { describeObject, objectKey } from '../lib/objects/manifest';
import { namespaceMistakes } from '../lib/objects/namespaced';
import { readManifest } from '../lib/objects/read-manifest';
import { readDocuments } from '../lib/releases/documents';
import { filesOf } from '../lib/render/files';
import { diff } from '../lib/review/diff';
import { diffMarkdown } from '../lib/review/diff-markdown';
import { objectsOf } from '../lib/review/embedded-releases';
import { parity } from '../lib/review/parity';
import { withoutNulls } from '../lib/review/release-objects';
import { caOf } from '../lib/review/release-trust';
import type { JsonPath, Misshape } from '../testing/misshapen';
import { MISSHAPES, misshapen, pathsIn } from '../testing/misshapen';
import { platformObjects } from '../testing/platform-objects';
import { takeOutPollution } from '../testing/pollution';
import { testWith, upstreamDir } from '../testing/requirements';
import { carryingLayerIn } from './carrying-layer';
import { REFERENCES } from './reference-platform';

const ROOT = join(__dirname, '..');

/** The objects of the YAML files of a folder and those below. */
function objectsUnder(folder: string): PlatformObject[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name) && !name.includes('values'))
    .sort()
    .flatMap((name) => {
      const { documents } = readDocuments(readFileSync(join(folder, name), 'utf8'), name);
      return documents.map(({ manifest, source }) => ({ manifest, source, phase: name.replace(/\.ya?ml$/, '') }));
    });
}

/** What the readers are given, but for what is misshapen in it. */
const SCENES: Readonly<Record<string, () => readonly PlatformObject[]>> = {
  'dist/': () => objectsUnder(join(ROOT, 'dist')),
  Kourier: () => collectObjects(kourierPlatform()),
  'mtls: required': () => platformObjects({ mtls: 'required' }),
  'the examples of the rules': () =>
    RULES.flatMap((rule) => [...examplesOf(rule, 'Bad'), ...examplesOf(rule, 'Good')]).filter(
      ({ manifest }) => 'manifest' in readManifest(manifest),
    ),
};

/** Nearly all objects are as they were: what is known of one is kept. */
function memoryOf(): Memory {
  const kept = new WeakMap<object, Map<string, unknown>>();
  return {
    recall<Found>(question: string, about: readonly unknown[], find: () => Found): Found {
      const [object] = about;
      if (about.length !== 1 || typeof object !== 'object' || object === null) return find();
      const answers = kept.get(object) ?? new Map<string, unknown>();
      kept.set(object, answers);
      if (!answers.has(question)) answers.set(question, find());
      return answers.get(question) as Found;
    },
  };
}

const memory = memoryOf();
const NOW = new Date('2027-01-01');
const NOTHING_RECORDED = { phases: new Map() } as unknown as ClusterInventory;
const PATHS = { root: '/r', dist: '/r/dist', folder: '/r/flux' };

type Objects = readonly PlatformObject[];

/** All that reads objects which anybody may have written, by command. It is given objects as they were, and with misshapen ones among them. */
const READERS: Readonly<Record<string, (given: Objects, before: Objects) => unknown>> = {
  check(given) {
    const networking = carryingLayerIn(given);
    const settings = { severities: {}, waivers: [], allowedImages: ['registry.example.com/'] };
    const found = check(given, { now: NOW, memory, settings, ...(networking && { networking }) });
    const near = { ...found, findings: found.findings.filter(({ subject }) => subject && isMisshapen(subject)) };
    const locator = new Locator(filesOf(given.filter(isMisshapen)));
    const plain = textOf(found, given.length, (_, text) => text);
    return [plain, jsonOf(found, given.length), sarifOf(near, locator), githubOf(near, locator)];
  },
  'diff to it': (given, before) => reported(before, given),
  'diff from it': (given, before) => reported(given, before),
  graph(given) {
    const graph = meshGraph(given);
    return [dotOf(drawingOf(graph)), JSON.stringify({ ...graph, ...inventoryOf(given, {}) })];
  },
  flux: (given) => fluxDelivery(filesOf(given), fluxSettings({}), PATHS),
  'argo-cd': (given) => argoCdDelivery(filesOf(given), argoCdSettings({ url: 'https://git.example.com/a.git' }), PATHS),
  parity(given, before) {
    return REFERENCES.map(({ release }) => {
      const own = objectsOf(release, before, []);
      const keys = new Set(own.map(({ manifest }) => objectKey(manifest)));
      const real = given.filter(({ manifest }) => keys.has(objectKey(manifest)));
      return [caOf(real), parity(own, real, release.meant)];
    });
  },
  synth: (given) => namespaceMistakes(given, given, []),
  apply(given, before) {
    const live = new Map(given.map(({ manifest }) => [objectKey(manifest), manifest]));
    const survey = { server: '', version: 'v1.34.4', inventory: NOTHING_RECORDED, live, denied: [] };
    const manifests = given.map(({ manifest }) => manifest);
    return [
      ...[given, before].map((objects) => preflight(survey, { objects, secrets: 'secrets', takeOwnership: false })),
      rightsFor(manifests),
      webhookServices(manifests),
      failingClosed(manifests).map((webhook) => objectFor(webhook, manifests)),
      manifests.map((one) => withLastApplied(one, one)),
    ];
  },
  'apply, status, verify and uninstall, of what is in the cluster': (given) =>
    given.map(({ manifest }) => [
      unready(manifest),
      isOurs(manifest),
      appliedState(manifest),
      livePodOf(manifest),
      podProblems([manifest]),
      warningsAbout([manifest], ['a']),
      isOfCrd(manifest, [manifest]),
      neededSecrets([{ manifest, phase: '', source: '' }]),
    ]),
};

const asReviewed = new WeakMap<Manifest, Manifest>();

/** As `diff` reads files: what is the same is one and the same. */
function reviewed(objects: Objects) {
  return objects.map(({ manifest, phase }) => {
    const known = asReviewed.get(manifest) ?? withoutNulls(manifest);
    asReviewed.set(manifest, known);
    return { manifest: known, file: phase };
  });
}

function reported(from: Objects, to: Objects): unknown {
  const found = diff(reviewed(from), reviewed(to));
  return [diffMarkdown([{ sides: { from: 'a', to: 'b' }, diff: found }], true), JSON.stringify(found)];
}

/** An object of a scene, a place in it, and what is to stand there. */
interface Wrong {
  readonly object: PlatformObject;
  readonly path: JsonPath;
  readonly shape: Misshape;
}

const MARK = 'misshapen ';
const isMisshapen = ({ source }: PlatformObject): boolean => source.startsWith(MARK);

const misshapenObject = ({ object, path, shape }: Wrong): PlatformObject[] => {
  const read = readManifest(misshapen(object.manifest as Json, path, shape));
  return 'problem' in read ? [] : [{ ...object, source: `${MARK}${object.source}`, manifest: read.manifest }];
};

const withMisshapes = (scene: Objects, wrong: readonly Wrong[]): PlatformObject[] =>
  scene.flatMap((object) => {
    const found = wrong.find((one) => one.object === object);
    return found === undefined ? [object] : misshapenObject(found);
  });

const describeWrong = ({ object, path, shape }: Wrong): string =>
  `${describeObject(object.manifest)}: ${path.join('.')}: ${shape.name}`;

/** The first reader that fails, and how. */
function failing(scene: Objects, wrong: readonly Wrong[]): string | undefined {
  const given = withMisshapes(scene, wrong);
  for (const [name, read] of Object.entries(READERS)) {
    try {
      read(given, scene);
      const changed = takeOutPollution();
      if (changed.length > 0) return `${name}: every object of JavaScript has ${changed.join(', ')}`;
    } catch (error) {
      takeOutPollution();
      const { message, stack = '' } = error as Error;
      const where = stack.split('\n').find((line) => /\/(lib|cli)\//.test(line)) ?? stack.split('\n')[1] ?? '';
      return `${name}: ${message.split('\n', 1)[0] ?? ''} ${where.trim()}`;
    }
  }
  return undefined;
}

/** As many as one round has misshapen at once. */
const PER_ROUND = 40;

/** Another one each time; what fails names it. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** Some misshapen objects of a scene, so that each meets others. */
function wrongIn(scene: Objects): fc.Arbitrary<Wrong[]> {
  const places = scene.flatMap((object) => pathsIn(object.manifest as Json).map((path) => ({ object, path })));
  const wrong = fc
    .tuple(fc.constantFrom(...places), fc.constantFrom(...MISSHAPES))
    .map(([place, shape]) => ({ ...place, shape }));
  return fc.array(wrong, { minLength: 1, maxLength: 3 });
}

/** Tries misshapen objects of a scene at random: those of the smallest case that fails, and how. */
function tryAtRandom(scene: Objects, numRuns: number): string[] {
  const run = fc.check(
    fc.property(wrongIn(scene), (wrong) => failing(scene, wrong) === undefined),
    { seed, numRuns },
  );
  const [wrong] = run.counterexample ?? [];
  if (wrong === undefined) return [];
  return [`SEED=${seed}`, failing(scene, wrong) ?? '', ...wrong.map(describeWrong)];
}

/** One that fails by itself, found by halves; all of them where they fail together alone. */
function toBlame(scene: Objects, wrong: readonly Wrong[]): readonly Wrong[] {
  if (wrong.length === 1) return wrong;
  const middle = Math.ceil(wrong.length / 2);
  const half = [wrong.slice(0, middle), wrong.slice(middle)].find((some) => failing(scene, some) !== undefined);
  return half === undefined ? wrong : toBlame(scene, half);
}

/** Tries every shape at every place of a scene, of objects of a kind once. Each round has many objects misshapen, and who is to blame is found by halves. */
function tryAll(scene: Objects): string[] {
  const known = new Set<string>();
  const left = new Map<PlatformObject, Wrong[]>();
  // Places that objects of a kind have in common go around among them.
  const all = scene.flatMap((object) => {
    const paths = pathsIn(object.manifest as Json);
    return paths.flatMap((path) => MISSHAPES.map((shape) => ({ object, path, shape })));
  });
  const order = all.map((one, index) => ({ one, rank: (index * 7919) % 10_007 })).sort((a, b) => a.rank - b.rank);
  for (const { one } of order) {
    const { object, path, shape } = one;
    const { kind, metadata } = object.manifest;
    const places = path.map((step) => (typeof step === 'number' ? '[]' : step));
    const key = JSON.stringify([kind, kind === 'ConfigMap' ? metadata.name : '', places, shape.name]);
    if (known.has(key)) continue;
    known.add(key);
    left.set(object, [...(left.get(object) ?? []), one]);
  }
  const failures = new Map<string, string>();
  let rounds = 0;
  while (left.size > 0) {
    rounds++;
    const objects = [...left.keys()].sort((a, b) => (left.get(b)?.length ?? 0) - (left.get(a)?.length ?? 0));
    let wrong = objects.slice(0, PER_ROUND).flatMap((object) => {
      const mine = left.get(object) ?? [];
      const next = mine.pop();
      if (mine.length === 0) left.delete(object);
      return next === undefined ? [] : [next];
    });
    for (let failure = failing(scene, wrong); failure !== undefined; failure = failing(scene, wrong)) {
      const blamed = toBlame(scene, wrong);
      if (!failures.has(failure)) process.stderr.write(`${failure}\n    ${blamed.map(describeWrong).join('\n    ')}\n`);
      failures.set(failure, blamed.map(describeWrong).join(', '));
      wrong = wrong.filter((one) => !blamed.includes(one));
    }
    if (rounds % 100 === 0) process.stderr.write(`${rounds} rounds, ${[...left.values()].flat().length} left\n`);
  }
  process.stderr.write(`${known.size} misshapen objects in ${rounds} rounds\n`);
  return [...failures].map(([failure, wrong]) => `${failure}: ${wrong}`);
}

const WHICH = process.env.MISSHAPEN;
const chosen = Object.entries(SCENES).filter(([name]) => WHICH === undefined || WHICH === 'all' || WHICH === name);

test.each(chosen)(
  'no shape of JSON at any place of %s makes a reader fail',
  (_, scene) => {
    expect(WHICH === undefined ? tryAtRandom(scene(), 20) : tryAll(scene())).toEqual([]);
  },
  7_200_000,
);

testWith('UPSTREAM_DIR')(
  "nor does one of upstream's objects",
  () => {
    for (const release of ['knative-serving/1.23.0', 'linkerd/edge-26.8.3', 'kourier/1.23']) {
      const scene = objectsUnder(join(upstreamDir(), release)).map((object) => ({
        ...object,
        phase: '45-knative-serving',
      }));
      expect(tryAtRandom(scene, 5)).toEqual([]);
    }
  },
  600_000,
);

test('nor does the page of a graph', async () => {
  const scene = SCENES['mtls: required']?.() ?? [];
  for (const wrong of fc.sample(wrongIn(scene), { seed, numRuns: 3 })) {
    const given = withMisshapes(scene, wrong);
    const page = pageOf({ title: 'a', drawing: drawingOf(meshGraph(given)), inventory: inventoryOf(given, {}) });
    await expect(page).resolves.toContain('</html>');
  }
});

test('misshapen objects that are none are told with their file and line', () => {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 5 } });
  expect(readDocuments(`---\n${text}\n`, 'a.yaml').mistakes).toEqual([
    { where: 'a.yaml:2', message: expect.stringContaining('metadata.name is 5, which is no text') as string },
  ]);
});
