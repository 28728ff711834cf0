import type { KnativeServiceProps } from './knative-service';
import { manifestWith, mistakesWith, saying } from './testing/platform';

test('labels and annotations go to the service, those of the template to the template', () => {
  const { metadata, spec } = manifestWith({
    labels: { team: 'a' },
    annotations: { 'example.com/owner': 'someone, somewhere' },
    templateLabels: { tier: 'front' },
    templateAnnotations: { 'serving.knative.dev/no-gc': 'true' },
  });
  expect(metadata).toEqual({
    name: 'hello',
    namespace: 'default',
    labels: { team: 'a' },
    annotations: { 'example.com/owner': 'someone, somewhere' },
  });
  expect(spec.template.metadata).toEqual({
    labels: { tier: 'front' },
    annotations: { 'linkerd.io/inject': 'enabled', 'serving.knative.dev/no-gc': 'true' },
  });
});

it.each([
  [
    { annotations: { 'serving.knative.dev/creator': 'me' } },
    'annotations.serving.knative.dev/creator: "me" is refused here: Serving sets it and refuses a change: remove it',
  ],
  [{ annotations: { 'serving.knative.dev/lastModifier': 'me' } }, /refused here: Serving sets it/],
  [{ annotations: { 'serving.knative.dev/rollout-duration': '1m' } }, /set the prop rolloutDuration instead$/],
  [{ annotations: { 'networking.knative.dev/http-protocol': 'enabled' } }, /set the prop httpProtocol instead$/],
  [
    { annotations: { 'autoscaling.knative.dev/min-scale': '1' } },
    /counts on the template alone: set the prop scale, or templateAnnotations$/,
  ],
  [{ labels: { 'networking.knative.dev/visibility': 'cluster-local' } }, /set the prop visibility instead$/],
  [{ labels: { 'serving.knative.dev/visibility': 'cluster-local' } }, /set the prop visibility instead$/],
  [
    { templateLabels: { 'networking.knative.dev/visibility': 'cluster-local' } },
    /counts on the service alone: set the prop visibility$/,
  ],
  [{ annotations: { team: 1 as unknown as string } }, 'annotations.team: a number is not a text: put it in quotes'],
  [{ labels: { team: 'a b' } }, /^labels\.team: "a b" is not the value of a label/],
  [{ labels: { 'a b': 'x' } }, /^labels\.a b: "a b" is not the key of a label/],
  [{ templateLabels: { team: '-' } }, /^templateLabels\.team: "-" is not the value of a label/],
  [{ templateAnnotations: { 'linkerd.io/inject': 'ingress' } }, /set the prop meshed instead$/],
  [{ templateAnnotations: { 'autoscaling.knative.dev/minScale': '1' } }, /set the prop scale\.min instead$/],
  [{ templateAnnotations: { 'autoscaling.knative.dev/window': '1m' } }, /set the prop scale\.window instead$/],
  [
    { templateAnnotations: { 'queue.sidecar.serving.knative.dev/cpu-resource-limit': '1' } },
    /set the prop queueProxy\.cpuLimit instead$/,
  ],
  [
    { templateAnnotations: { 'serving.knative.dev/progress-deadline': '1m' } },
    /set the prop progressDeadline instead$/,
  ],
  [
    { templateAnnotations: { 'networking.knative.dev/ingress.class': 'x' } },
    /counts on the service alone: put it into annotations$/,
  ],
] satisfies [Partial<KnativeServiceProps>, string | RegExp][])('%j is refused', (props, message) => {
  expect(mistakesWith(props)).toEqual([saying(message)]);
});

test('keys that are those of every object in JavaScript are taken as any other', () => {
  expect(mistakesWith({ annotations: { constructor: 'a' }, templateAnnotations: { toString: 'b' } })).toEqual([]);
});

test("annotations of somebody else's autoscaler are taken", () => {
  expect(mistakesWith({ templateAnnotations: { 'autoscaling.knative.dev/polling-interval': '5s' } })).toEqual([]);
});
