import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonPath } from '../objects/manifest';
import { Mistakes } from '../objects/mistakes';
import { dnsLabelProblem } from '../syntax/dns';
import { quote } from '../syntax/quote';
import { CHARTS, chartVersion } from './charts';
import type { Fields } from './yaml-reader';
import { YamlReader } from './yaml-reader';

/** The upstream releases that a repository is pinned to: `releases.lock.yaml`. */
export interface Lock {
  /** The file that was read, as it was named. */
  readonly file: string;

  /** By name: `knative-serving`, `linkerd`, … */
  readonly components: Readonly<Record<string, LockedComponent>>;
}

/** A component's release. */
export interface LockedComponent {
  readonly version: string;

  /** The component's folder in a mirror, where files stand at `<mirror>/<folder>/<version>/<file>`. */
  readonly mirror: string;

  /** What stands in `vendor/<component>/<version>/`. */
  readonly files: readonly LockedFile[];
}

/** What is known of a file's bytes. */
export interface KnownBytes {
  /**
   * Bytes.
   *
   * @default - not known yet: recorded when the file is vendored
   */
  readonly size?: number;

  /**
   * SHA-256, 64 hexadecimal digits in lower case.
   *
   * @default - not known yet: recorded when the file is vendored
   */
  readonly sha256?: string;
}

/** A file and the bytes that it must have. */
export interface LockedFile extends KnownBytes {
  readonly name: string;

  /** Where it is published, the first one first. Empty for a file that a chart renders. */
  readonly urls: readonly string[];

  /**
   * The chart that renders the file.
   *
   * @default - the file is published as it is
   */
  readonly chart?: LockedChart;
}

/** A chart's archive. Its sum pins what Helm is given. */
export interface LockedChart extends KnownBytes {
  /** The chart's name, one of {@link CHARTS}. */
  readonly name: string;

  /** The archive's file name: `<chart>-<chart version>.tgz`. */
  readonly archive: string;

  /** Where the archive is published, the first one first. */
  readonly urls: readonly string[];
}

/** Where a component's files stand. */
export function vendorFolder(root: string, component: string, version: string): string {
  return join(root, 'vendor', component, version);
}

/**
 * Reads a lock.
 *
 * @param file the lock, usually `releases.lock.yaml`
 * @param versions other versions of components: their URLs follow, their sizes and sums are not known
 * @throws Mistakes all that is wrong with it, each with file and line
 */
export function readLock(file: string, versions: Readonly<Record<string, string>> = {}): Lock {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Mistakes([
      { where: file, message: `cannot be read: ${(error as Error).message.split(',', 1)[0] ?? ''}` },
    ]);
  }
  return parseLock(text, file, versions);
}

/** {@link readLock} of a text. */
export function parseLock(text: string, file: string, versions: Readonly<Record<string, string>> = {}): Lock {
  const yaml = new YamlReader(text, file);
  if (yaml.mistakes.length > 0) throw new Mistakes(yaml.mistakes);
  const components = readComponents(yaml, versions);
  if (yaml.mistakes.length > 0) throw new Mistakes(yaml.mistakes);
  return { file, components };
}

/** What is wrong with a component's version. `undefined` if nothing is. */
export function versionProblem(version: string): string | undefined {
  if (/^v\d/.test(version)) {
    return `${quote(version)} starts with a v, which the URLs add: write ${quote(version.slice(1))}`;
  }
  if (/^[0-9A-Za-z][0-9A-Za-z._+-]*$/.test(version) && !version.includes('..')) return undefined;
  return `${quote(version)} is not a version: use letters, digits, '.', '+', '_' and '-', for example "1.23.0" or "edge-26.8.3"`;
}

function readComponents(yaml: YamlReader, versions: Readonly<Record<string, string>>): Lock['components'] {
  const { components } = yaml.fields([], yaml.content, ['components']);
  const byName = components === undefined ? {} : yaml.map(['components'], components);
  return Object.fromEntries(
    Object.entries(byName).map(([name, component]) => [
      name,
      readComponent(yaml, name, component, Object.hasOwn(versions, name) ? versions[name] : undefined),
    ]),
  );
}

