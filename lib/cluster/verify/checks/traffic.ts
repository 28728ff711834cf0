import type { Check } from '../check';
import { isPublic, liveServices } from '../served';
import { sideBySide } from '../side-by-side';
import type { TrafficReport } from '../traffic';
import { sendTraffic } from '../traffic';

export const traffic: Check = {
  id: 'traffic',
  group: 'requests',
  title: 'every request is answered while one is sent every 3 s',
  hint: 'linkerd viz stat and linkerd viz tap show where requests end',
  wanted: (settings) => settings.traffic !== undefined,
  async look(look) {
    const services = (await liveServices(look)).filter((service) => service.unready === undefined && isPublic(service));
    if (services.length === 0)
      return {
        problems: [],
        unseen: [{ object: 'requests', reason: 'there is no public Knative Service that is Ready' }],
      };
    const reports = await sideBySide(services.length, services, (service) =>
      sendTraffic(look, service, look.settings.traffic ?? 0),
    );
    return {
      seen: reports.length === 1 && reports[0] !== undefined ? textOf(reports[0]) : `${reports.length} services`,
      problems: reports
        .filter(({ requests, succeeded }) => succeeded < requests)
        .map((report) => ({
          object: report.url,
          reason: `${textOf(report)}: ${Object.entries(report.failures)
            .map(([why, times]) => `${times} × ${why}`)
            .join(', ')}`,
        })),
      unseen: reports.flatMap(({ url, notAsked }) =>
        notAsked === undefined ? [] : [{ object: url, reason: `some requests could not be sent: ${notAsked}` }],
      ),
      details: reports.map(({ notAsked, ...report }) => ({ ...report, ...(notAsked !== undefined && { notAsked }) })),
    };
  },
};

const textOf = ({ requests, succeeded, p50, p95, max }: TrafficReport): string =>
  requests === 0
    ? 'no request was sent'
    : `${((100 * succeeded) / requests).toFixed(1)} % of ${requests} requests, p50 ${p50} ms, p95 ${p95} ms, max ${max} ms`;
