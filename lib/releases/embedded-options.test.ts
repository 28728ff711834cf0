import { Construct } from 'constructs';
import { App } from 'cdk8s';
import { mistakesOf } from '../objects/mistakes';
import { refuseEmbeddedOptions } from './embedded-options';

const said = { prop: 'linkerd.viz', component: 'linkerd-viz', vendored: ['replicas'] };

const mistakes = (options: object): unknown[] => {
  const construct = new Construct(new App(), 'viz');
  refuseEmbeddedOptions(construct, options, said);
  return mistakesOf(construct);
};

test('an option of the embedded release alone is refused, with the two ways out', () => {
  expect(mistakes({ logLevel: 'debug' })).toEqual([
    {
      where: 'viz',
      message:
        'linkerd.viz.logLevel: is an option of the embedded release alone: leave it out, or set releases.linkerd-viz to "embedded"',
    },
  ]);
});

test('each is, also one that is off', () => {
  expect(mistakes({ logLevel: 'debug', grafana: false })).toHaveLength(2);
});

test.each([[{}], [{ replicas: 3 }], [{ logLevel: undefined }]])('%j is taken', (options) => {
  expect(mistakes(options)).toEqual([]);
});
