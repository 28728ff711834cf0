import { ALL_FEATURES } from './testing/all-props';
import { manifestWith, mistakesWith, saying } from './testing/platform';
import type { TrafficTarget } from './traffic';

const LATEST: TrafficTarget = { latestRevision: true };
const OLD: TrafficTarget = { revisionName: 'hello-00001' };

test('targets are written as they are given, none where none are', () => {
  const traffic: TrafficTarget[] = [
    { ...OLD, percent: 90, tag: 'old' },
    { ...LATEST, percent: 10 },
  ];
  expect(manifestWith({ traffic }).spec.traffic).toEqual(traffic);
  expect(manifestWith({}).spec.traffic).toBeUndefined();
  expect(mistakesWith({ traffic })).toEqual([]);
});

it.each([
  [[{ ...LATEST, percent: 99 }], 'traffic: the percentages sum to 99: make them 100'],
  [[LATEST], 'traffic: the percentages sum to 0: make them 100'],
  [[], 'traffic: is empty: give where requests go, or leave it out'],
  [
    [
      { ...LATEST, percent: 101 },
      { ...OLD, percent: -1 },
    ],
    'traffic[0].percent: 101 is not from 0 to 100',
  ],
  [[{ percent: 100 } as TrafficTarget], 'traffic[0]: has none or both of revisionName and latestRevision: give one'],
  [
    [{ percent: 100, revisionName: 'a', latestRevision: true } as unknown as TrafficTarget],
    'traffic[0]: has none or both of revisionName and latestRevision: give one',
  ],
  [[{ revisionName: 'Hello', percent: 100 }], /^traffic\[0\]\.revisionName: "Hello" is not a DNS label/],
  [[{ ...LATEST, percent: 100, tag: 'V1' }], /^traffic\[0\]\.tag: "V1" is not a DNS label/],
  [[{ ...LATEST, percent: 100, tag: '1st' }], 'traffic[0].tag: "1st" begins with a digit: begin with a letter'],
  [
    [
      { ...LATEST, percent: 100, tag: 'a' },
      { ...OLD, tag: 'a' },
    ],
    'traffic[1].tag: "a" is the tag of traffic[0] already: choose another',
  ],
  [
    [{ ...LATEST, percent: 100, tag: 'a'.repeat(58) }],
    /^traffic\[0\]\.tag: "a+" makes the host's label "a+-hello", of 64 characters: at most 63 are allowed$/,
  ],
] satisfies [TrafficTarget[], string | RegExp][])('%j is refused', (traffic, message) => {
  expect(mistakesWith({ traffic })).toContainEqual(saying(message));
});

describe('with a networking layer that cannot split traffic', () => {
  const limits = { trafficSplit: { effect: 'splits go wrong', remedy: 'send all to one' } };

  test('several revisions are refused', () => {
    const traffic = [
      { ...OLD, percent: 50 },
      { ...LATEST, percent: 50 },
    ];
    expect(mistakesWith({ traffic }, { limits })).toEqual([
      'traffic: requests are split over 2 revisions: with layer, splits go wrong: send all to one',
    ]);
  });

  it.each<[TrafficTarget[]]>([
    [[{ ...LATEST, percent: 100 }]],
    [
      [
        { ...OLD, percent: 100 },
        { ...LATEST, percent: 0, tag: 'next' },
      ],
    ],
    [
      [
        { ...OLD, percent: 60, tag: 'a' },
        { ...OLD, percent: 40, tag: 'b' },
      ],
    ],
  ])('%j is taken', (traffic) => {
    expect(mistakesWith({ traffic }, { limits })).toEqual([]);
  });
});

test('tags are refused where a header would choose one and the networking layer ignores it', () => {
  const traffic = [{ ...LATEST, percent: 100, tag: 'next' }];
  const limits = { tagHeader: { effect: 'the header is ignored', remedy: 'switch it off' } };
  expect(mistakesWith({ traffic }, { limits })).toEqual([]);
  expect(mistakesWith({ traffic }, { limits, settings: { features: ALL_FEATURES } })).toEqual([
    'traffic: tags are refused while tag-header-based-routing is enabled: with layer, the header is ignored: switch it off',
  ]);
});
