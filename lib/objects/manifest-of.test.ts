import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import fc from 'fast-check';
import { manifestOf } from './manifest-of';

/** A quantity, as cdk8s's generated classes have it. */
class Union {
  constructor(readonly value: unknown) {}
}

class Other {}

const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ maxLength: 5 }),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom<unknown>(null, undefined, [], {}, NaN),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('2', '10', 'value', 'a')), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
    tie('value').map((value): unknown => Lazy.any({ produce: () => value })),
    tie('value').map((value) => ({ resolve: () => value })),
    fc.oneof(fc.integer(), fc.string(), tie('value')).map((value) => new Union(value)),
    fc.constantFrom<unknown>(new Other(), new Date(0), Object.create(null), Symbol.iterator, () => 1),
  ),
})).value;

const fields = fc.dictionary(fc.string({ maxLength: 4 }), values, { maxKeys: 4, noNullPrototype: true });
const metadata = fc.record(
  {
    name: fc.constantFrom('web', 'api'),
    namespace: fc.constantFrom('default', undefined),
    labels: fields,
    annotations: fields,
    finalizers: fc.array(fc.string(), { maxLength: 2 }),
    generation: values,
  },
  { requiredKeys: [] },
);

/** What is given back, in its order, or thrown. */
function outcome(give: () => unknown): unknown {
  try {
    return shown(give());
  } catch (error) {
    return String(error);
  }
}

const shown = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(shown)
    : typeof value === 'object' && value !== null
      ? Object.entries(value).map(([key, member]) => [key, shown(member)])
      : value;

test('is what toJson gives, whatever the object, in the same order', () => {
  fc.assert(
    fc.property(fields, metadata, (spec, given) => {
      const chart = new Chart(new App(), 'chart', { labels: { team: 'a' } });
      const props = { apiVersion: 'v1', kind: 'Thing', metadata: given as object, ...spec };
      const object = new ApiObject(chart, 'object', props);
      expect(outcome(() => manifestOf(object))).toEqual(outcome((): unknown => object.toJson()));
    }),
    { numRuns: 500 },
  );
});

const thing = (app: App): ApiObject =>
  new ApiObject(new Chart(app, 'chart'), 'object', { apiVersion: 'v1', kind: 'Thing', spec: { size: 1 } });

test('patches count', () => {
  const object = thing(new App());
  object.addJsonPatch(JsonPatch.replace('/spec/size', 2));
  expect(manifestOf(object)).toMatchObject({ spec: { size: 2 } });
});

test("an app's own resolvers count", () => {
  const object = thing(
    new App({ resolvers: [{ resolve: (context) => context.value === 1 && context.replaceValue('big') }] }),
  );
  expect(manifestOf(object)).toMatchObject({ spec: { size: 'big' } });
});

test("a class's own toJson counts, and metadata that was changed later", () => {
  class Own extends ApiObject {
    override toJson(): unknown {
      return { ...(super.toJson() as object), own: true };
    }
  }
  const chart = new Chart(new App(), 'chart');
  const object = new Own(chart, 'object', { apiVersion: 'v1', kind: 'Thing' });
  object.metadata.addLabel('late', 'yes');
  expect(manifestOf(object)).toMatchObject({ own: true, metadata: { labels: { late: 'yes' } } });
  const plain = new ApiObject(chart, 'plain', { apiVersion: 'v1', kind: 'Thing' });
  plain.metadata.addLabel('late', 'yes');
  expect(manifestOf(plain)).toMatchObject({ metadata: { labels: { late: 'yes' } } });
});
