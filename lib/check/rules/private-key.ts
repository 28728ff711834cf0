import { objectHoldsPrivateKey } from '../../objects/private-key';
import type { Rule } from '../rule';

export const privateKey: Rule = {
  id: 'private-key',
  group: 'objects',
  severity: 'error',
  title: 'no object holds a private key',
  check: (objects) =>
    objects.all.filter(objectHoldsPrivateKey).map((object) => ({
      object,
      path: '',
      message:
        'holds a private key, which anyone can read who can read the files: keep it in a Secret that is applied from elsewhere, such as secrets/',
    })),
};
