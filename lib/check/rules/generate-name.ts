import { quote } from '../../syntax/quote';
import type { Rule } from '../rule';

export const generateName: Rule = {
  id: 'generate-name',
  group: 'objects',
  severity: 'error',
  title: 'every object has a name of its own',
  check: (objects) =>
    objects.all.flatMap((object) => {
      const { name, generateName: prefix } = object.manifest.metadata;
      if (name !== undefined) return [];
      const problem =
        prefix === undefined
          ? { path: 'metadata.name', message: 'is missing: give the object a name' }
          : {
              path: 'metadata.generateName',
              message: `${quote(prefix)} leaves the name to the API server, so kubectl apply refuses the object: give it metadata.name, for a Job with the version in it`,
            };
      return [{ object, ...problem }];
    }),
};
