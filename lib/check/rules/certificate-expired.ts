import { certificatesIn, subjectOf } from '../../model/certificates';
import type { Rule } from '../rule';

export const certificateExpired: Rule = {
  id: 'certificate-expired',
  group: 'certificates',
  severity: 'error',
  title: 'every certificate is valid today',
  needs: 'now',
  check: (objects, { now = new Date(0) }) =>
    objects.all.flatMap(certificatesIn).flatMap(({ object, path, certificate }) => {
      const from = new Date(certificate.validFrom);
      const to = new Date(certificate.validTo);
      if (from <= now && now < to) return [];
      const when =
        to <= now
          ? `expired on ${day(to)}: renew it`
          : `is not valid before ${day(from)}: correct the clock, or make it anew`;
      return [{ object, path, message: `the certificate of ${subjectOf(certificate)} ${when}` }];
    }),
};

const day = (date: Date): string => date.toISOString().slice(0, 10);
