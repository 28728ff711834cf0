import type { ZapLoggerConfig } from './zap-logger-config';
import { zapLoggerProblem } from './zap-logger-config';

it.each<[ZapLoggerConfig, string | undefined]>([
  [{ encoding: 'text' as 'json' }, '.encoding: "text" is none of "json", "console"'],
  [{ sampling: { initial: 0, thereafter: 1 } }, '.sampling.initial: 0 is not a whole number of at least 1'],
  [{ sampling: { initial: 1, thereafter: 0.5 } }, '.sampling.thereafter: 0.5 is not a whole number of at least 1'],
  [{ outputPaths: [''] }, '.outputPaths: "" is not a path: write "stdout", "stderr" or the path of a file'],
  [{ errorOutputPaths: [''] }, '.errorOutputPaths: "" is not a path: write "stdout", "stderr" or the path of a file'],
  [
    { encoderConfig: { timeEncoder: 'ISO' as 'iso8601' } },
    '.encoderConfig.timeEncoder: "ISO" is none of "rfc3339nano", "rfc3339", "iso8601", "millis", "nanos", "epoch"',
  ],
  [
    { encoderConfig: { callerEncoder: 'long' as 'full' } },
    '.encoderConfig.callerEncoder: "long" is none of "short", "full"',
  ],
  [{ level: 'debug', encoding: 'console', encoderConfig: { levelEncoder: 'color' } }, undefined],
])('of %j', (config, problem) => {
  expect(zapLoggerProblem(config)).toBe(problem);
});
