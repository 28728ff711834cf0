import { at, text } from '../../../objects/json';
import { KUBERNETES_VERSION, LEAST_KUBERNETES } from '../../../syntax/kubernetes-version';
import type { Check } from '../check';

export const apiServer: Check = {
  id: 'api-server',
  group: 'kubernetes',
  title: `the API server is of version ${KUBERNETES_VERSION} or newer`,
  hint: 'upgrade the cluster: Knative Serving 1.23 does not run on older ones',
  async look({ live }) {
    const version: unknown = JSON.parse(await live.kubectl.print(['version', '--output=json']));
    const [major = '', minor = '', gitVersion] = ['major', 'minor', 'gitVersion'].map((key) =>
      text(at(version, 'serverVersion', key)),
    );
    if (gitVersion === undefined)
      return { problems: [], unseen: [{ object: 'the API server', reason: 'it tells no version' }] };
    const isOld = major === '1' && parseInt(minor, 10) < LEAST_KUBERNETES.minor;
    return {
      seen: gitVersion,
      problems: isOld ? [{ object: 'the API server', reason: `is of version ${gitVersion}` }] : [],
    };
  },
};
