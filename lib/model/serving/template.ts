import { at, number, text } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { dns1035LabelProblem } from '../../syntax/dns';
import { quote } from '../../syntax/quote';
import { checkTemplateAnnotations } from './annotations';
import type { ServingConfig } from './config';
import { checkContainers } from './containers';
import { annotationsOf, checkSyntax, prefixProblem } from './metadata';
import type { Problems } from './problem';
import { checkScale, checkUtilization } from './scale';
import { checkPodSecurityContext } from './security-context';
import { serviceAccountProblem } from './service-account';
import { checkVolumes } from './volumes';

/** Records what is wrong with the template of an object's revisions. Source: Serving 1.23.0, `pkg/apis/serving/v1/revision_validation.go`. */
export function checkTemplate(
  problems: Problems,
  config: ServingConfig,
  metadata: Json | undefined,
  template: Json | undefined,
): void {
  const path = 'spec.template';
  const annotations = annotationsOf(at(template, 'metadata'));
  checkSyntax(problems, `${path}.metadata`, at(template, 'metadata'));
  checkScale(problems, config, `${path}.metadata.annotations`, annotations);
  checkTemplateAnnotations(problems, `${path}.metadata.annotations`, annotations);
  checkRevisionName(problems, `${path}.metadata`, metadata, at(template, 'metadata'));

  const spec = at(template, 'spec');
  const where = `${path}.spec`;
  checkVolumes(problems, config, where, spec);
  checkContainers(problems, config, where, spec);
  checkPodSecurityContext(problems, `${where}.securityContext`, at(spec, 'securityContext'));
  problems.refuse(`${where}.serviceAccountName`, serviceAccountProblem(text(at(spec, 'serviceAccountName')) ?? ''));
  checkRequests(problems, config, where, spec);
  checkUtilization(problems, config, where, annotations, spec);
}

/** How a pod takes requests. Other timeouts than `timeoutSeconds` Serving takes as they are: those above it never count. */
function checkRequests(problems: Problems, { defaults }: ServingConfig, path: string, spec: Json | undefined): void {
  const setting = (key: string): string => problems.words.setting('defaults', key) ?? 'that';
  const timeout = number(at(spec, 'timeoutSeconds')) ?? 0;
  const longest = defaults.maxRevisionTimeoutSeconds;
  if (timeout > longest) {
    problems.refuse(
      `${path}.timeoutSeconds`,
      `${timeout} is more than max-revision-timeout-seconds of config-defaults, ${longest}: lower it, or raise ${setting('max-revision-timeout-seconds')}`,
    );
  }
  if (timeout < 0)
    problems.refuse(`${path}.timeoutSeconds`, `${timeout} is negative: write seconds from 1 to ${longest}`);

  const requests = number(at(spec, 'containerConcurrency')) ?? defaults.containerConcurrency;
  const least = defaults.allowContainerConcurrencyZero ? 0 : 1;
  const most = defaults.containerConcurrencyMaxLimit;
  const where = `${path}.containerConcurrency`;
  if (requests > most) {
    problems.refuse(
      where,
      `${requests} is more than container-concurrency-max-limit of config-defaults, ${most}: lower it, or raise ${setting('container-concurrency-max-limit')}`,
    );
  } else if (requests === 0 && least === 1) {
    problems.refuse(
      where,
      `0, which is without a limit and what counts if nothing is said, needs allow-container-concurrency-zero of config-defaults to be "true": set ${setting('allow-container-concurrency-zero')}, or write 1 or more`,
    );
  } else if (requests < least) {
    problems.refuse(where, `${requests} is negative: write a number from ${least} to ${most}`);
  }
}

function checkRevisionName(
  problems: Problems,
  path: string,
  parent: Json | undefined,
  metadata: Json | undefined,
): void {
  const generateName = text(at(metadata, 'generateName')) ?? '';
  const name = text(at(metadata, 'name')) ?? '';
  if (generateName !== '') problems.refuse(`${path}.generateName`, prefixProblem(generateName));
  if (name === '') return;
  const problem = dns1035LabelProblem(name);
  const owner = text(at(parent, 'name')) ?? '';
  if (problem !== undefined) problems.refuse(`${path}.name`, problem);
  else if (owner === '' && (text(at(parent, 'generateName')) ?? '') !== '') {
    problems.refuse(`${path}.name`, 'is refused where metadata has generateName: remove one of the two');
  } else if (!name.startsWith(`${owner}-`)) {
    problems.refuse(
      `${path}.name`,
      `${quote(name)} does not begin with ${quote(`${owner}-`)}, the name of the service: call it ${quote(`${owner}-${name}`)}`,
    );
  }
}
