import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { collectObjects } from '../lib/objects/collect';
import { renderFiles } from '../lib/render/files';
import { testWith } from '../testing/requirements';
import { repeatedServices, valuesOf, writeChart, writeKustomization } from './charts';
import { platformOf } from './services';

const SERVICES = 5;
const files = renderFiles(collectObjects(platformOf(SERVICES)));
const others = files.filter(({ name }) => !name.startsWith('60-'));
const services = files.find(({ name }) => name.startsWith('60-'))?.text ?? '';

let folder: string;
let chart: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  chart = join(folder, 'chart');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The documents of a text, in one order. */
const objectsIn = (text: string): string[] =>
  parseAllDocuments(text)
    .map((document) => document.toJS() as object | null)
    .filter((object) => object !== null)
    .map((object) => JSON.stringify(sorted(object)))
    .sort();

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, member]) => [key, sorted(member)]),
        )
      : value;

const all = objectsIn(files.map(({ text }) => text).join('---\n'));

testWith('kubectl')('what kustomize renders are the same objects', () => {
  writeKustomization(folder, files);
  const output = execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  expect(objectsIn(output)).toEqual(all);
});

test('a chart has the same objects: files as they are, and services from one template', () => {
  writeChart(chart, others, repeatedServices(services, SERVICES));
  const { values, template } = repeatedServices(services, SERVICES);
  expect(parse(readFileSync(valuesOf(chart), 'utf8'))).toEqual({ services: values });
  const rendered = values.map(({ name, image, env }) =>
    template
      .replace(/( +)\{\{- range .*\n[^]*\{\{- end \}\}\n/, `$1- name: TARGET\n$1  value: ${env.TARGET ?? ''}\n`)
      .replaceAll('{{ .name }}', name)
      .replaceAll('{{ .image }}', image),
  );
  expect(objectsIn(rendered.join('---\n'))).toEqual(objectsIn(services));
  expect(readdirSync(join(chart, 'templates')).sort()).toEqual(
    [...others.map(({ name }) => name), 'services.yaml'].sort(),
  );
});

test('what Helm renders are the same objects, where it is installed', () => {
  writeChart(chart, others, repeatedServices(services, SERVICES));
  const helm = spawnSync('helm', ['template', 'x', chart, '--values', valuesOf(chart)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const there = helm.error === undefined;
  expect(helm.status).toBe(there ? 0 : null);
  expect(there ? objectsIn(helm.stdout) : all).toEqual(all);
});
