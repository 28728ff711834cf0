import type { Check, Problem, Remark } from '../check';
import { count } from '../count';
import {
  answerText,
  askFollowing,
  clusterLocalNames,
  isFromBehind,
  liveServices,
  MOST_REQUESTS,
  refusesAll,
} from '../served';
import { sideBySide } from '../side-by-side';

export const clusterLocal: Check = {
  id: 'cluster-local',
  group: 'requests',
  title: 'cluster-local names are refused from outside',
  hint: 'whoever knows the name reaches the service: apply dist/ again, and look for listeners that are not of the platform',
  async look(look) {
    const services = (await liveServices(look)).filter(({ unready }) => unready === undefined);
    if (services.length === 0) return { problems: [], skipped: 'no Knative Service is Ready' };
    const names = services.flatMap(clusterLocalNames);
    const unseen: Remark[] = [];
    const problems = await sideBySide(MOST_REQUESTS, names, async (host): Promise<Problem[]> => {
      const answer = await askFollowing(look, { host });
      if (answer instanceof Error) {
        unseen.push({ object: host, reason: answer.message });
        return [];
      }
      const refused = answer.status >= 400 && answer.status < 500 && !isFromBehind(answer);
      return refused ? [] : [{ object: host, reason: `is answered from outside: ${answerText(answer)}` }];
    });
    const why = unseen.length === 0 ? await refusesAll(look) : undefined;
    if (why !== undefined) unseen.push({ object: 'the networking layer', reason: why });
    return { seen: count(names.length, 'name'), problems: problems.flat(), unseen };
  },
};
