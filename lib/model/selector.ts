import { list, mapping, text, texts } from '../objects/json';

type Labels = Readonly<Record<string, string>>;

/** Whether a label selector of Kubernetes (`matchLabels`, `matchExpressions`) takes an object with these labels. An empty one takes all. */
export function selects(selector: unknown, labels: Labels): boolean {
  const { matchLabels, matchExpressions } = mapping(selector);
  return hasLabels(matchLabels, labels) && list(matchExpressions).every((expression) => meets(expression, labels));
}

/** Whether all of the wanted labels are there. */
export function hasLabels(wanted: unknown, labels: Labels): boolean {
  return Object.entries(mapping(wanted)).every(([key, value]) => labels[key] === value);
}

/** What an operator asks of a label's value. An operator that is not known takes nothing. */
function meets(expression: unknown, labels: Labels): boolean {
  const { key, operator, values } = mapping(expression);
  const value = labels[text(key) ?? ''];
  switch (operator) {
    case 'In':
      return value !== undefined && texts(values).includes(value);
    case 'NotIn':
      return value === undefined || !texts(values).includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
