import { ObjectIndex } from '../../../model/object-index';
import { failsOpen } from '../../../model/fails-open';
import { injectorWebhooks } from '../../../model/injector';
import { describeObject, objectKey } from '../../../objects/manifest';
import type { Check } from '../check';

const WEBHOOKS = 'MutatingWebhookConfiguration';

export const injectorFailsClosed: Check = {
  id: 'injector-fails-closed',
  group: 'mesh',
  title: 'no pod of a meshed namespace starts without its proxy while the injector is down',
  hint: 'apply dist/ again: docs/rules/injector-fails-open.md',
  async look({ rendered, live }) {
    const wanted = rendered.ofKinds('admissionregistration.k8s.io', [WEBHOOKS]);
    if (injectorWebhooks(rendered.index).length === 0) {
      return { problems: [], skipped: 'Linkerd is installed by other means' };
    }
    const found = await live.find(wanted);
    // The rule injector-fails-open, asked of the webhooks as they are.
    const inCluster = rendered.objects
      .filter(({ manifest }) => manifest.kind !== WEBHOOKS || found.has(objectKey(manifest)))
      .map((object) => ({ ...object, manifest: found.get(objectKey(object.manifest)) ?? object.manifest }));
    const missing = wanted.filter(({ manifest }) => !found.has(objectKey(manifest)));
    return {
      problems: [
        ...missing.map(({ manifest }) => ({ object: describeObject(manifest), reason: 'is not in the cluster' })),
        ...failsOpen(new ObjectIndex(inCluster)).map(({ object, path, message }) => ({
          object: describeObject(object.manifest),
          reason: `${path}: ${message}`,
        })),
      ],
    };
  },
};
