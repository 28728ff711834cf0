import { parse } from 'yaml';
import { check } from '../check';
import { findingText } from '../output/text';
import type { Waiver } from '../settings';
import { blocksOf, objectsIn } from '../testing/doc-examples';
import { imageDigest } from './image-digest';
import { waiverUnused } from './waiver-unused';

test.each([
  [
    'Bad',
    [
      'check.yaml: waiver of image-digest: nothing is found any more for docker.io/someone/*: remove the waiver, or give it reportUnused: false',
    ],
  ],
  ['Good', []],
] as const)('the example %s of its page', (section, lines) => {
  const [settings, pod] = blocksOf(waiverUnused, section);
  const { waivers } = parse(settings?.text ?? '') as { waivers: Waiver[] };
  const { findings } = check(objectsIn(pod?.text ?? ''), {
    rules: [imageDigest, waiverUnused],
    settings: { severities: {}, waivers: waivers.map((waiver) => ({ ...waiver, source: 'check.yaml' })) },
  });
  expect(findings.map(findingText)).toEqual(lines);
});
