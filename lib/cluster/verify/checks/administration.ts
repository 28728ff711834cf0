import type { Check, Problem, Remark } from '../check';
import { count } from '../count';
import { answerText, askFollowing, isPublic, liveServices, MOST_REQUESTS, refusesAll } from '../served';
import { sideBySide } from '../side-by-side';

/** A label that no service has. */
const NOBODY = 'knitmesh-verify-nobody';

export const administration: Check = {
  id: 'administration',
  group: 'requests',
  title: "the networking layer's own administration is not served on public hosts",
  hint: 'apply dist/ again: it turns these paths off',
  async look(look) {
    const paths = look.rendered.layer.administrationPaths ?? [];
    if (paths.length === 0) return { problems: [], skipped: 'the networking layer has none' };
    const services = (await liveServices(look)).filter(isPublic);
    // On a host of the same domain that no service has, so that what answers can only be the layer itself.
    const hosts = [...new Set(services.map(({ url }) => (url?.hostname ?? '').replace(/^[^.]+/, NOBODY)))];
    if (hosts.length === 0) return { problems: [], skipped: 'no Knative Service is public' };
    const asked = hosts.flatMap((host) => paths.map((path) => ({ host, path })));
    const unseen: Remark[] = [];
    const problems = await sideBySide(MOST_REQUESTS, asked, async ({ host, path }): Promise<Problem[]> => {
      const answer = await askFollowing(look, { host, path });
      const object = `http://${host}${path}`;
      if (answer instanceof Error) {
        unseen.push({ object, reason: answer.message });
        return [];
      }
      return answer.status === 404 ? [] : [{ object, reason: `is answered: ${answerText(answer)}` }];
    });
    const why = unseen.length === 0 ? await refusesAll(look) : undefined;
    if (why !== undefined) unseen.push({ object: 'the networking layer', reason: why });
    return { seen: count(asked.length, 'path'), problems: problems.flat(), unseen };
  },
};
