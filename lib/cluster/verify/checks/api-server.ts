import type { Check } from '../check';

/** Knative Serving 1.23 refuses older ones. */
const OLDEST_MINOR = 34;

export const apiServer: Check = {
  id: 'api-server',
  group: 'kubernetes',
  title: `the API server is of version 1.${OLDEST_MINOR} or newer`,
  hint: 'upgrade the cluster: Knative Serving 1.23 does not run on older ones',
  async look({ live }) {
    const { serverVersion } = JSON.parse(await live.kubectl.print(['version', '--output=json'])) as {
      readonly serverVersion?: { readonly major: string; readonly minor: string; readonly gitVersion: string };
    };
    if (serverVersion === undefined)
      return { problems: [], unseen: [{ object: 'the API server', reason: 'it tells no version' }] };
    const { major, minor, gitVersion } = serverVersion;
    const isOld = major === '1' && parseInt(minor, 10) < OLDEST_MINOR;
    return {
      seen: gitVersion,
      problems: isOld ? [{ object: 'the API server', reason: `is of version ${gitVersion}` }] : [],
    };
  },
};
