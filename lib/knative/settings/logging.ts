import type { Setting, SettingsTable } from './setting';
import { oneOf, settingsOf } from './setting';
import type { LogLevel, ZapLoggerConfig } from './zap-logger-config';
import { LOG_LEVELS, ZAP_LOGGER_CONFIG, zapLoggerProblem } from './zap-logger-config';

/**
 * `config-logging`: what Serving's pods log. A component takes a new level at once, a queue proxy with its next pod.
 * Source: Knative Serving 1.23.0, and `logging/config.go` of knative.dev/pkg at 521cb33b33dd.
 */
export interface LoggingSettings {
  /**
   * The logger of all components.
   *
   * @default - see each of its props
   */
  readonly zapLoggerConfig?: ZapLoggerConfig;

  /** @default - the level of zapLoggerConfig */
  readonly loglevelController?: LogLevel;

  /** @default - the level of zapLoggerConfig */
  readonly loglevelAutoscaler?: LogLevel;

  /** @default - the level of zapLoggerConfig */
  readonly loglevelQueueproxy?: LogLevel;

  /** @default - the level of zapLoggerConfig */
  readonly loglevelWebhook?: LogLevel;

  /** @default - the level of zapLoggerConfig */
  readonly loglevelActivator?: LogLevel;

  /** @default - the level of zapLoggerConfig */
  readonly loglevelHpaautoscaler?: LogLevel;

  /** @default - the level of zapLoggerConfig */
  readonly loglevelNetIstioController?: LogLevel;

  /** @default - the level of zapLoggerConfig */
  readonly loglevelNetContourController?: LogLevel;

  /** @default - the level of zapLoggerConfig */
  readonly loglevelNetKourierController?: LogLevel;

  /** @default - the level of zapLoggerConfig */
  readonly loglevelNetGatewayApiController?: LogLevel;
}

const zapLogger = {
  key: 'zap-logger-config',
  default: undefined,
  write: (config: ZapLoggerConfig) => JSON.stringify(config, undefined, 2),
  problem: zapLoggerProblem,
  props: ZAP_LOGGER_CONFIG,
} as const satisfies Setting<ZapLoggerConfig, undefined>;
const level = (component: string) => oneOf(`loglevel.${component}`, LOG_LEVELS);

/** How each setting is written. */
export const LOGGING = {
  zapLoggerConfig: zapLogger,
  loglevelController: level('controller'),
  loglevelAutoscaler: level('autoscaler'),
  loglevelQueueproxy: level('queueproxy'),
  loglevelWebhook: level('webhook'),
  loglevelActivator: level('activator'),
  loglevelHpaautoscaler: level('hpaautoscaler'),
  loglevelNetIstioController: level('net-istio-controller'),
  loglevelNetContourController: level('net-contour-controller'),
  loglevelNetKourierController: level('net-kourier-controller'),
  loglevelNetGatewayApiController: level('net-gateway-api-controller'),
} as const satisfies SettingsTable<LoggingSettings>;

export const loggingSettings = settingsOf<LoggingSettings, typeof LOGGING>(LOGGING);
