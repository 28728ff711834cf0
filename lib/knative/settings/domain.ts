import { VALUE, knownProps, mapOf } from '../../objects/known-props';
import { toYaml } from '../../render/yaml';
import type { Json } from '../../objects/manifest';
import { domainProblem } from '../../syntax/dns';
import { quote } from '../../syntax/quote';
import { wordProblem } from '../../syntax/word';
import type { MatchLabels } from './label-selector';
import { matchLabelsProblem } from './label-selector';
import type { ConfigMapSettings } from './setting';

/** The services that a domain is for. */
export interface DomainUse {
  /**
   * Labels that a service must have, all of them and at least one. Of several domains that fit, the one with the most
   * labels counts.
   */
  readonly selector: MatchLabels;

  /**
   * `wildcard` gives the domain certificates for whole namespaces, where those are on.
   *
   * @default - a certificate for each service
   */
  readonly type?: 'wildcard';
}

/**
 * `config-domain`: domains besides the platform's own, which is for all services that none of these is for. The domain
 * `svc.cluster.local` makes the services that it is for cluster-local.
 * Source: Knative Serving 1.23.0, `pkg/reconciler/route/config/domain.go`.
 */
export type DomainSettings = Readonly<Record<string, DomainUse>>;

export const domainSettings: ConfigMapSettings<DomainSettings> = {
  props: mapOf(knownProps<DomainUse>({ selector: VALUE, type: VALUE })),
  data: (settings) =>
    Object.fromEntries(Object.entries(settings).map(([domain, use]) => [domain, toYaml(use as unknown as Json)])),
  problems: (settings) =>
    Object.entries(settings).flatMap(([domain, { selector, type }]) => {
      const what =
        domainProblem(domain) ??
        (Object.keys(selector).length === 0
          ? `${quote(selector)} selects every service, and the platform's own domain does so already: give it a label, or change the platform's domain`
          : matchLabelsProblem(selector)) ??
        (type === undefined ? undefined : wordProblem(type, ['wildcard']));
      return what === undefined ? [] : [`[${quote(domain)}]: ${what}`];
    }),
};
