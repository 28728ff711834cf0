import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mistakes } from '../lib/objects/mistakes';
import { readCheckSettings } from './check-settings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-check-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function read(text: string) {
  const file = join(folder, 'check.yaml');
  writeFileSync(file, text);
  return readCheckSettings(file);
}

/** The mistakes of a file, each with its line. */
function mistakes(text: string): string[] {
  try {
    read(text);
    return [];
  } catch (error) {
    if (!(error instanceof Mistakes)) throw error;
    return error.mistakes.map(({ where, message }) => `${where.replace(/^.*:/, '')}: ${message}`);
  }
}

test('severities, images and waivers, each waiver with its line', () => {
  const settings = read(`severities:
  image-digest: error
images:
  allowed: [registry.example.com/]
waivers:
  - rule: not-meshed
    object: CronJob *
    reason: known
    reportUnused: false
`);
  expect(settings).toEqual({
    severities: { 'image-digest': 'error' },
    allowedImages: ['registry.example.com/'],
    waivers: [
      {
        rule: 'not-meshed',
        object: 'CronJob *',
        reason: 'known',
        reportUnused: false,
        source: expect.stringMatching(/check\.yaml:6$/) as string,
      },
    ],
  });
});

test('a file without anything', () => {
  expect(read('# nothing yet\n')).toEqual({ severities: {}, waivers: [] });
});

test.each<[string, string, string[]]>([
  ['an unknown key', 'waiver: []\n', ['1: waiver: this key is not known: use severities, images, waivers']],
  [
    'an unknown rule',
    'severities:\n  image-digets: error\n',
    ['2: severities.image-digets: "image-digets" is not a rule: did you mean "image-digest"?'],
  ],
  [
    'an unknown severity',
    'severities:\n  image-digest: fatal\n',
    ['2: severities.image-digest: "fatal" is not a severity: use error, warning, note, off'],
  ],
  [
    'a waiver without a reason',
    'waivers:\n  - rule: not-meshed\n    object: a\n',
    ['2: waivers[0]: "reason" is missing'],
  ],
  [
    'a waiver with an empty one',
    "waivers:\n  - rule: not-meshed\n    object: a\n    reason: ' '\n",
    ['4: waivers[0].reason: is empty: write something'],
  ],
  [
    'a waiver of a whole rule',
    'waivers:\n  - rule: not-meshed\n    reason: known\n',
    [
      "2: waivers[0]: waives the whole rule: name object, path, value or several of them, or set the rule's severity to off",
    ],
  ],
  [
    'an unknown key of a waiver',
    'waivers:\n  - rule: not-meshed\n    image: a\n    object: b\n    reason: known\n',
    ['3: waivers[0].image: this key is not known: use rule, reason, object, path, value, reportUnused'],
  ],
  [
    'a word for true or false',
    'waivers:\n  - rule: not-meshed\n    object: a\n    reason: known\n    reportUnused: never\n',
    ['5: waivers[0].reportUnused: "never" is neither true nor false'],
  ],
  ['images without a list', 'images: {}\n', ['1: images: "allowed" is missing']],
])('%s is a mistake with its line', (_, text, expected) => {
  expect(mistakes(text)).toEqual(expected);
});

test('a file that is not there', () => {
  expect(() => readCheckSettings(join(folder, 'none.yaml'))).toThrow('none.yaml: no such file');
});
