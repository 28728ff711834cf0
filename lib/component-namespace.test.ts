import { App } from 'cdk8s';
import { addComponentNamespace, componentNamespaceProps } from './component-namespace';
import type { NamespaceProps } from './namespaces';
import { Namespaces } from './namespaces';
import { warningsOf } from './objects/mistakes';

const OWN: NamespaceProps = {
  podSecurity: 'privileged',
  proxy: { cpuRequest: '100m', logLevel: 'info' },
  labels: { part: 'serving' },
};

test('what the user says is laid over what the component says', () => {
  const given: Required<NamespaceProps> = {
    inject: 'ingress',
    mtls: 'required',
    podSecurity: 'restricted',
    proxy: { logLevel: 'debug' },
    labels: { team: 'blue' },
    annotations: { owner: 'blue@example.com' },
  };
  expect(componentNamespaceProps(OWN, given)).toEqual({
    ...given,
    proxy: { cpuRequest: '100m', logLevel: 'debug' },
    labels: { part: 'serving', team: 'blue' },
  });
});

test('what the user does not say is as the component has it', () => {
  expect(componentNamespaceProps(OWN)).toMatchObject(OWN);
  expect(componentNamespaceProps(OWN, { mtls: 'required' })).toMatchObject({ ...OWN, mtls: 'required' });
});

test.each<[NamespaceProps, string[]]>([
  [{}, []],
  [{ inject: 'ingress' }, []],
  [
    { inject: 'disabled' },
    [
      'inject: "disabled" leaves the pods of the platform here without mTLS, and namespaces that require it refuse them: leave it out',
    ],
  ],
])('%j warns: %j', (props, warnings) => {
  const namespaces = new Namespaces(new App());
  expect(addComponentNamespace(namespaces, 'knative-serving', props)).toBe(namespaces.find('knative-serving'));
  expect(warningsOf(namespaces).map(({ message }) => message)).toEqual(warnings);
});
