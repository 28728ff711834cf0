import type { Texts } from '../../objects/json';
import { at, strings } from '../../objects/json';
import { readYamlValue } from '../../yaml/stream';

/** The domain of services that clients outside of the cluster do not know. */
export const INSIDE_DOMAIN = 'svc.cluster.local';

/** A domain and the labels of the services that it is for; for all that no other is for if there are none. */
export interface SelectedDomain {
  readonly name: string;
  readonly selector: Texts;
}

/** The domains of `config-domain`, with the one that Serving adds where none is for all services. */
export function domainsIn(data: Texts): SelectedDomain[] {
  const domains = Object.entries(data)
    .filter(([name]) => name !== '_example')
    .map(([name, yaml]) => ({ name, selector: strings(at(readYamlValue(yaml), 'selector')) }));
  const forAll = domains.some(({ selector }) => Object.keys(selector).length === 0);
  return forAll ? domains : [...domains, { name: INSIDE_DOMAIN, selector: {} }];
}

/**
 * The domain whose selector fits the labels of a service and has most of them; of two such, the first by name. `undefined` if none fits.
 * Source: Serving 1.23.0, `pkg/reconciler/route/config/domain.go`.
 */
export function domainFor(domains: readonly SelectedDomain[], labels: Texts): string | undefined {
  let best: { readonly name: string; readonly labels: number } | undefined;
  for (const { name, selector } of domains) {
    const wanted = Object.entries(selector);
    if (wanted.some(([key, value]) => labels[key] !== value)) continue;
    const isBetter =
      best === undefined || wanted.length > best.labels || (wanted.length === best.labels && name < best.name);
    if (isBetter) best = { name, labels: wanted.length };
  }
  return best?.name;
}
