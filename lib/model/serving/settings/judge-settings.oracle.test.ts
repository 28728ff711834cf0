import fc from 'fast-check';
import { configMapsRefusedByServing } from '../../../../testing/oracle';
import { testWith } from '../../../../testing/requirements';
import type { PlatformObject } from '../../../objects/manifest';
import { readYamlValue } from '../../../yaml/stream';
import { servingConfigMaps } from '../config-maps';
import { configMaps } from '../testing/config-maps.arbitrary';
import { judgeSettings } from './judge-settings';

const CONFIG_MAPS = Number(process.env.SERVING_OBJECTS ?? 5_000);
// The same in every run: others are for whoever looks for what is left.
const seed = Number(process.env.SERVING_SEED ?? 20_261_129);

testWith('ORACLES_DIR')(
  `${CONFIG_MAPS} ConfigMaps are judged as Serving's parsers do: SERVING_SEED=${seed}`,
  () => {
    process.stderr.write(`lib/model/serving/settings/judge-settings.oracle.test.ts: SERVING_SEED=${seed}\n`);
    const objects = fc.sample(configMaps, { numRuns: CONFIG_MAPS, seed });
    const refused = configMapsRefusedByServing(objects);
    const otherwise = objects.flatMap((manifest, index) => {
      const object: PlatformObject = { manifest, source: '', phase: '' };
      const ours = servingConfigMaps([object], [])
        .flatMap((one) => judgeSettings(one, readYamlValue))
        .filter(({ stricter }) => stricter === undefined);
      const error = refused[index] ?? '';
      return ours.length > 0 === (error !== '') ? [] : [{ manifest: JSON.stringify(manifest), error, ours }];
    });
    expect({ count: otherwise.length, otherwise: otherwise.slice(0, 8) }).toEqual({ count: 0, otherwise: [] });
    // Otherwise a judge that refuses all, or nothing, would pass.
    const taken = refused.filter((error) => error === '').length;
    expect(taken).toBeGreaterThan(CONFIG_MAPS / 5);
    expect(taken).toBeLessThan((CONFIG_MAPS * 4) / 5);
  },
  300_000,
);
