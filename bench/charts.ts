import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { RenderedFile } from '../lib/render/files';

/** A text in which Helm finds no template. */
const escaped = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');

/**
 * Writes a chart for Helm that renders the same objects as some files. Objects that are the same but for a value are one template over a
 * list of values, as charts have it.
 *
 * @param repeated how the files of services are made instead: one object with `{{ . }}` in the place of each of the values
 */
export function writeChart(folder: string, files: readonly RenderedFile[], repeated?: Repeated): void {
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), stringify({ apiVersion: 'v2', name: 'platform', version: '1.0.0' }));
  writeFileSync(join(folder, 'values.yaml'), stringify({ services: repeated?.values ?? [] }));
  for (const { name, text } of files) writeFileSync(join(folder, 'templates', name), escaped(text));
  if (repeated === undefined) return;
  const template = `{{- range .Values.services }}\n---\n${repeated.template}{{- end }}\n`;
  writeFileSync(join(folder, 'templates', 'services.yaml'), template);
}

/** Objects that differ by a value alone. */
export interface Repeated {
  readonly template: string;
  readonly values: readonly string[];
}

/** The value that the one object has from which a template is made. */
const PLACE = 'service-0';

/** The objects of a number of services, from the text of the first. */
export function repeatedServices(text: string, services: number): Repeated {
  const [first = ''] = text.split('---\n');
  return {
    template: escaped(first).replaceAll(PLACE, '{{ . }}'),
    values: Array.from({ length: services }, (_, number) => `service-${number}`),
  };
}

/** Writes a folder for kustomize that renders the same objects as some files. */
export function writeKustomization(folder: string, files: readonly RenderedFile[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kustomization.yaml'), stringify({ resources: files.map(({ name }) => name) }));
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
}
