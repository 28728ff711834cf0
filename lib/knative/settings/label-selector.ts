import { VALUE, knownProps, listOf } from '../../objects/known-props';
import { dnsSubdomainProblem } from '../../syntax/dns';
import { quote } from '../../syntax/quote';

/** Labels that an object must have, all of them with these values. */
export type MatchLabels = Readonly<Record<string, string>>;

/** A condition on one label: that its value is among some, is not, that the label is there, or is not. */
export type LabelSelectorRequirement =
  | { readonly key: string; readonly operator: 'In' | 'NotIn'; readonly values: readonly [string, ...string[]] }
  | { readonly key: string; readonly operator: 'Exists' | 'DoesNotExist' };

/** Selects objects by their labels; all that is given must hold, and where nothing is, every object is selected. */
export interface LabelSelector {
  /** @default - none */
  readonly matchLabels?: MatchLabels;

  /** @default - none */
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

/** The props of {@link LabelSelector}. */
export const LABEL_SELECTOR = knownProps<LabelSelector>({
  matchLabels: VALUE,
  matchExpressions: listOf(
    knownProps<Extract<LabelSelectorRequirement, { readonly values: unknown }>>({
      key: VALUE,
      operator: VALUE,
      values: VALUE,
    }),
  ),
});

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** What is wrong with a label selector. `undefined` if nothing is. */
export function labelSelectorProblem({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string | undefined {
  return (
    matchLabelsProblem(matchLabels) ?? matchExpressions.map(requirementProblem).find((problem) => problem !== undefined)
  );
}

/** What is wrong with labels: their keys, their values. `undefined` if nothing is. */
export function matchLabelsProblem(labels: MatchLabels): string | undefined {
  return Object.entries(labels)
    .map(([key, value]) => labelKeyProblem(key) ?? labelValueProblem(value))
    .find((problem) => problem !== undefined);
}

function requirementProblem(requirement: LabelSelectorRequirement): string | undefined {
  const values = 'values' in requirement ? requirement.values : [];
  const needsValues = requirement.operator === 'In' || requirement.operator === 'NotIn';
  if (needsValues !== values.length > 0) {
    return `${quote(requirement.key)} has ${values.length} values: ${requirement.operator} takes ${needsValues ? 'at least one' : 'none'}`;
  }
  return labelKeyProblem(requirement.key) ?? values.map(labelValueProblem).find((problem) => problem !== undefined);
}

function labelKeyProblem(key: string): string | undefined {
  const [name = '', prefix, ...more] = key.split('/').reverse();
  const valid = NAME.test(name) && more.length === 0 && (prefix === undefined || !dnsSubdomainProblem(prefix));
  return valid
    ? undefined
    : `${quote(key)} is not the key of a label: write for example "app" or "app.kubernetes.io/name"`;
}

function labelValueProblem(value: string): string | undefined {
  return value === '' || NAME.test(value)
    ? undefined
    : `${quote(value)} is not the value of a label: use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`;
}
