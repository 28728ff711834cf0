import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import * as ts from 'typescript';
import { parse, parseAllDocuments } from 'yaml';
import { collectObjects } from '../../objects/collect';
import { Phase } from '../../objects/phase';
import { testWith, upstreamDir } from '../../../testing/requirements';
import { QUEUE_PROXY_IMAGE, SERVING_VERSION } from '../serving/images';
import type { DomainUse } from './domain';
import { addSettings, CONFIG_MAPS } from './settings';

interface ConfigMap {
  readonly kind: 'ConfigMap';
  readonly metadata: { readonly name: string; readonly labels: object };
  readonly data?: Readonly<Record<string, string>>;
}

interface Row {
  readonly key: string;
  readonly default: unknown;
  readonly write: (value: unknown) => string;
  readonly problem: (value: unknown) => string | undefined;
}

/** Keys of upstream's examples that are no setting, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'config-network auto-tls': 'deprecated: external-domain-tls has taken its place',
  'config-network internal-encryption': 'deprecated: system-internal-tls has taken its place',
};

/** Settings that upstream's examples do not show. */
const NOT_SHOWN: Readonly<Record<string, string>> = {
  'config-deployment queue-sidecar-image': 'the release sets it',
  'config-deployment default-affinity-type': 'its line is commented out',
  'config-observability runtime-export-interval': 'only the source has it',
};

const OPTIONAL = 'nothing is set unless it is given; the example shows a possible value';
const ISSUER = 'the self-signed issuer of Knative; the example shows another';
const LEVEL = 'the level of zap-logger-config, which is the one that the example shows';

/** Settings whose value in upstream's example is not what Serving does without them, and what it does. */
const DIFFERS: Readonly<Record<string, string>> = {
  'config-network ingress-class': 'the platform sets its own',
  'config-network mesh-compatibility-mode': 'the platform sets its own',
  'config-network namespace-wildcard-cert-selector': 'an empty text there is none',
  'config-certmanager issuerRef': ISSUER,
  'config-certmanager clusterLocalIssuerRef': ISSUER,
  'config-certmanager systemInternalIssuerRef': ISSUER,
  'config-defaults revision-response-start-timeout-seconds':
    'what revision-timeout-seconds is, 300 if that is not given',
  'config-defaults revision-cpu-request': OPTIONAL,
  'config-defaults revision-memory-request': OPTIONAL,
  'config-defaults revision-ephemeral-storage-request': OPTIONAL,
  'config-defaults revision-cpu-limit': OPTIONAL,
  'config-defaults revision-memory-limit': OPTIONAL,
  'config-defaults revision-ephemeral-storage-limit': OPTIONAL,
  'config-deployment queue-sidecar-cpu-limit': 'set with queueproxy.resource-defaults only',
  'config-deployment queue-sidecar-memory-request': 'set with queueproxy.resource-defaults only',
  'config-deployment queue-sidecar-memory-limit': 'set with queueproxy.resource-defaults only',
  'config-deployment queue-sidecar-ephemeral-storage-request': OPTIONAL,
  'config-deployment queue-sidecar-ephemeral-storage-limit': OPTIONAL,
  'config-deployment queue-sidecar-rootca': 'an empty text there is none',
  'config-deployment queue-sidecar-tls-min-version': 'an empty text there is 1.3',
  'config-deployment queue-sidecar-tls-max-version': "an empty text there is Go's newest",
  'config-deployment runtime-class-name': 'an empty text there is none',
  'config-logging zap-logger-config': 'each of its props has a default of its own',
  'config-logging loglevel.controller': LEVEL,
  'config-logging loglevel.autoscaler': LEVEL,
  'config-logging loglevel.queueproxy': LEVEL,
  'config-logging loglevel.webhook': LEVEL,
  'config-logging loglevel.activator': LEVEL,
  'config-logging loglevel.hpaautoscaler': LEVEL,
  'config-logging loglevel.net-istio-controller': LEVEL,
  'config-logging loglevel.net-contour-controller': LEVEL,
  'config-logging loglevel.net-kourier-controller': LEVEL,
  'config-logging loglevel.net-gateway-api-controller': LEVEL,
  'config-observability logging.revision-url-template': OPTIONAL,
  'config-observability logging.request-log-template': 'the same line, too long for a doc comment',
  'config-observability metrics-protocol': 'none; the example shows how to send',
  'config-observability metrics-endpoint': OPTIONAL,
  'config-observability request-metrics-protocol': 'none; the example shows how to send',
  'config-observability request-metrics-endpoint': OPTIONAL,
  'config-observability runtime-profiling': 'disabled; the example shows how to enable it',
  'config-observability tracing-protocol': 'none; the example shows how to send',
  'config-observability tracing-endpoint': OPTIONAL,
  'config-observability tracing-sampling-rate': '0; the example traces all',
};

