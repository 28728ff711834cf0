import { goBool, goFloat, goInteger } from '../../../syntax/go-number';
import { quote } from '../../../syntax/quote';

/** What is wrong between the keys of a ConfigMap, at one of them. */
export interface Contradiction {
  readonly key: string;
  readonly message: string;
}

/** The text that counts under a key; `undefined` where nothing is said. */
type TextOf = (key: string) => string | undefined;

/** What is wrong between keys that are right by themselves, by the name of their ConfigMap. Sources: as of the keys. */
export const RULES: Readonly<Record<string, (textOf: TextOf) => Contradiction[]>> = {
  'config-autoscaler': autoscalerRules,
  'config-defaults': defaultsRules,
  'config-gc': gcRules,
  'config-observability': observabilityRules,
};

const intOf = (textOf: TextOf, key: string, otherwise: number): number => goInteger(textOf(key) ?? '') ?? otherwise;
const floatOf = (textOf: TextOf, key: string, otherwise: number): number => goFloat(textOf(key) ?? '') ?? otherwise;

function autoscalerRules(textOf: TextOf): Contradiction[] {
  const percentage = floatOf(textOf, 'container-concurrency-target-percentage', 70);
  const target = floatOf(textOf, 'container-concurrency-target-default', 100);
  const initial = intOf(textOf, 'initial-scale', 1);
  const min = intOf(textOf, 'min-scale', 0);
  const max = intOf(textOf, 'max-scale', 0);
  const limit = intOf(textOf, 'max-scale-limit', 0);
  const found: Contradiction[] = [];
  // Up to 1 the percentage is taken for a fraction.
  const aim = (percentage > 1 ? percentage / 100 : percentage) * target;
  if (aim < 0.01) {
    found.push({
      key: 'container-concurrency-target-default',
      message: `${target} at ${percentage} percent aims at ${aim} requests a pod: at least 0.01 are needed, raise either`,
    });
  }
  if (initial === 0 && goBool(textOf('allow-zero-initial-scale') ?? '') !== true) {
    found.push({
      key: 'initial-scale',
      message: '0 needs allow-zero-initial-scale to be "true": set that, or write 1 or more',
    });
  }
  if (limit > 0 && (max === 0 || max > limit)) {
    const what = max === 0 ? '0, which is no limit,' : String(max);
    found.push({
      key: 'max-scale',
      message: `${what} is over max-scale-limit, ${limit}: write a number from 1 to ${limit}, or raise that`,
    });
  }
  if (max > 0 && min > max) {
    found.push({ key: 'min-scale', message: `${min} is more than max-scale, ${max}: lower it, or raise that` });
  }
  return found;
}

function defaultsRules(textOf: TextOf): Contradiction[] {
  const timeout = intOf(textOf, 'revision-timeout-seconds', 300);
  const requests = intOf(textOf, 'container-concurrency', 0);
  const most = intOf(textOf, 'container-concurrency-max-limit', 1000);
  const longest = intOf(textOf, 'max-revision-timeout-seconds', 600);
  const found: Contradiction[] = [];
  if (timeout > longest) {
    found.push({
      key: 'revision-timeout-seconds',
      message: `${timeout} is more than max-revision-timeout-seconds, ${longest}: lower it, or raise that`,
    });
  }
  for (const key of ['revision-response-start-timeout-seconds', 'revision-idle-timeout-seconds']) {
    const seconds = intOf(textOf, key, 0);
    if (seconds <= 0 || seconds <= timeout) continue;
    found.push({
      key,
      message: `${seconds} is more than revision-timeout-seconds, ${timeout}: lower it, or raise that`,
    });
  }
  if (requests > most) {
    found.push({
      key: 'container-concurrency',
      message: `${requests} is more than container-concurrency-max-limit, ${most}: lower it, or raise that`,
    });
  }
  return found;
}

function gcRules(textOf: TextOf): Contradiction[] {
  const min = intOf(textOf, 'min-non-active-revisions', 20);
  const text = textOf('max-non-active-revisions')?.trim() ?? '';
  const max = text.toLowerCase() === 'disabled' ? Infinity : (goInteger(text) ?? 1000);
  if (min <= max) return [];
  const message = `${min} is more than max-non-active-revisions, ${max}: lower it, or raise that`;
  return [{ key: 'min-non-active-revisions', message }];
}

function observabilityRules(textOf: TextOf): Contradiction[] {
  const found = ['metrics', 'request-metrics', 'tracing'].flatMap((what): Contradiction[] => {
    const protocol = textOf(`${what}-protocol`)?.trim() ?? 'none';
    const key = `${what}-endpoint`;
    const endpoint = textOf(key)?.trim() ?? '';
    if ((protocol === 'grpc' || protocol === 'http/protobuf') && endpoint === '') {
      return [{ key, message: `is missing, and ${what}-protocol is ${quote(protocol)}: write where to send` }];
    }
    if ((protocol === 'none' || protocol === 'stdout') && endpoint !== '') {
      return [{ key, message: `does not go with ${what}-protocol ${quote(protocol)}: set that, or leave this out` }];
    }
    return [];
  });
  const logs = goBool(textOf('logging.enable-request-log') ?? '') === true;
  if (logs && textOf('logging.request-log-template')?.trim() === '') {
    found.push({
      key: 'logging.request-log-template',
      message: 'is empty, and logging.enable-request-log is "true": write a template, or leave this out',
    });
  }
  return found;
}
