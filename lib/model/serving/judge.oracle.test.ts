import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { refusedByServing } from '../../../testing/oracle';
import { testWith } from '../../../testing/requirements';
import type { Manifest } from '../../objects/manifest';
import type { ConfigData } from './config';
import { servingConfig } from './config';
import { FEATURE_DEFAULTS } from './features';
import { judgeServing } from './judge';
import { isSamePlace } from './testing/oracle-paths';
import { CASE_FILES, objectsOfCase, servingObjectsIn } from './testing/serving-files';
import { servingObjects } from './testing/services.arbitrary';

const OBJECTS = Number(process.env.SERVING_OBJECTS ?? 5_000);
// The same in every run: others are for whoever looks for what is left.
const seed = Number(process.env.SERVING_SEED ?? 20_261_129);

const ALL_FEATURES = Object.fromEntries(Object.keys(FEATURE_DEFAULTS).map((flag) => [flag, 'Enabled']));

const CONFIGS = [
  ['all flags', { features: ALL_FEATURES }],
  ['no flag', {}],
] as const satisfies readonly (readonly [string, ConfigData])[];

/** What the judge and Serving do not agree on: a verdict, or every place. */
function disagreements(objects: readonly Manifest[], config: ConfigData, refused: readonly string[]): unknown[] {
  const known = servingConfig(config);
  return objects.flatMap((object, index) => {
    const error = refused[index] ?? '';
    const ours = judgeServing(object, known).filter(({ stricter }) => stricter === undefined);
    const agree =
      ours.length > 0 === (error !== '') && (error === '' || ours.some(({ path }) => isSamePlace(error, path)));
    return agree ? [] : [{ object: JSON.stringify(object), error, ours }];
  });
}

/** Every Knative Service in the snapshots of constructs: with all props, with the least, and of whole platforms. */
function snapshotObjects(): Manifest[] {
  const folder = resolve(__dirname, '..', '..', '..', '__snapshots__');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.snap'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .filter((text) => text.includes('apiVersion: serving.knative.dev/'));
  return texts
    .flatMap((text) => [...text.matchAll(/^"?(apiVersion: serving\.knative\.dev\/[^]*?)^(?:---|"|`;)/gm)])
    .flatMap(([, document = '']) => servingObjectsIn(document.replace(/\\(.)/g, '$1')));
}

testWith('ORACLES_DIR')('cases and snapshots are judged as Serving does', () => {
  const objects = [...CASE_FILES.flatMap(objectsOfCase), ...snapshotObjects()];
  expect(objects.map(({ metadata }) => metadata.name)).toContain('everything');
  const answers = refusedByServing(CONFIGS.map(([, config]) => ({ config, objects })));
  CONFIGS.forEach(([, config], index) => {
    expect(disagreements(objects, config, answers[index] ?? [])).toEqual([]);
  });
});

testWith('ORACLES_DIR')(
  `${OBJECTS} objects are judged as Serving does, with all flags and none: SERVING_SEED=${seed}`,
  () => {
    process.stderr.write(`lib/model/serving/judge.oracle.test.ts: ${OBJECTS} objects, SERVING_SEED=${seed}\n`);
    const objects = fc.sample(servingObjects, { numRuns: OBJECTS, seed });
    const answers = refusedByServing(CONFIGS.map(([, config]) => ({ config, objects })));
    CONFIGS.forEach(([name, config], index) => {
      const refused = answers[index] ?? [];
      const found = disagreements(objects, config, refused);
      expect({ name, count: found.length, found: found.slice(0, 5) }).toEqual({ name, count: 0, found: [] });
      // Otherwise a judge that refuses all, or nothing, would pass.
      expect(refused.filter((error) => error === '').length).toBeGreaterThan(OBJECTS / 20);
    });
  },
  300_000,
);
