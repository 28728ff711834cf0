import { mtlsOf, mtlsProblem } from './mtls';
import type { NamespaceMtls } from './mtls';

const asked = (props: Partial<NamespaceMtls>): NamespaceMtls => ({
  name: 'web',
  inject: 'enabled',
  own: undefined,
  platform: 'permissive',
  ...props,
});

test.each<[Partial<NamespaceMtls>, string]>([
  [{}, 'permissive'],
  [{ platform: 'required' }, 'required'],
  [{ platform: 'required', own: 'permissive' }, 'permissive'],
  [{ own: 'required' }, 'required'],
  [{ own: 'required', inject: 'ingress' }, 'required'],
  [{ platform: 'required', inject: 'disabled' }, 'permissive'],
  [{ platform: 'required', name: 'kube-system' }, 'permissive'],
])('%j makes it %s', (props, mtls) => {
  expect(mtlsOf(asked(props))).toBe(mtls);
});

test.each<[Partial<NamespaceMtls>, string | undefined]>([
  [{ own: 'required' }, undefined],
  [{ own: 'permissive', inject: 'disabled' }, undefined],
  // The platform's choice is for those that can follow it.
  [{ platform: 'required', inject: 'disabled' }, undefined],
  [
    { own: 'required', inject: 'disabled' },
    '"required" is enforced by nothing where pods have no proxy: leave mtls out, or inject: "disabled"',
  ],
  [
    { own: 'required', name: 'kube-system' },
    '"required" is enforced by nothing in kube-system, which Linkerd never meshes: leave mtls out',
  ],
])('of %j is said: %s', (props, problem) => {
  expect(mtlsProblem(asked(props))).toBe(problem);
});
