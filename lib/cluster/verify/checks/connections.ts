import type { Check, Look, Problem } from '../check';
import { count } from '../count';
import type { LiveEdge, SeenEdges } from '../edges';
import { liveEdges, requestPathOf } from '../edges';
import type { Answered } from '../served';
import { isFromBehind, publicAnswers } from '../served';

/** How long to wait for a connection that must have been made, in milliseconds: an autoscaler asks once a second or so. */
const PATIENCE = 12_000;
const PAUSE = 2000;

export const connections: Check = {
  id: 'connections',
  group: 'connections',
  title: "connections on a request's way, of the autoscaler and of viz are mTLS, as in npm run graph",
  hint: 'linkerd viz edges says more; what is plain goes past a proxy, or to a pod without one',
  async look(look) {
    const answers = await publicAnswers(look);
    const end = performance.now() + PATIENCE;
    for (;;) {
      const seen = await liveEdges(look.rendered, look.live);
      const missing = seen.silent.length === 0 ? missingOf(seen.edges, answers, look) : [];
      if (missing.length > 0 && performance.now() + PAUSE < end) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
        continue;
      }
      if (seen.edges.every(({ blind }) => blind !== undefined)) {
        return { problems: [], skipped: 'of the pods that call each other, none are looked at or none are Ready' };
      }
      const mtls = seen.edges.filter(({ state }) => state === 'mtls').length;
      return {
        seen: `${count(mtls, 'connection')} of ${seen.edges.length} seen, all mTLS`,
        problems: [...problemsOf(seen), ...missing],
        details: seen.edges.map(({ edge: { from, to, about, port }, state, because }) => ({
          ...{ from, to, about, port: port ?? null, state },
          ...(because !== undefined && { because }),
        })),
      };
    }
  },
};

function problemsOf({ edges, silent }: SeenEdges): Problem[] {
  return [
    ...silent.map(({ pod, reason }) => ({ object: pod, reason: `its proxy tells no metrics: ${reason}` })),
    ...edges
      .filter(({ state }) => state === 'plain' || state === 'partly')
      .map((edge) => ({
        object: textOf(edge),
        reason: `${edge.state === 'plain' ? 'is not mTLS' : 'is not always mTLS'}${edge.because === undefined ? '' : `: ${edge.because}`}`,
      })),
  ];
}

const textOf = ({ edge: { from, to, about, port } }: LiveEdge): string =>
  `${from} → ${to}, ${about}${port === undefined ? '' : ` on port ${port}`}`;

/** Connections without which nothing works, and of which the proxies have seen nothing. */
function missingOf(edges: readonly LiveEdge[], answers: readonly Answered[], { rendered }: Look): Problem[] {
  const { carries, activates, serves } = requestPathOf(rendered);
  const isMade = ({ state }: LiveEdge): boolean => state !== 'not seen';
  const to = (id: string) => edges.filter(({ edge }) => edge.to === id);
  const served = rendered.workloads.filter(({ id }) => serves(id));

  const ways = served.flatMap(({ id, namespace, name }): Problem[] => {
    const answered = answers.some(
      ({ service, answer }) =>
        service.id === `${namespace}/${name}` &&
        !(answer instanceof Error) &&
        answer.status < 500 &&
        isAnswered(answer),
    );
    const requests = to(id).filter(
      ({ edge, blind }) => blind === undefined && (carries(edge.from) || activates(edge.from)),
    );
    if (!answered || requests.length === 0) return [];
    const direct = requests.some((one) => carries(one.edge.from) && isMade(one));
    const held = requests.some(
      (one) =>
        activates(one.edge.from) &&
        isMade(one) &&
        to(one.edge.from).some((first) => carries(first.edge.from) && isMade(first)),
    );
    return direct || held
      ? []
      : [{ object: id, reason: 'has answered, but no proxy has seen the request on its way: not by mTLS, at least' }];
  });

  const others = edges.filter(
    (one) =>
      !isMade(one) &&
      one.blind === undefined &&
      !carries(one.edge.from) &&
      !activates(one.edge.from) &&
      serves(one.edge.to),
  );
  const waiting = edges.filter(
    (one) => !isMade(one) && one.blind === undefined && activates(one.edge.from) && !serves(one.edge.to),
  );
  return [
    ...ways,
    ...[...others, ...waiting].map((one) => ({ object: textOf(one), reason: 'is not seen by any proxy' })),
  ];
}

const isAnswered = (answer: Exclude<Answered['answer'], Error>): boolean => answer.status < 300 || isFromBehind(answer);
