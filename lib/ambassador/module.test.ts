import { App } from 'cdk8s';
import type { ModuleSpec } from '../../imports/getambassador.io';
import { collectObjects } from '../objects/collect';
import { Phase } from '../objects/phase';
import { addModule } from './module';

const phase = new Phase(new App(), 'networking');
addModule(phase);
const { config } = collectObjects(phase)[0]?.manifest.spec as unknown as ModuleSpec;

test('nothing of its own is served on virtual hosts', () => {
  expect([config.diagnostics, config.readiness_probe, config.liveness_probe]).toEqual(
    Array(3).fill({ enabled: false }),
  );
});

test('a client cannot ask for a revision by the headers with which Serving does', () => {
  expect(config.defaults?.httpmapping?.remove_request_headers).toEqual([
    'Knative-Serving-Revision',
    'Knative-Serving-Namespace',
  ]);
});

test('a Host header with the port of the Listener is served too', () => {
  expect(config.strip_matching_host_port).toBe(true);
});
