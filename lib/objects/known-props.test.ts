import { Lazy } from 'cdk8s';
import { KNOWN_ELSEWHERE, VALUE, knownProps, listOf, mapOf, unknownProps } from './known-props';

interface Part {
  readonly size?: number;
}

interface Whole {
  readonly name: string;
  readonly part?: Part | false;
  readonly parts?: readonly Part[];
  readonly byName?: Readonly<Record<string, Part>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly made?: object;
}

const PART = knownProps<Part>({ size: VALUE });
const WHOLE = knownProps<Whole>({
  name: VALUE,
  part: PART,
  parts: listOf(PART),
  byName: mapOf(PART),
  labels: VALUE,
  made: KNOWN_ELSEWHERE,
});

test.each<[unknown, string[]]>([
  [{ nam: 'a' }, ['nam: is no prop: did you mean "name"?']],
  [{ colour: 'red' }, ['colour: is no prop: there are name, part, parts, byName, labels, made']],
  [
    { part: { sise: 1 }, parts: [{}, { sizes: 2 }], byName: { a: { Size: 3 } } },
    [
      'part.sise: is no prop: did you mean "size"?',
      'parts[1].sizes: is no prop: did you mean "size"?',
      'byName.a.Size: is no prop: did you mean "size"?',
    ],
  ],
  [{ constructor: 'a' }, [expect.stringMatching(/^constructor: is no prop/)]],
])('%j is told', (given, told) => {
  expect(unknownProps(given, WHOLE)).toEqual(told);
});

const LATE: unknown = Lazy.any({ produce: () => ({}) });

class Made {
  readonly naem = 'a';
}

test.each<[string, unknown]>([
  ['what is known', { name: 'a', part: { size: 1 }, parts: [{ size: 1 }], byName: { anything: {} } }],
  ['a prop without a value', { naem: undefined }],
  ['a value in place of props', { part: false }],
  ['keys of labels', { labels: { anything: 'a' } }],
  ['what somebody else knows', { made: { anything: 'a' } }],
  ['what a class made', { part: new Made(), parts: [new Made()] }],
  ['a Lazy', { part: LATE, byName: LATE }],
  ['nothing', undefined],
  ['null', { part: null, parts: null }],
])('%s is taken', (_, given) => {
  expect(unknownProps(given, WHOLE)).toEqual([]);
});

test('of many names none is listed', () => {
  const props = Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`name-${index}`, VALUE]));
  expect(unknownProps({ colour: 1 }, { kind: 'props', props })).toEqual([
    'colour: is no prop: remove it, or correct its name',
  ]);
});
