import type { KnativeServiceProps } from './knative-service';
import { manifestWith, mistakesWith, saying } from './testing/platform';

test('sidecars and init containers stand beside the serving container', () => {
  const { containers, initContainers } = manifestWith({
    port: { number: 8080 },
    sidecars: [{ name: 'side', image: 'side:1', args: ['x'] }],
    initContainers: [{ name: 'init', image: 'init:1' }],
  }).spec.template.spec;
  expect(containers).toEqual([
    { image: 'docker.io/library/hello:1', ports: [{ containerPort: 8080 }] },
    { name: 'side', image: 'side:1', args: ['x'] },
  ]);
  expect(initContainers).toEqual([{ name: 'init', image: 'init:1' }]);
});

test('containers without a name are left to Serving, which names them', () => {
  const { containers, initContainers } = manifestWith(
    {
      port: { number: 8080 },
      sidecars: [{ image: 'side:1' }, { image: 'more:1' }],
      initContainers: [{ image: 'init:1' }],
    },
    { settings: { features: { kubernetesPodspecInitContainers: 'enabled' } } },
  ).spec.template.spec;
  expect(containers.slice(1)).toEqual([{ image: 'side:1' }, { image: 'more:1' }]);
  expect(initContainers).toEqual([{ image: 'init:1' }]);
});

const sidecar = { name: 'side', image: 'side:1' };
const port = { number: 8080 };

it.each([
  [{ image: 'hello world' }, /^image: "hello world" has the repository "hello world": use lower case/],
  [{ image: 1 as unknown as string }, 'image: a number is not a text: put it in quotes'],
  [
    { image: undefined as unknown as string },
    'image: is missing: name one, for example "registry.example.com/shop:1.0"',
  ],
  [{ args: ['-p', 8080 as unknown as string] }, 'args[1]: a number is not a text: put it in quotes'],
  [{ image: '' }, /^image: is missing: name one/],
  [{ image: 'Hello' }, /^image: "Hello" has the repository "Hello": use lower case/],
  [{ image: 'MyOrg/shop:1' }, /^image: "MyOrg\/shop:1" has the repository "MyOrg\/shop": use lower case/],
  [
    { image: 'registry.example.com/x:1' },
    'image: "registry.example.com/x:1" has the repository "x", of length 1: Serving takes 2 to 255 characters',
  ],
  [{ imagePullPolicy: 'always' as 'Always' }, 'imagePullPolicy: "always" is none of "Always", "IfNotPresent", "Never"'],
  [{ terminationMessagePolicy: 'Logs' as 'File' }, /^terminationMessagePolicy: "Logs" is none of "File", "Fallback/],
  [{ containerName: 'user_container' }, /^containerName: "user_container" is not a DNS label/],
  [{ containerName: 'queue-proxy' }, `containerName: "queue-proxy" is Serving's own container: choose another`],
  [{ port, sidecars: [{ ...sidecar, image: 'a b' }] }, /^sidecars\[0\]\.image: "a b" has the repository "a b"/],
  [{ port, sidecars: [{ ...sidecar, name: 'Side' }] }, /^sidecars\[0\]\.name: "Side" is not a DNS label/],
  [{ port, sidecars: [sidecar, sidecar] }, 'sidecars[1].name: "side" is sidecars[0].name already: choose another'],
  [
    { port, containerName: 'side', sidecars: [sidecar] },
    'sidecars[0].name: "side" is containerName already: choose another',
  ],
  [
    { sidecars: [sidecar] },
    'port: is missing: of several containers, the one that takes the requests needs a port, and no other has one',
  ],
  [{ initContainers: [] }, /^initContainers: needs the flag kubernetes\.podspec-init-containers of config-features/],
  [
    { initContainers: [sidecar] },
    /^initContainers: needs the flag kubernetes\.podspec-init-containers of config-features/,
  ],
] satisfies [Partial<KnativeServiceProps>, string | RegExp][])('%j is refused', (props, message) => {
  expect(mistakesWith(props)).toEqual([saying(message)]);
});

test('several containers may be switched off', () => {
  const settings = { features: { multiContainer: 'disabled' } } as const;
  expect(mistakesWith({ port, sidecars: [sidecar] }, { settings })).toEqual([
    expect.stringMatching(/^sidecars: needs the flag multi-container of config-features/),
  ]);
});
