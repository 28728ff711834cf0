/** What a template of `config-network` may name: texts, and labels or annotations by key. */
export type TemplateValues = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

const ACTION = /\{\{-?\s*(.*?)\s*-?\}\}/g;
const FIELD = /^\.(\w+)$/;
const ENTRY = /^(?:index\s+\.(\w+)\s+"([^"]*)"|\.(\w+)\.(\w+))$/;

/**
 * A template of Go with fields alone, such as `{{.Name}}.{{.Namespace}}.{{.Domain}}` or `{{index .Labels "app"}}`.
 * `undefined` for one with more in it: conditions and functions are for Serving to work out.
 */
export function renderTemplate(template: string, values: TemplateValues): string | undefined {
  const unknown: string[] = [];
  const text = template.replace(ACTION, (_, action: string) => {
    const [, field] = FIELD.exec(action) ?? [];
    const [, indexed, indexKey, dotted, dottedKey] = ENTRY.exec(action) ?? [];
    const value = values[field ?? indexed ?? dotted ?? ''];
    const key = indexKey ?? dottedKey;
    const found = typeof value === 'object' && key !== undefined ? (value[key] ?? '') : value;
    if (typeof found === 'string') return found;
    unknown.push(action);
    return '';
  });
  return unknown.length === 0 ? text : undefined;
}
