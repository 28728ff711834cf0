import { App } from 'cdk8s';
import type { PlatformProps } from './platform';
import { Platform } from './platform';
import { ambassador } from './ambassador/ambassador';
import { KnativeService } from './knative/service/knative-service';
import { ALL_FEATURES, ALL_PROPS } from './knative/service/testing/all-props';
import { kourier } from './kourier/kourier';
import { certManager } from './linkerd/identity/cert-manager';
import { files } from './linkerd/identity/files';
import { mistakesOf } from './objects/mistakes';
import { EVERY_OPTION } from '../testing/choices';

const NONSENSE = 'nonsense';

type Path = readonly (string | number)[];

/** Where an object is in a value, without those that a class made. */
function objectsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => objectsIn(item, [...path, index]));
  if (Object.values(value).some((item) => typeof item === 'function')) return [];
  return [path, ...Object.entries(value).flatMap(([key, item]) => objectsIn(item, [...path, key]))];
}

function withNonsense(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return { ...(value as object), [NONSENSE]: 'x' };
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === step ? withNonsense(item, rest) : item));
  }
  return { ...(value as object), [step]: withNonsense((value as Record<string, unknown>)[step], rest) };
}

const shown = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);

/** Mappings whose keys are anybody's, and what the API server's own schemas are for, which check holds all objects to. */
const ANY_KEY =
  /(?:^|\.)(?:labels|annotations|templateLabels|templateAnnotations|podLabels|podAnnotations|nodeSelector|selector|matchLabels|env|requests|limits|volumeAttributes|initialFields|runtimeClassName|settings\.domain)$|tolerations\[\d\]$/;

/** A namespace is a construct of its own, which says so itself. */
const OF_NAMESPACE = /^(?:knativeServing\.namespace|defaultNamespace|namespace)\./;

const { platform, settings, serving, linkerd, ...parts } = EVERY_OPTION;
const PLATFORM: PlatformProps = {
  ...platform,
  ingress: ambassador(),
  settings: {
    ...settings,
    network: { namespaceWildcardCertSelector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
    deployment: { runtimeClassName: { kata: { selector: { a: 'b' } } } },
    logging: { zapLoggerConfig: { sampling: { initial: 1, thereafter: 1 }, encoderConfig: { timeKey: 't' } } },
    certmanager: { issuerRef: { kind: 'Issuer', name: 'a' } },
  },
  knativeServing: serving,
  linkerd: { ...linkerd, identity: files() },
};

const platformWith = (props: unknown): Platform => new Platform(new App(), 'platform', props as PlatformProps);

/** What has options, all of them, and a platform that has it. */
const PARTS: readonly (readonly [name: string, options: object, build: (options: object) => Platform])[] = [
  ['the platform', PLATFORM, platformWith],
  ['ambassador()', parts.ambassador, (options) => platformWith({ domain: 'a.b', ingress: ambassador(options) })],
  ['kourier()', parts.kourier, (options) => platformWith({ domain: 'a.b', ingress: kourier(options) })],
  [
    'certManager()',
    parts.certManager,
    (options) => platformWith({ domain: 'a.b', ingress: ambassador(), linkerd: { identity: certManager(options) } }),
  ],
  [
    'files()',
    { folder: 'certs' },
    (options) => platformWith({ domain: 'a.b', ingress: ambassador(), linkerd: { identity: files(options) } }),
  ],
  [
    'a namespace',
    parts.namespace,
    (options) => {
      const built = platformWith({ domain: 'a.b', ingress: ambassador() });
      built.addNamespace('team', options);
      return built;
    },
  ],
  [
    'a Knative Service',
    { ...ALL_PROPS, namespace: 'default', timeoutSeconds: 15, responseStartTimeoutSeconds: 15, idleTimeoutSeconds: 15 },
    (options) => {
      const built = platformWith({ domain: 'a.b', ingress: kourier(), settings: { features: ALL_FEATURES } });
      new KnativeService(built.services, 'hello', options as typeof ALL_PROPS);
      return built;
    },
  ],
];

const CASES = PARTS.flatMap(([name, options, build]) =>
  objectsIn(options)
    .map((path) => [name, shown(path), path, options, build] as const)
    .filter(([, path]) => !ANY_KEY.test(path)),
);

test.each(CASES)('of %s, a prop that nobody reads is told in "%s"', (_, where, path, options, build) => {
  const before = mistakesOf(build(options)).map(({ message }) => message);
  expect(before.filter((message) => /is no prop|is not known/.test(message))).toEqual([]);
  const now = mistakesOf(build(withNonsense(options, path) as object)).map(({ message }) => message);
  const prop = [...(where === '' ? [] : [where]), NONSENSE].join('.').replace(OF_NAMESPACE, '');
  expect(now.filter((message) => /is no prop|is not known/.test(message))).toEqual([
    expect.stringMatching(/: (?:is no prop|this field is not known): \S/),
  ]);
  expect(now.some((message) => message.startsWith(`${prop}: `))).toBe(true);
});
