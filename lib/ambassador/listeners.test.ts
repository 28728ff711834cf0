import { App } from 'cdk8s';
import type { ListenerSpec } from '../../imports/getambassador.io';
import { collectObjects } from '../objects/collect';
import { Phase } from '../objects/phase';
import { addListeners } from './listeners';

test.each([true, false])("with TLS %p, nobody else's Host opens a Listener", (tls) => {
  const phase = new Phase(new App(), 'networking');
  addListeners(phase, { tls });
  for (const { manifest } of collectObjects(phase)) {
    expect((manifest.spec as unknown as ListenerSpec).hostBinding.namespace).toEqual({ from: 'SELF' });
  }
});
