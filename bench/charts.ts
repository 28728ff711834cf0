import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { RenderedFile } from '../lib/render/files';
import type { ServiceValues } from './service-values';
import { serviceValues } from './service-values';

/** A text in which Helm finds no template. */
const escaped = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');

/**
 * Writes a chart for Helm that renders the same objects as some files. The services are one template over a list of values, as charts
 * have it; all else stands as it is, which costs Helm less than templates would.
 */
export function writeChart(folder: string, files: readonly RenderedFile[], repeated?: Repeated): void {
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), stringify({ apiVersion: 'v2', name: 'platform', version: '1.0.0' }));
  writeFileSync(valuesOf(folder), stringify({ services: repeated?.values ?? [] }));
  for (const { name, text } of files) writeFileSync(join(folder, 'templates', name), escaped(text));
  if (repeated === undefined) return;
  const template = `{{- range .Values.services }}\n---\n${repeated.template}{{- end }}\n`;
  writeFileSync(join(folder, 'templates', 'services.yaml'), template);
}

/** The file of a chart's values, beside it: Helm takes no more than 5 MiB within it. */
export const valuesOf = (folder: string): string => `${folder}.values.yaml`;

/** Objects that differ by what is said of each. */
export interface Repeated {
  readonly template: string;
  readonly values: readonly ServiceValues[];
}

/** A service's variables, as a chart lists them. */
const ENV = [
  '{{- range $name, $value := .env }}',
  '- name: {{ $name }}',
  '  value: {{ $value | quote }}',
  '{{- end }}',
];

/** The objects of a number of services, from the text of the first. */
export function repeatedServices(text: string, services: number): Repeated {
  const values = serviceValues(services);
  const [first = ''] = text.split('---\n');
  const [{ name, image } = { name: '', image: '' }] = values;
  const template = escaped(first)
    .replaceAll(image, '{{ .image }}')
    .replaceAll(name, '{{ .name }}')
    .replace(/( +)- name: TARGET\n +value: .*\n/, (_, indent: string) =>
      ENV.map((line) => `${indent}${line}\n`).join(''),
    );
  return { template, values };
}

/** Writes a folder for kustomize that renders the same objects as some files. */
export function writeKustomization(folder: string, files: readonly RenderedFile[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kustomization.yaml'), stringify({ resources: files.map(({ name }) => name) }));
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
}
