import type { Check, Expectation, Problem } from '../check';
import type { Answered, LiveService } from '../served';
import { answerText, isFromBehind, liveServices, publicAnswers } from '../served';
import { count } from '../count';

export const requests: Check = {
  id: 'requests',
  group: 'requests',
  title: 'a request from outside is answered by its Knative Service',
  hint: "kubectl logs of the networking layer, of the activator, and of the service's pods",
  async look(look) {
    const answers = await publicAnswers(look);
    const { expected } = look.settings;
    if (answers.length === 0) return withoutAnswers(await liveServices(look), expected);
    const strangers = expected.flatMap(({ service }) =>
      service === undefined || answers.some((one) => one.service.id === service)
        ? []
        : [
            {
              object: `Knative Service ${service}`,
              reason: 'is expected to answer, but is no public service that is Ready',
            },
          ],
    );
    return {
      seen: seenOf(answers),
      problems: [...strangers, ...answers.flatMap((one) => problemsOf(one, expected))],
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

function withoutAnswers(services: readonly LiveService[], expected: readonly Expectation[]) {
  const unready = services.filter((one) => one.unready !== undefined);
  if (unready.length === 0 && expected.length === 0) return { problems: [], skipped: 'no Knative Service is public' };
  return { problems: [{ object: 'requests', reason: 'there is no public Knative Service that is Ready' }] };
}

function seenOf(answers: readonly Answered[]): string {
  const [first] = answers;
  if (answers.length !== 1 || first === undefined || first.answer instanceof Error)
    return count(answers.length, 'service');
  return `${answerText(first.answer)} in ${Math.round(first.answer.milliseconds)} ms`;
}

function problemsOf({ service, answer }: Answered, expected: readonly Expectation[]): Problem[] {
  const object = service.url?.origin ?? '';
  if (answer instanceof Error) return [{ object, reason: answer.message }];
  const reason = wrongAnswer(service, answer);
  if (reason !== undefined) return [{ object, reason: `${reason}: it answers ${answerText(answer)}` }];
  return expected
    .filter((one) => one.service === undefined || one.service === service.id)
    .filter(({ text }) => !answer.body.includes(text))
    .map(({ text }) => ({ object, reason: `answers ${answerText(answer)}, not ${JSON.stringify(text)}` }));
}

/** Why an answer is none of the service; `undefined` if it is one. */
function wrongAnswer({ url }: LiveService, answer: Exclude<Answered['answer'], Error>): string | undefined {
  const { status, headers } = answer;
  if (status >= 500) return 'something fails on the way, or the service itself';
  if (status === 404 && !isFromBehind(answer)) return 'the networking layer knows no such host';
  const location = String(headers.location ?? '');
  const upgrades = status >= 300 && status < 400 && location.startsWith('https:') && !isFromBehind(answer);
  if (upgrades && url?.protocol === 'http:') return 'the networking layer sends plain HTTP away';
  return undefined;
}
