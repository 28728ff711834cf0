import { VALUE, knownProps } from '../../objects/known-props';
import { wholeNumberProblem } from '../../syntax/whole-number';
import { wordProblem } from '../../syntax/word';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'dpanic', 'panic', 'fatal'] as const;

/** How much is logged: a level, and all that is worse. */
export type LogLevel = (typeof LOG_LEVELS)[number];

const ENCODERS = {
  levelEncoder: ['lowercase', 'capital', 'color', 'capitalColor'],
  timeEncoder: ['rfc3339nano', 'rfc3339', 'iso8601', 'millis', 'nanos', 'epoch'],
  durationEncoder: ['string', 'nanos', 'ms', 'seconds'],
  callerEncoder: ['short', 'full'],
  nameEncoder: ['full'],
} as const;

/** How the fields of a line of the log are named and written. A name of `''` leaves a field out. */
export interface ZapEncoderConfig {
  /** @default 'message' */
  readonly messageKey?: string;

  /** @default 'severity' */
  readonly levelKey?: string;

  /** @default 'timestamp' */
  readonly timeKey?: string;

  /** @default 'logger' */
  readonly nameKey?: string;

  /** @default 'caller' */
  readonly callerKey?: string;

  /** @default '' */
  readonly functionKey?: string;

  /** @default 'stacktrace' */
  readonly stacktraceKey?: string;

  /**
   * Whether lines have no end.
   *
   * @default false
   */
  readonly skipLineEnding?: boolean;

  /** @default '\n' */
  readonly lineEnding?: string;

  /** @default - the words of Google Cloud: DEBUG, INFO, WARNING, ERROR, CRITICAL, ALERT, EMERGENCY */
  readonly levelEncoder?: (typeof ENCODERS.levelEncoder)[number];

  /** @default 'rfc3339nano' */
  readonly timeEncoder?: (typeof ENCODERS.timeEncoder)[number];

  /** @default 'string' */
  readonly durationEncoder?: (typeof ENCODERS.durationEncoder)[number];

  /** @default 'short' */
  readonly callerEncoder?: (typeof ENCODERS.callerEncoder)[number];

  /** @default 'full' */
  readonly nameEncoder?: (typeof ENCODERS.nameEncoder)[number];

  /**
   * What stands between the fields of a line with the encoding `console`.
   *
   * @default '\t'
   */
  readonly consoleSeparator?: string;
}

/** Of the lines of one level and one text in a second, the first `initial` are logged, and then one in `thereafter`. */
export interface ZapSampling {
  /** At least 1. */
  readonly initial: number;

  /** At least 1. */
  readonly thereafter: number;
}

/**
 * Knative's logger, zap. Source: zap 1.28, `config.go` and `zapcore/encoder.go`; the defaults are those of knative.dev/pkg at 521cb33b33dd,
 * `logging/config.go`, which takes them for whatever is not given.
 */
export interface ZapLoggerConfig {
  /**
   * The level of components that have none of their own.
   *
   * @default 'info'
   */
  readonly level?: LogLevel;

  /**
   * Whether warnings have stack traces, and `dpanic` panics.
   *
   * @default false
   */
  readonly development?: boolean;

  /**
   * Whether lines do not name the file and line that wrote them.
   *
   * @default false
   */
  readonly disableCaller?: boolean;

  /**
   * Whether lines have no stack traces.
   *
   * @default false
   */
  readonly disableStacktrace?: boolean;

  /** @default { initial: 100, thereafter: 100 } */
  readonly sampling?: ZapSampling;

  /**
   * Lines of JSON, or lines for people.
   *
   * @default 'json'
   */
  readonly encoding?: 'json' | 'console';

  /** @default - see each */
  readonly encoderConfig?: ZapEncoderConfig;

  /**
   * Where lines go: `stdout`, `stderr`, or a file's path.
   *
   * @default ['stderr']
   */
  readonly outputPaths?: readonly string[];

  /**
   * Where the logger's own errors go.
   *
   * @default ['stderr']
   */
  readonly errorOutputPaths?: readonly string[];

  /**
   * Fields that every line has.
   *
   * @default - none
   */
  readonly initialFields?: Readonly<Record<string, string | number | boolean>>;
}

/** The props of {@link ZapLoggerConfig}. */
export const ZAP_LOGGER_CONFIG = knownProps<ZapLoggerConfig>({
  level: VALUE,
  development: VALUE,
  disableCaller: VALUE,
  disableStacktrace: VALUE,
  sampling: knownProps<ZapSampling>({ initial: VALUE, thereafter: VALUE }),
  encoding: VALUE,
  encoderConfig: knownProps<ZapEncoderConfig>({
    messageKey: VALUE,
    levelKey: VALUE,
    timeKey: VALUE,
    nameKey: VALUE,
    callerKey: VALUE,
    functionKey: VALUE,
    stacktraceKey: VALUE,
    skipLineEnding: VALUE,
    lineEnding: VALUE,
    levelEncoder: VALUE,
    timeEncoder: VALUE,
    durationEncoder: VALUE,
    callerEncoder: VALUE,
    nameEncoder: VALUE,
    consoleSeparator: VALUE,
  }),
  outputPaths: VALUE,
  errorOutputPaths: VALUE,
  initialFields: VALUE,
});

/** What is wrong with a logger's configuration, after the path of the prop. `undefined` if nothing is. Serving would log as if there were none. */
export function zapLoggerProblem(config: ZapLoggerConfig): string | undefined {
  const { level, encoding, encoderConfig = {}, sampling, outputPaths = [], errorOutputPaths = [] } = config;
  const problems: Record<string, string | undefined> = {
    level: level === undefined ? undefined : wordProblem(level, LOG_LEVELS),
    encoding: encoding === undefined ? undefined : wordProblem(encoding, ['json', 'console']),
    'sampling.initial': sampling && wholeNumberProblem(sampling.initial, 1),
    'sampling.thereafter': sampling && wholeNumberProblem(sampling.thereafter, 1),
    outputPaths: pathsProblem(outputPaths),
    errorOutputPaths: pathsProblem(errorOutputPaths),
  };
  for (const [encoder, words] of Object.entries(ENCODERS)) {
    const word = encoderConfig[encoder as keyof typeof ENCODERS];
    problems[`encoderConfig.${encoder}`] = word === undefined ? undefined : wordProblem(word, words);
  }
  const [wrong] = Object.entries(problems).filter(([, problem]) => problem !== undefined);
  return wrong && `.${wrong[0]}: ${wrong[1] ?? ''}`;
}

function pathsProblem(paths: readonly string[]): string | undefined {
  return paths.includes('') ? '"" is not a path: write "stdout", "stderr" or the path of a file' : undefined;
}