/** @param other a version to take in place of the pinned one */
function readComponent(yaml: YamlReader, name: string, value: unknown, other: string | undefined): LockedComponent {
  const path = ['components', name];
  const problem = dnsLabelProblem(name);
  if (problem !== undefined) yaml.report(path, problem);
  const fields = yaml.fields(path, value, ['version', 'files'], ['mirror', 'urls']);
  const pinned = yaml.text([...path, 'version'], fields.version, versionProblem) ?? '';
  const mirror = yaml.text([...path, 'mirror'], fields.mirror, nameProblem) ?? name;
  const urls = fields.urls === undefined ? undefined : readUrls(yaml, [...path, 'urls'], fields.urls);
  const from: Published = { version: other ?? pinned, urls, isPinned: other === undefined || other === pinned };
  const files = yaml
    .list([...path, 'files'], fields.files)
    .map((file, index) => readFile(yaml, [...path, 'files', index], file, from));
  const names = files.map((file) => file.name);
  names.forEach((name, index) => {
    if (names.indexOf(name) === index) return;
    yaml.report([...path, 'files', index, 'name'], `${quote(name)} stands here twice: remove one of the two`);
  });
  return { version: from.version, mirror, files };
}

/** What a file takes from its component. */
interface Published {
  readonly version: string;
  /** `undefined` if the component says none. */
  readonly urls: readonly string[] | undefined;

  /** Whether it is the version that the lock's sizes and sums are of. */
  readonly isPinned: boolean;
}

function readFile(yaml: YamlReader, path: JsonPath, value: unknown, from: Published): LockedFile {
  const fields = yaml.fields(path, value, ['name'], ['size', 'sha256', 'chart']);
  const name = yaml.text([...path, 'name'], fields.name, nameProblem) ?? '';
  const bytes = readBytes(yaml, path, fields, from);
  if (fields.chart !== undefined) {
    return { name, urls: [], ...bytes, chart: readChart(yaml, [...path, 'chart'], fields.chart, from) };
  }
  if (from.urls === undefined) {
    yaml.report(path, 'nothing says where the file comes from: give the component "urls", or the file a "chart"');
  }
  return { name, urls: expand(from.urls ?? [], from.version, name), ...bytes };
}

function readChart(yaml: YamlReader, path: JsonPath, value: unknown, from: Published): LockedChart {
  const fields = yaml.fields(path, value, ['name', 'urls'], ['size', 'sha256']);
  const name = yaml.text([...path, 'name'], fields.name, chartProblem) ?? '';
  const archive = `${name}-${chartVersion(from.version)}.tgz`;
  const urls = expand(readUrls(yaml, [...path, 'urls'], fields.urls), from.version, archive);
  return { name, archive, urls, ...readBytes(yaml, path, fields, from) };
}

function readBytes(yaml: YamlReader, path: JsonPath, fields: Fields, { isPinned }: Published): KnownBytes {
  const { size } = fields;
  const isSize = typeof size === 'number' && Number.isSafeInteger(size) && size > 0;
  if (size !== undefined && !isSize) {
    yaml.report([...path, 'size'], `${quote(size)} is not a number of bytes: use a whole number of at least 1`);
  }
  const sha256 = yaml.text([...path, 'sha256'], fields.sha256, sumProblem);
  if (!isPinned) return {};
  return { ...(isSize ? { size } : {}), ...(sha256 === undefined ? {} : { sha256 }) };
}

function readUrls(yaml: YamlReader, path: JsonPath, value: unknown): string[] {
  return yaml.list(path, value).map((url, index) => yaml.text([...path, index], url, urlProblem) ?? '');
}

/** Names become paths: none may lead elsewhere. */
function nameProblem(name: string): string | undefined {
  if (/^[0-9A-Za-z][0-9A-Za-z._-]*$/.test(name)) return undefined;
  return `${quote(name)} is not a file's or folder's name: use letters, digits, '.', '_' and '-', first a letter or digit`;
}

function sumProblem(sum: string): string | undefined {
  if (/^[0-9a-f]{64}$/.test(sum)) return undefined;
  return `${quote(sum)} is not a SHA-256: use 64 hexadecimal digits in lower case`;
}

function chartProblem(name: string): string | undefined {
  if (Object.hasOwn(CHARTS, name)) return undefined;
  return `${quote(name)} is not a chart with known values: use one of ${Object.keys(CHARTS).join(', ')}`;
}

/** What a URL in the lock may say in braces. */
const PLACEHOLDERS = ['version', 'chartVersion', 'file'];

function urlProblem(url: string): string | undefined {
  const braces = [...url.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
  const unknown = braces.find((name) => !PLACEHOLDERS.includes(name));
  if (unknown !== undefined) {
    return `{${unknown}} in ${quote(url)} is not known: use ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}`;
  }
  if (/^(https?|oci):\/\/[^/\s]+\/\S+$/.test(url)) return undefined;
  return `${quote(url)} is not a URL: start it with https://, http:// or oci:// and name a host and a path`;
}

function expand(templates: readonly string[], version: string, file: string): string[] {
  const values: Readonly<Record<string, string>> = { version, chartVersion: chartVersion(version), file };
  return templates.map((template) => template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''));
}
