import { at, list, strings, text } from './read';

type Labels = Readonly<Record<string, string>>;

/** What a selector's operator asks of a label's value. An operator that is not known selects nothing. */
const OPERATORS: Readonly<Record<string, (value: string | undefined, values: readonly unknown[]) => boolean>> = {
  In: (value, values) => values.includes(value),
  NotIn: (value, values) => !values.includes(value),
  Exists: (value) => value !== undefined,
  DoesNotExist: (value) => value === undefined,
};

/** Whether a `LabelSelector` of Kubernetes selects an object with these labels. One that is not there, or empty, selects all. */
export function selects(selector: unknown, labels: Labels): boolean {
  return (
    hasLabels(strings(at(selector, 'matchLabels')), labels) &&
    list(at(selector, 'matchExpressions')).every((expression) => {
      const key = text(at(expression, 'key')) ?? '';
      const operator = OPERATORS[text(at(expression, 'operator')) ?? ''];
      return operator?.(labels[key], list(at(expression, 'values'))) ?? false;
    })
  );
}

/** Whether all of the wanted labels are there. */
export function hasLabels(wanted: Labels, labels: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
