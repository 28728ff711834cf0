import type { LoggingSettings } from './logging';
import { loggingSettings } from './logging';

it.each<[LoggingSettings, string]>([
  [
    { loglevelActivator: 'warning' as 'warn' },
    'loglevelActivator: "warning" is none of "debug", "info", "warn", "error", "dpanic", "panic", "fatal"',
  ],
  [
    { zapLoggerConfig: { level: 'trace' as 'debug' } },
    'zapLoggerConfig.level: "trace" is none of "debug", "info", "warn", "error", "dpanic", "panic", "fatal"',
  ],
])('%j is refused', (settings, problem) => {
  expect(loggingSettings.problems(settings)).toEqual([problem]);
});
