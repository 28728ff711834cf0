import type { TemplateNames } from '../../../syntax/go-template';
import { goTemplateProblem, templateActions, templateText } from '../../../syntax/go-template';
import { quote } from '../../../syntax/quote';

const DOMAIN_NAMES: TemplateNames = { fields: ['Name', 'Namespace', 'Domain'], maps: ['Labels', 'Annotations'] };
const TAG_NAMES: TemplateNames = { fields: ['Name', 'Tag'] };

/** What a URL has in its host, as Go reads one. */
const HOST_OF_URL = /^[A-Za-z0-9._~!$&'()*+,;=:<>"[\]\u0080-\u{10ffff}-]*$/u;

/** What is wrong with the template of a service's host. `undefined` if nothing is. */
export function domainTemplateProblem(value: string): string | undefined {
  return hostTemplateProblem(value, DOMAIN_NAMES);
}

/** What is wrong with the template of the part of a host that tells a tag. `undefined` if nothing is. */
export function tagTemplateProblem(value: string): string | undefined {
  return hostTemplateProblem(value, TAG_NAMES);
}

/** Knative tries a template with an object that has neither labels nor annotations, and refuses what is no host then. */
function hostTemplateProblem(value: string, names: TemplateNames): string | undefined {
  const problem = goTemplateProblem(value, names);
  if (problem !== undefined) return problem;
  const actions = templateActions(value);
  if (!/^[a-z0-9.-]*$/.test(templateText(value))) {
    return `${quote(value)} makes no host: outside of {{ }} write lower case letters, digits, '-' and '.' only`;
  }
  if (!actions.some(({ text }) => names.fields.some((name) => text.includes(`.${name}`)))) {
    return `${quote(value)} makes one host for all: name one of ${names.fields.map((name) => `.${name}`).join(', ')}`;
  }
  return unsetProblem(value);
}

function unsetProblem(value: string): string | undefined {
  const unset = templateActions(value).find(
    ({ text, within }) => within.length === 0 && /^(\$?\.(Labels|Annotations)(\.\w+)?|[.$]|["`].*)$/.test(text),
  );
  if (unset === undefined) return undefined;
  return `${quote(value)} makes no host where ${quote(unset.text)} is not set: write for example "{{index .Labels \\"app\\"}}"`;
}

/** Why Serving refuses the template of a service's host, of which it makes a URL. `undefined` if it does not. */
export function refusedDomainTemplate(value: string): string | undefined {
  const problem = goTemplateProblem(value, DOMAIN_NAMES) ?? unsetProblem(value);
  if (problem !== undefined || HOST_OF_URL.test(templateText(value))) return problem;
  return `${quote(value)} makes no host: outside of {{ }} write lower case letters, digits, '-' and '.' only`;
}

/** Why Serving refuses the template of a tag's part of a host, which it only tries. `undefined` if it does not. */
export function refusedTagTemplate(value: string): string | undefined {
  return value.trim() === '' ? undefined : goTemplateProblem(value, TAG_NAMES);
}
