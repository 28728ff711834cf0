import type { Check, Problem, Remark } from '../check';
import { count } from '../count';
import { answerText, askService, MOST_REQUESTS, originOf, publicAnswers } from '../served';
import { sideBySide } from '../side-by-side';

/** Tell the activator which revision is meant. Source: Serving 1.23.0, pkg/activator. */
const REVISION_HEADERS = { revision: 'Knative-Serving-Revision', namespace: 'Knative-Serving-Namespace' } as const;

/** The activator answers for this one with an error. */
const NO_REVISION = 'knitmesh-verify-no-such-revision';

export const spoofedRevision: Check = {
  id: 'spoofed-revision',
  group: 'requests',
  title: 'a client cannot choose a revision by its headers',
  hint: `the networking layer is to drop ${Object.values(REVISION_HEADERS).join(' and ')} of clients: apply dist/ again`,
  async look(look) {
    const answered = (await publicAnswers(look)).flatMap(({ service, answer }) =>
      answer instanceof Error || answer.status >= 400 ? [] : [{ service, answer }],
    );
    if (answered.length === 0) return { problems: [], skipped: 'no service answers with a success' };
    const unseen: Remark[] = [];
    const problems = await sideBySide(MOST_REQUESTS, answered, async ({ service, answer }): Promise<Problem[]> => {
      const object = originOf(service);
      const spoofed = await askService(look, service, {
        [REVISION_HEADERS.revision]: NO_REVISION,
        [REVISION_HEADERS.namespace]: service.namespace,
      });
      if (spoofed instanceof Error) {
        unseen.push({ object, reason: `with a revision in its headers: ${spoofed.message}` });
        return [];
      }
      if (spoofed.status === answer.status) return [];
      // A service need not answer the same each time.
      const again = await askService(look, service);
      if (again instanceof Error || again.status !== answer.status) {
        unseen.push({ object, reason: 'it answers differently from one time to the next' });
        return [];
      }
      return [
        {
          object,
          reason: `obeys a client's headers: it answers ${answerText(spoofed)}, and ${answerText(answer)} without them`,
        },
      ];
    });
    return { seen: count(answered.length, 'service'), problems: problems.flat(), unseen };
  },
};
