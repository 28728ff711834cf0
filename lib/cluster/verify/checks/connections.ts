import type { Check, Look, Outcome, Problem, Remark } from '../check';
import { count } from '../count';
import type { LiveEdge, SeenEdges } from '../edges';
import { liveEdges, requestPathOf } from '../edges';
import type { Answered } from '../served';
import { isFromBehind, publicAnswers } from '../served';

/** In milliseconds. */
const PATIENCE = 12_000;
const PAUSE = 1000;

/** The proxy's own word where discovery does not know an address. Source: Linkerd edge-26.8.3, the label `no_tls_reason`. */
const NOT_DISCOVERED = 'not_provided_by_service_discovery';

export const connections: Check = {
  id: 'connections',
  group: 'connections',
  title: "connections on a request's way, of the autoscaler and of viz are mTLS, as in npm run graph",
  hint: 'linkerd viz edges says more; what is plain goes past a proxy, or to a pod without one',
  async look(look) {
    const { patience = PATIENCE } = look.settings;
    const answers = await publicAnswers(look);
    const end = performance.now() + patience;
    for (;;) {
      const seen = await liveEdges(look.rendered, look.live);
      const missing = missingOf(seen.edges, answers, look);
      const isSettled =
        missing.problems.length + missing.unseen.length + seen.silent.length === 0 &&
        seen.edges.every(({ open }) => open === 0);
      if (isSettled || performance.now() + PAUSE > end) return outcomeOf(seen, missing);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  },
};

interface Missing {
  /** Connections without which nothing works, and of which the proxies have seen nothing. */
  readonly problems: readonly Problem[];

  /** Those that cannot be seen. */
  readonly unseen: readonly Remark[];
}

function outcomeOf({ edges, silent }: SeenEdges, missing: Missing): Outcome {
  const details = edges.map(({ edge: { from, to, about, port }, state, mtls, plain, because }) => ({
    ...{ from, to, about, port: port ?? null, state, mtls, plain },
    ...(because !== undefined && { because }),
  }));
  const unseen = [
    ...silent.map(({ pod, reason }) => ({ object: pod, reason: `its proxy tells no metrics: ${reason}` })),
    ...missing.unseen,
  ];
  const problems = [...edges.flatMap(problemsOf), ...missing.problems];
  const notes = edges.flatMap(notesOf);
  const seen = edges.filter(({ state }) => state !== 'not seen');
  if (problems.length + unseen.length + seen.length === 0) return { problems, notes, details, skipped: whyNone(edges) };
  const mtls = seen.filter(({ state }) => state === 'mtls').length;
  return {
    ...{ problems, unseen, notes, details },
    seen: `${count(seen.length, 'connection')} of ${edges.length} seen, ${mtls === seen.length ? 'all' : mtls} mTLS`,
  };
}

function whyNone(edges: readonly LiveEdge[]): string {
  if (edges.every(({ blind }) => blind === 'left out')) return 'no two workloads that call each other are looked at';
  if (edges.every(({ blind }) => blind !== undefined)) return 'of no two workloads that call each other pods are Ready';
  return 'nobody has called yet';
}

function problemsOf(edge: LiveEdge): Problem[] {
  const object = textOf(edge);
  const { state, mtls, plain, because, unclear } = edge;
  const why = because === undefined ? '' : `: ${because}`;
  if (state === 'plain') return [{ object, reason: `is not mTLS${why}` }];
  if (state === 'partly')
    return [{ object, reason: `is not always mTLS, ${plain} of ${mtls + plain} times not${why}` }];
  if (unclear === 0) return [];
  const reason = `${count(unclear, 'request')} without mTLS ${unclear === 1 ? 'was' : 'were'} answered at its address, by this pod or by one that had the address before`;
  return [{ object, reason, severity: 'warning' }];
}

function notesOf(edge: LiveEdge): Remark[] {
  const { refused, refusedBecause } = edge;
  if (refused.size === 0) return [];
  const times = [...refused.values()].reduce((sum, some) => sum + some, 0);
  const became = [...refused].map(([status, some]) => `${some} × ${status}`).join(', ');
  const why =
    refusedBecause === NOT_DISCOVERED
      ? "sent before Linkerd's discovery knew the pod, as the activator's probes of a new one are"
      : (refusedBecause ?? 'the proxy does not say why');
  return [
    { object: textOf(edge), reason: `${count(times, 'request')} without mTLS came to nothing (${became}): ${why}` },
  ];
}

const textOf = ({ edge: { from, to, about, port } }: LiveEdge): string =>
  `${from} → ${to}, ${about}${port === undefined ? '' : ` on port ${port}`}`;

const isMade = ({ state }: LiveEdge): boolean => state !== 'not seen';

function missingOf(edges: readonly LiveEdge[], answers: readonly Answered[], { rendered }: Look): Missing {
  const { carries, activates, serves } = requestPathOf(rendered);
  const to = (id: string): LiveEdge[] => edges.filter(({ edge }) => edge.to === id);
  const problems: Problem[] = [];
  const unseen: Remark[] = [];

  for (const { id, namespace, name } of rendered.workloads.filter((one) => serves(one.id))) {
    const requests = to(id).filter(({ edge }) => carries(edge.from) || activates(edge.from));
    if (requests.length === 0 || !answers.some((one) => isAnswerOf(`${namespace}/${name}`, one))) continue;
    const direct = requests.filter(({ edge }) => carries(edge.from));
    const held = requests.filter(({ edge }) => activates(edge.from));
    const toHolder = held.flatMap(({ edge }) => to(edge.from)).filter(({ edge }) => carries(edge.from));
    if (direct.some(isMade) || (held.some(isMade) && toHolder.some(isMade))) continue;
    const way = [...direct, ...held, ...toHolder];
    // A part of the way that is not looked at may be the one that it went.
    if (way.some(({ blind }) => blind === 'left out')) continue;
    const blind = requests.find((one) => one.blind !== undefined);
    if (blind !== undefined) {
      unseen.push({ object: id, reason: `has answered, but ${blindText(blind)}: the way of the request is not seen` });
    } else if (!way.some(({ silent }) => silent)) {
      const reason = 'has answered, but no proxy has seen the request on its way: not by mTLS, at least';
      problems.push({ object: id, reason });
    }
  }

  const others = edges.filter(({ edge }) => !carries(edge.from) && !activates(edge.from) && serves(edge.to));
  const waiting = edges.filter(({ edge }) => activates(edge.from) && !serves(edge.to));
  for (const one of [...others, ...waiting]) {
    // What is not Ready is for other checks to tell; what is silent is told of its pod.
    if (isMade(one) || one.blind !== undefined || one.silent) continue;
    problems.push({ object: textOf(one), reason: 'is not seen by any proxy' });
  }
  return { problems, unseen };
}

const blindText = ({ blind, edge }: LiveEdge): string =>
  `no pod of ${blind === 'no pod calls' ? edge.from : 'it'} is Ready`;

const isAnswerOf = (id: string, { service, answer }: Answered): boolean =>
  service.id === id &&
  !(answer instanceof Error) &&
  answer.status < 500 &&
  (answer.status < 300 || isFromBehind(answer));
