import { at, list, number, text } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { dns1035LabelProblem } from '../../syntax/dns';
import { isQualifiedName } from '../../syntax/label';
import { quote } from '../../syntax/quote';
import { renderTemplate } from '../../syntax/rendered-template';
import type { ServingConfig } from './config';
import type { Problems } from './problem';
import { ANY, FLAG, INT64, TEXT, fields, list as listOf, pointer } from './shape';

/** The traffic of a route or a service. Source: Serving 1.23.0, `pkg/apis/serving/v1/route_types.go`. */
export const TRAFFIC = listOf(
  fields({
    tag: TEXT,
    revisionName: TEXT,
    configurationName: TEXT,
    latestRevision: pointer(FLAG),
    percent: pointer(INT64),
    url: ANY,
  }),
);

const LABEL = 63;

/** Records what is wrong with traffic. Source: Serving 1.23.0, `pkg/apis/serving/v1/route_validation.go`. */
export function checkTraffic(
  problems: Problems,
  { network }: ServingConfig,
  kind: 'Service' | 'Route',
  name: string,
  traffic: Json | undefined,
): void {
  const targets = list(traffic);
  // A service without traffic sends all of it to its latest revision.
  if (targets.length === 0 && kind === 'Service') return;
  const first = new Map<string, number>();
  targets.forEach((target, index) => {
    const path = `spec.traffic[${index}]`;
    checkTarget(problems, kind, path, target);
    const tag = text(at(target, 'tag')) ?? '';
    if (tag === '') return;
    checkTag(problems, `${path}.tag`, tag, name, network.tagTemplate);
    const earlier = first.get(tag);
    if (earlier === undefined) first.set(tag, index);
    else {
      const other = problems.words.place(`spec.traffic[${earlier}]`);
      problems.refuse(`${path}.tag`, `${quote(tag)} is the tag of ${other} already: choose another`);
    }
  });
  const sum = targets.reduce<number>((total, target) => total + (number(at(target, 'percent')) ?? 0), 0);
  if (sum !== 100) problems.refuse('spec.traffic', `the percentages sum to ${sum}: make them 100`);
}

function checkTarget(problems: Problems, kind: 'Service' | 'Route', path: string, target: Json): void {
  const revisionName = text(at(target, 'revisionName')) ?? '';
  const configurationName = text(at(target, 'configurationName')) ?? '';
  const latest = at(target, 'latestRevision');
  if (typeof latest === 'boolean' && latest === (revisionName !== '')) {
    problems.refuse(
      `${path}.latestRevision`,
      latest
        ? `true does not go with revisionName, ${quote(revisionName)}: remove one of the two`
        : 'false needs revisionName: name the revision, or remove this',
    );
  }
  const percent = number(at(target, 'percent')) ?? 0;
  if (percent < 0 || percent > 100) problems.refuse(`${path}.percent`, `${percent} is not from 0 to 100`);
  const url = at(target, 'url');
  if (url !== undefined && url !== null && url !== '') {
    problems.refuse(`${path}.url`, 'Serving sets it: remove it');
  }
  checkNames(problems, kind, path, revisionName, configurationName);
}

function checkNames(
  problems: Problems,
  kind: 'Service' | 'Route',
  path: string,
  revisionName: string,
  configurationName: string,
): void {
  if (configurationName !== '' && kind === 'Service') {
    problems.refuse(`${path}.configurationName`, 'a service has a configuration of its own: remove it');
  } else if (configurationName !== '' && revisionName !== '') {
    problems.refuse(path, 'has both revisionName and configurationName: remove one of the two');
  } else if (revisionName !== '') {
    const problem = qualifiedNameProblem(revisionName);
    if (problem === undefined)
      problems.refuse(`${path}.revisionName`, dns1035LabelProblem(revisionName), 'revision-name');
    else problems.refuse(`${path}.revisionName`, problem);
  } else if (configurationName !== '') {
    problems.refuse(`${path}.configurationName`, qualifiedNameProblem(configurationName));
  } else if (kind === 'Route') {
    problems.refuse(path, 'has neither revisionName nor configurationName: give one');
  }
}

/** A tag makes a host of its own, by default `<tag>-<service>.…` A template with conditions is for Serving to work out. */
function checkTag(problems: Problems, path: string, tag: string, name: string, template: string): void {
  const problem = dns1035LabelProblem(tag);
  const label = renderTemplate(template, { Name: name, Tag: tag });
  if (problem !== undefined) problems.refuse(path, problem);
  else if (label !== undefined && label.length > LABEL) {
    problems.refuse(
      path,
      `${quote(tag)} makes the host's label ${quote(label)}, of ${label.length} characters: at most ${LABEL} are allowed`,
      'host-label',
    );
  }
}

function qualifiedNameProblem(name: string): string | undefined {
  return isQualifiedName(name) ? undefined : `${quote(name)} is not the name of an object: correct it`;
}
