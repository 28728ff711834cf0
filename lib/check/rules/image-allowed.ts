import { fullName, imagesOf } from '../../model/images';
import { quote } from '../../syntax/quote';
import type { Rule } from '../rule';

export const imageAllowed: Rule = {
  id: 'image-allowed',
  group: 'workloads',
  severity: 'error',
  title: 'every image comes from a registry that check.yaml allows',
  needs: 'allowedImages',
  check: (objects, { allowedImages = [] }) =>
    imagesOf(objects)
      .filter(({ image }) => !allowedImages.some((prefix) => fullName(image).startsWith(prefix)))
      .map(({ object, path, image }) => ({
        object,
        path,
        message: `${quote(image)} is none of the allowed images (${allowedImages.join(', ')}): mirror it there, or add it to images.allowed of check.yaml`,
        value: image,
      })),
};
