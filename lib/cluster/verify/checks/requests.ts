import type { Check, Expectation, Problem, Remark } from '../check';
import { count } from '../count';
import type { HttpAnswer } from '../http-request';
import type { Answered, LiveService } from '../served';
import { answerText, liveServices, NotAsked, originOf, publicAnswers, wrongAnswer } from '../served';

export const requests: Check = {
  id: 'requests',
  group: 'requests',
  title: 'a request from outside is answered by its Knative Service',
  hint: "kubectl logs of the networking layer, of the activator, and of the service's pods",
  async look(look) {
    const answers = await publicAnswers(look);
    const { expected } = look.settings;
    const services = await liveServices(look);
    const unready = services.filter(({ unready }) => unready !== undefined);
    const strangers = expected.flatMap(({ service }) =>
      service === undefined || [...answers.map((one) => one.service), ...unready].some(({ id }) => id === service)
        ? []
        : [{ object: `Knative Service ${service}`, reason: 'is expected to answer, but is no public service' }],
    );
    const isPublicWanted = answers.length + unready.length === 0 && expected.length > strangers.length;
    const problems = [
      ...strangers,
      ...(isPublicWanted
        ? [{ object: 'requests', reason: 'an answer is expected, but no Knative Service is public' }]
        : []),
      ...answers.flatMap((one) => problemsOf(one, expected)),
    ];
    const unseen = [
      ...unready.map(({ id }) => ({ object: `Knative Service ${id}`, reason: 'it is not asked before it is Ready' })),
      ...answers.flatMap((one) => unseenOf(one, expected)),
    ];
    if (answers.length + problems.length + unseen.length === 0) {
      return { problems, skipped: 'no Knative Service is public' };
    }
    return {
      ...{ seen: seenOf(answers), problems, unseen },
      details: answers.map(({ service, answer }) => ({
        service: service.id,
        host: service.url?.hostname ?? null,
        ...(answer instanceof Error
          ? { error: answer.message }
          : { status: answer.status, milliseconds: Math.round(answer.milliseconds) }),
      })),
    };
  },
};

function seenOf(answers: readonly Answered[]): string {
  const [first] = answers;
  if (answers.length !== 1 || first === undefined || first.answer instanceof Error)
    return count(answers.length, 'service');
  return `${answerText(first.answer)} in ${Math.round(first.answer.milliseconds)} ms`;
}

function problemsOf({ service, answer }: Answered, expected: readonly Expectation[]): Problem[] {
  const object = originOf(service);
  if (answer instanceof NotAsked) return [];
  if (answer instanceof Error) return [{ object, reason: answer.message }];
  const reason = wrongAnswer(service, answer);
  if (reason !== undefined) return [{ object, reason: `${reason}: it answers ${answerText(answer)}` }];
  if (answer.cut) return [];
  return lacking(service, answer, expected).map(({ text }) => ({
    object,
    reason: `answers ${answerText(answer)}, not ${JSON.stringify(text)}`,
  }));
}

function unseenOf({ service, answer }: Answered, expected: readonly Expectation[]): Remark[] {
  const object = originOf(service);
  if (answer instanceof NotAsked) return [{ object, reason: answer.message }];
  if (answer instanceof Error || !answer.cut || wrongAnswer(service, answer) !== undefined) return [];
  return lacking(service, answer, expected).map(({ text }) => ({
    object,
    reason: `its answer is longer than what is kept of it, and ${JSON.stringify(text)} is not in that`,
  }));
}

/** What an answer should hold, and what is kept of it does not. */
const lacking = ({ id }: LiveService, { body }: HttpAnswer, expected: readonly Expectation[]): Expectation[] =>
  expected.filter(({ service, text }) => (service === undefined || service === id) && !body.includes(text));