/** The settings of all ConfigMaps with a table, as `config-network ingress-class`. */
const SETTINGS = Object.values(CONFIG_MAPS).flatMap(({ name, settings }) =>
  Object.entries('table' in settings ? settings.table : {}).map(([prop, row]) => ({
    id: `${name} ${row.key}`,
    configMap: name,
    prop,
    row: row as unknown as Row,
  })),
);

it('has the default of each setting in its doc comment and in its table', () => {
  const documented = SETTINGS.map(({ id, configMap, prop }) => {
    const text = documentedDefaults(fileOf(configMap), /Settings$/).get(prop) ?? 'no doc comment';
    return [id, text.startsWith('- ') ? undefined : (parse(text) as unknown)];
  });
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(SETTINGS.map(({ id, row }) => [id, row.default])));
});

it('has the name of each prop by the rule', () => {
  const byRule = ({ key }: Row): string => key.replace(/[-._](\w)/g, (_, letter: string) => letter.toUpperCase());
  expect(SETTINGS.map(({ prop }) => prop)).toEqual(SETTINGS.map(({ row }) => byRule(row)));
});

describe("the release's ConfigMaps", () => {
  const upstream = (): ConfigMap[] =>
    configMapsOf(readFileSync(join(upstreamDir(), 'knative-serving', SERVING_VERSION, 'serving-core.yaml'), 'utf8'));
  const rows = new Map(SETTINGS.map(({ id, row }) => [id, row]));

  testWith('UPSTREAM_DIR')('are those that the settings are for, with the same labels', () => {
    const phase = new Phase(Testing.app(), 'knative-config');
    const networking = { name: 'none', ingressClass: 'none.example.com', limits: {} };
    addSettings(phase, 'knative-serving', {}, { domain: 'example.com', networking });
    const ours = collectObjects(phase).map(({ manifest: { metadata } }) => [metadata.name, metadata.labels]);
    const theirs = upstream().map(({ metadata }) => [metadata.name, metadata.labels]);
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
  });

  testWith('UPSTREAM_DIR')('set nothing but the image of the queue proxy', () => {
    const set = upstream().flatMap(({ data = {} }) => Object.entries(data).filter(([key]) => key !== '_example'));
    expect(set).toEqual([['queue-sidecar-image', QUEUE_PROXY_IMAGE]]);
  });

  testWith('UPSTREAM_DIR')('have keys of which each is a setting, or left out for a reason', () => {
    const missing = examplesOf(upstream()).filter(
      ({ id, configMap, key, text }) => !rows.has(id) && !(id in LEFT_OUT) && !isDomain(configMap, key, text),
    );
    expect(missing).toEqual([]);
  });

  testWith('UPSTREAM_DIR')('have every key that is said to be left out, to differ, or not to be shown', () => {
    const ids = examplesOf(upstream()).map(({ id }) => id);
    expect([...Object.keys(LEFT_OUT), ...Object.keys(DIFFERS)].filter((id) => !ids.includes(id))).toEqual([]);
    expect(Object.keys(LEFT_OUT).filter((id) => rows.has(id))).toEqual([]);
    expect(Object.keys(NOT_SHOWN).sort()).toEqual([...rows.keys()].filter((id) => !ids.includes(id)).sort());
  });

  testWith('UPSTREAM_DIR')('show the defaults', () => {
    const different = examplesOf(upstream()).filter(({ id, text }) => rows.has(id) && !shows(text, rows.get(id)));
    expect(different.map(({ id }) => id).sort()).toEqual(Object.keys(DIFFERS).sort());
  });

  testWith('UPSTREAM_DIR')('show no field of the logger that cannot be set', () => {
    const [logger] = examplesOf(upstream()).filter(({ key }) => key === 'zap-logger-config');
    const { encoderConfig, ...config } = JSON.parse(logger?.text ?? '') as { encoderConfig: object };
    const file = 'zap-logger-config.ts';
    expect([...documentedDefaults(file, /^ZapLoggerConfig$/).keys()]).toEqual(
      expect.arrayContaining(Object.keys(config)),
    );
    expect([...documentedDefaults(file, /^ZapEncoderConfig$/).keys()]).toEqual(
      expect.arrayContaining(Object.keys(encoderConfig)),
    );
  });

  testWith('UPSTREAM_DIR')('show templates that are taken', () => {
    const templates = examplesOf(upstream()).filter(({ key }) => key.endsWith('-template'));
    expect(templates).toHaveLength(6);
    expect(templates.map(({ id, text }) => rows.get(id)?.problem(text))).toEqual(templates.map(() => undefined));
  });
});

