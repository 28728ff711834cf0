import { imagesOf } from '../../model/images';
import type { Rule } from '../rule';
import { quote } from '../../syntax/quote';

export const imageDigest: Rule = {
  id: 'image-digest',
  group: 'workloads',
  severity: 'warning',
  title: 'every image is named by its digest',
  check: (objects) =>
    imagesOf(objects)
      .filter(({ image }) => !/@sha256:[0-9a-f]{64}$/.test(image))
      .map(({ object, path, image }) => ({
        object,
        path,
        message: `${quote(image)} has no digest, so that what runs can change while the file does not: add @sha256:… of the image that you have tried`,
        value: image,
      })),
};
