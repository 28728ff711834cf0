import { certificatesIn, subjectOf } from '../../model/certificates';
import type { Rule } from '../rule';

const DAY = 24 * 60 * 60 * 1000;
const DAYS = 60;

/** `linkerd check` warns 60 days before as well. Source: Linkerd edge-26.8.3, `pkg/issuercerts`. */
export const certificateExpiresSoon: Rule = {
  id: 'certificate-expires-soon',
  group: 'certificates',
  severity: 'warning',
  title: `every certificate is valid for another ${DAYS} days`,
  needs: 'now',
  check: (objects, { now = new Date(0) }) =>
    objects.all.flatMap(certificatesIn).flatMap(({ object, path, certificate }) => {
      const to = new Date(certificate.validTo);
      const days = Math.floor((to.getTime() - now.getTime()) / DAY);
      if (to <= now || days >= DAYS) return [];
      const when = `expires on ${to.toISOString().slice(0, 10)}, in ${days} day${days === 1 ? '' : 's'}`;
      return [{ object, path, message: `the certificate of ${subjectOf(certificate)} ${when}: renew it` }];
    }),
};
