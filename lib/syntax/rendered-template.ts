import { templateParts } from './go-template';

/** What a template may name: texts, and labels or annotations by key. */
export type TemplateValues = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

const FIELD = /^\.(\w+)$/;
const ENTRY = /^(?:index\s+\.(\w+)\s+"([^"]*)"|\.(\w+)\.(\w+))$/;

/**
 * A template of Go with fields alone, such as `{{.Name}}.{{.Namespace}}.{{.Domain}}` or `{{index .Labels "app"}}`.
 * `undefined` for one with more in it: conditions and functions are for Serving to work out.
 */
export function renderTemplate(template: string, values: TemplateValues): string | undefined {
  let text = '';
  for (const { before, field, key } of partsOf(template)) {
    const value = field === undefined ? '' : values[field];
    const found = typeof value === 'object' && key !== undefined ? (value[key] ?? '') : value;
    if (typeof found !== 'string') return undefined;
    text += before + found;
  }
  return text;
}

/** A text of a template and the field after it; none at the end. */
interface Part {
  readonly before: string;
  readonly field?: string;
  readonly key?: string;
}

/** All services of a platform have one template. */
const read = new Map<string, readonly Part[]>();

function partsOf(template: string): readonly Part[] {
  const known = read.get(template);
  if (known !== undefined) return known;
  const parts = templateParts(template).map(({ before, action }): Part => {
    if (action === undefined || action === '') return { before };
    const [, field] = FIELD.exec(action) ?? [];
    const [, indexed, indexKey, dotted, dottedKey] = ENTRY.exec(action) ?? [];
    const key = indexKey ?? dottedKey;
    return { before, field: field ?? indexed ?? dotted ?? '', ...(key !== undefined && { key }) };
  });
  read.set(template, parts);
  return parts;
}