interface Example {
  /** As `config-network ingress-class`. */
  readonly id: string;
  readonly configMap: string;
  readonly key: string;
  readonly text: string;
}

function examplesOf(configMaps: readonly ConfigMap[]): Example[] {
  return configMaps.flatMap(({ metadata: { name }, data }) =>
    Object.entries((parse(data?._example ?? '') ?? {}) as Record<string, unknown>).map(([key, value]) => ({
      id: `${name} ${key}`,
      configMap: name,
      key,
      text: String(value),
    })),
  );
}

/** Whether a key is a domain that the settings, or the platform's own domain, can produce with just that text. */
function isDomain(configMap: string, key: string, text: string): boolean {
  if (configMap !== CONFIG_MAPS.domain.name) return false;
  const use = parse(text) as DomainUse | null;
  if (use === null) return true;
  const { data, problems } = CONFIG_MAPS.domain.settings;
  return problems({ [key]: use }).length === 0 && data({ [key]: use })[key] === text;
}

function configMapsOf(text: string): ConfigMap[] {
  const objects = parseAllDocuments(text).map((document) => document.toJS() as ConfigMap | null);
  return objects.filter((object): object is ConfigMap => object?.kind === 'ConfigMap');
}

/** Whether a text of an example is a setting's default. */
function shows(text: string, row: Row | undefined): boolean {
  if (row?.default === undefined) return false;
  const { default: value, write } = row;
  return typeof value === 'number' ? Number(text) === value : write(value) === text;
}

/** The file of a ConfigMap's settings. */
function fileOf(configMap: string): string {
  return `${configMap.slice('config-'.length)}.ts`;
}

/** The props of the interfaces of such a name in a file, each with its `@default`. */
function documentedDefaults(file: string, name: RegExp): Map<string, string> {
  const path = join(__dirname, file);
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const props = source.statements
    .filter((node) => ts.isInterfaceDeclaration(node))
    .filter((node) => name.test(node.name.text))
    .flatMap((node) => node.members);
  return new Map(
    props.map((prop) => {
      const tag = ts.getJSDocTags(prop).find(({ tagName }) => tagName.text === 'default');
      const key = prop.name !== undefined && ts.isIdentifier(prop.name) ? prop.name.text : '';
      return [key, (ts.getTextOfJSDocComment(tag?.comment) ?? '').trim()];
    }),
  );
}
