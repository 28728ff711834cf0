import type { KnativeServingSettings } from '../settings/settings';
import type { RequestProps } from './requests';
import { manifestWith, mistakesWith, saying } from './testing/platform';

test('fields are written where they are given, 0 as well', () => {
  expect(manifestWith({ containerConcurrency: 0, idleTimeoutSeconds: 0 }).spec.template.spec).toMatchObject({
    containerConcurrency: 0,
    idleTimeoutSeconds: 0,
  });
  expect(manifestWith({}).spec.template.spec).toEqual({ containers: [{ image: 'docker.io/library/hello:1' }] });
});

it.each([
  [{ containerConcurrency: -1 }, {}, 'containerConcurrency: -1 is negative: write a number from 0 to 1000'],
  [
    { containerConcurrency: 1001 },
    {},
    'containerConcurrency: 1001 is more than container-concurrency-max-limit of config-defaults, 1000: lower it, or raise settings.defaults.containerConcurrencyMaxLimit of the platform',
  ],
  [
    { containerConcurrency: 6 },
    { defaults: { containerConcurrencyMaxLimit: 5 } },
    /^containerConcurrency: 6 is more than container-concurrency-max-limit of config-defaults, 5: lower it/,
  ],
  [
    { containerConcurrency: 0 },
    { defaults: { allowContainerConcurrencyZero: false } },
    /^containerConcurrency: 0, which is without a limit .* set settings\.defaults\.allowContainerConcurrencyZero of the platform, or write 1 or more$/,
  ],
  [{ timeoutSeconds: 0 }, {}, 'timeoutSeconds: 0 is not a whole number from 1 to 600'],
  [
    { timeoutSeconds: 601 },
    {},
    'timeoutSeconds: 601 is more than max-revision-timeout-seconds of config-defaults, 600: lower it, or raise settings.defaults.maxRevisionTimeoutSeconds of the platform',
  ],
  [{ timeoutSeconds: NaN }, {}, 'timeoutSeconds: NaN is not a whole number: write one'],
  [{ responseStartTimeoutSeconds: -1 }, {}, 'responseStartTimeoutSeconds: -1 is not a whole number of at least 0'],
  [
    { responseStartTimeoutSeconds: 301 },
    {},
    'responseStartTimeoutSeconds: 301 is more than timeoutSeconds, 300, so it would never count: lower it or raise timeoutSeconds',
  ],
  [{ timeoutSeconds: 10, idleTimeoutSeconds: 11 }, {}, /^idleTimeoutSeconds: 11 is more than timeoutSeconds, 10/],
] satisfies [RequestProps, KnativeServingSettings, string | RegExp][])(
  '%j is refused with settings %j',
  (props, settings, message) => {
    expect(mistakesWith(props, { settings })).toEqual([saying(message)]);
  },
);

it.each([
  [{ timeoutSeconds: 3600 }, { defaults: { maxRevisionTimeoutSeconds: 3600 } }],
  [{ responseStartTimeoutSeconds: 400 }, { defaults: { revisionTimeoutSeconds: 400 } }],
  [{ timeoutSeconds: 600, responseStartTimeoutSeconds: 600, idleTimeoutSeconds: 600 }, {}],
] satisfies [RequestProps, KnativeServingSettings][])('%j is taken with settings %j', (props, settings) => {
  expect(mistakesWith(props, { settings })).toEqual([]);
});

test('the networking layer may end requests earlier', () => {
  const limits = { requestTimeout: { seconds: 15, effect: 'requests end after 15 s', remedy: 'use another layer' } };
  expect(mistakesWith({ timeoutSeconds: 16 }, { limits })).toEqual([
    'timeoutSeconds: 16 is more than 15: with layer, requests end after 15 s: use another layer',
  ]);
  expect(mistakesWith({ timeoutSeconds: 999_999 }, { limits })).toEqual([
    'timeoutSeconds: 999999 is more than 15: with layer, requests end after 15 s: use another layer',
  ]);
  expect(mistakesWith({ responseStartTimeoutSeconds: 999 }, { limits })).toEqual([
    'responseStartTimeoutSeconds: 999 is more than 15: with layer, requests end after 15 s: use another layer',
  ]);
  expect(mistakesWith({ timeoutSeconds: 15 }, { limits })).toEqual([]);
  expect(mistakesWith({}, { limits })).toEqual([]);
});
