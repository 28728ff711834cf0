import type { Check } from '../check';
import { count } from '../count';
import { liveServices } from '../served';

export const knativeServices: Check = {
  id: 'knative-services',
  group: 'knative',
  title: 'every Knative Service is Ready, with its URL',
  hint: "kubectl describe ksvc, then its newest revision and that revision's pods",
  async look(look) {
    const services = await liveServices(look);
    if (services.length === 0) return { problems: [], skipped: 'none is rendered' };
    const [first] = services;
    return {
      seen: services.length === 1 ? (first?.url?.href.replace(/\/$/, '') ?? '') : count(services.length, 'service'),
      problems: services.flatMap(({ id, unready, url }) => {
        const reason = unready ?? (url === undefined ? 'is Ready, but has no URL' : undefined);
        return reason === undefined ? [] : [{ object: `Knative Service ${id}`, reason }];
      }),
      details: services.map(({ id, unready, url }) => ({
        service: id,
        ready: unready === undefined,
        url: url?.href ?? null,
      })),
    };
  },
};
