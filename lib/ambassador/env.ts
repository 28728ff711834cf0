import type { Construct } from 'constructs';
import type { EnvVar } from '../../imports/kubernetes';
import { addMistake } from '../objects/mistakes';
import { envVarNameProblem } from '../syntax/env-var-name';
import { quote } from '../syntax/quote';
import { wordProblem } from '../syntax/word';

/** What Emissary's own processes write to the log. */
export type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'trace'] as const;

const field = (fieldPath: string): Pick<EnvVar, 'valueFrom'> => ({ valueFrom: { fieldRef: { fieldPath } } });

const OWN: readonly EnvVar[] = [
  { name: 'HOST_IP', ...field('status.hostIP') },
  { name: 'AMBASSADOR_NAMESPACE', ...field('metadata.namespace') },
  { name: 'AMBASSADOR_KNATIVE_SUPPORT', value: 'true' },
  // Port 8005 shows the whole configuration to whoever asks: for debugging.
  { name: 'AMBASSADOR_DISABLE_SNAPSHOT_SERVER', value: 'true' },
];

/** Variables that the platform decides, and why or by which prop. */
const REFUSED = new Map([
  ...OWN.map(({ name }): [string, string] => [name, 'the platform sets it itself: leave it out']),
  ['AES_LOG_LEVEL', 'set the prop logLevel instead'],
  [
    'AMBASSADOR_ID',
    'the platform gives its Listeners and Hosts no ambassador_id, so they would not be read: leave it out',
  ],
  ['AMBASSADOR_SINGLE_NAMESPACE', 'services of other namespaces would not be served: leave it out'],
]);

/** The environment of the container. What is wrong with a variable is recorded on the construct. */
export function environment(
  construct: Construct,
  env: Readonly<Record<string, string>>,
  logLevel: LogLevel | undefined,
): EnvVar[] {
  for (const name of Object.keys(env)) {
    const refused = REFUSED.get(name);
    const problem = refused === undefined ? envVarNameProblem(name) : `${quote(name)} is refused: ${refused}`;
    if (problem !== undefined) addMistake(construct, `env: ${problem}`);
  }
  const levelProblem = logLevel === undefined ? undefined : wordProblem(logLevel, LOG_LEVELS);
  if (levelProblem !== undefined) addMistake(construct, `logLevel: ${levelProblem}`);
  return [
    ...OWN,
    ...(logLevel === undefined ? [] : [{ name: 'AES_LOG_LEVEL', value: logLevel }]),
    ...Object.entries(env).map(([name, value]) => ({ name, value })),
  ];
}
