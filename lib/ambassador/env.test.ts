import { App } from 'cdk8s';
import * as fc from 'fast-check';
import { mistakesOf } from '../objects/mistakes';
import { environment } from './env';

test('further variables come behind the own ones', () => {
  const names = environment(new App(), { AMBASSADOR_DRAIN_TIME: '60' }, 'warn').map(({ name }) => name);
  expect(names.slice(-2)).toEqual(['AES_LOG_LEVEL', 'AMBASSADOR_DRAIN_TIME']);
});

test('names that are those of every object in JavaScript are taken as any other', () => {
  const app = new App();
  expect(environment(app, { constructor: 'x' }, undefined).at(-1)).toEqual({ name: 'constructor', value: 'x' });
  expect(mistakesOf(app)).toEqual([]);
});

test('the port that shows the whole configuration is closed', () => {
  expect(environment(new App(), {}, undefined)).toContainEqual({
    name: 'AMBASSADOR_DISABLE_SNAPSHOT_SERVER',
    value: 'true',
  });
});

test.each([
  ['HOST_IP', 'env: "HOST_IP" is refused: the platform sets it itself: leave it out'],
  ['AES_LOG_LEVEL', 'env: "AES_LOG_LEVEL" is refused: set the prop logLevel instead'],
  [
    'AMBASSADOR_ID',
    'env: "AMBASSADOR_ID" is refused: the platform gives its Listeners and Hosts no ambassador_id, so they would not be read: leave it out',
  ],
  [
    'AMBASSADOR_SINGLE_NAMESPACE',
    'env: "AMBASSADOR_SINGLE_NAMESPACE" is refused: services of other namespaces would not be served: leave it out',
  ],
  ['A=B', `env: "A=B" is not the name of an environment variable: use printable ASCII characters other than '='`],
])('%s is refused', (name, message) => {
  const app = new App();
  environment(app, { [name]: 'x' }, undefined);
  expect(mistakesOf(app).map((mistake) => mistake.message)).toEqual([message]);
});

test('a level that is none is refused', () => {
  const app = new App();
  environment(app, {}, 'verbose' as 'debug');
  expect(mistakesOf(app).map(({ message }) => message)).toEqual([
    'logLevel: "verbose" is none of "error", "warn", "info", "debug", "trace"',
  ]);
});

test('no name is there twice, whatever is added', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (env) => {
      const app = new App();
      const names = environment(app, env, 'info').map(({ name }) => name);
      expect(new Set(names).size === names.length || mistakesOf(app).length > 0).toBe(true);
    }),
  );
});
