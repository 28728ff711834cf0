import type { IConstruct } from 'constructs';
import { propProblem } from '../syntax/word';
import { addMistake } from './mistakes';

// Programs run without their types being checked, and a prop that nobody reads is dropped in silence. These tables say at run time which props
// there are. The compiler holds them to the types: a prop that is not in its table, or one more, does not compile.

/** A value without props: a text, a number, or a list or a mapping of them. */
export const VALUE = { kind: 'value' } as const;

/** A value whose props somebody else knows: a construct, a choice that is made by a function, or a part of an object that `check` looks into. */
export const KNOWN_ELSEWHERE = { kind: 'known elsewhere' } as const;

/** The props of a type. */
export interface KnownProps<Props> {
  readonly kind: 'props';
  readonly props: PropsTable<Props>;
}

/** A list of what has props. */
export interface KnownList<Item> {
  readonly kind: 'list';
  readonly of: KnownProps<Item>;
}

/** A mapping, of any key, of what has props. */
export interface KnownMap<Item> {
  readonly kind: 'map';
  readonly of: KnownProps<Item>;
}

/** What is known of each prop. */
export type PropsTable<Props> = { readonly [Prop in keyof Required<Props>]: Known<Props[Prop]> };

type ObjectsIn<Value> = Extract<Value, object>;
type IsPlain<Value> = [ObjectsIn<Value>] extends [never] ? true : false;

/** What must be known of a prop: of one that may hold an object, the props of that. */
export type Known<Value> =
  IsPlain<Value> extends true
    ? typeof VALUE
    : [ObjectsIn<Value>] extends [readonly (infer Item)[]]
      ? IsPlain<Item> extends true
        ? typeof VALUE
        : KnownList<ObjectsIn<Item>> | typeof KNOWN_ELSEWHERE
      : string extends keyof ObjectsIn<Value>
        ? IsPlain<ObjectsIn<Value>[keyof ObjectsIn<Value>]> extends true
          ? typeof VALUE
          : KnownMap<ObjectsIn<ObjectsIn<Value>[keyof ObjectsIn<Value>]>> | typeof KNOWN_ELSEWHERE
        : KnownProps<ObjectsIn<Value>> | typeof KNOWN_ELSEWHERE;

/** What is known of a value at run time. */
export interface AnyKnown {
  readonly kind: 'value' | 'known elsewhere' | 'props' | 'list' | 'map';

  /** By the name of each. */
  readonly props?: object;
  readonly of?: AnyKnown;
}

/** The props of a type, each with what is known of its value. */
export function knownProps<Props>(props: PropsTable<Props>): KnownProps<Props> {
  return { kind: 'props', props };
}

export const listOf = <Item>(of: KnownProps<Item>): KnownList<Item> => ({ kind: 'list', of });
export const mapOf = <Item>(of: KnownProps<Item>): KnownMap<Item> => ({ kind: 'map', of });

/** Records each prop that is given and that nobody reads, under the props around it. One without a value says nothing. */
export function refuseUnknownProps(construct: IConstruct, given: unknown, known: AnyKnown): void {
  for (const mistake of unknownProps(given, known)) addMistake(construct, mistake);
}

/** What is said of props that nobody reads. */
export function unknownProps(given: unknown, known: AnyKnown, path = ''): string[] {
  if (known.kind === 'value' || known.kind === 'known elsewhere' || typeof given !== 'object' || given === null) {
    return [];
  }
  const { of } = known;
  const props = known.props as Readonly<Record<string, AnyKnown>> | undefined;
  if (known.kind === 'list') {
    if (!Array.isArray(given) || of === undefined) return [];
    return given.flatMap((item, index) => unknownProps(item, of, `${path}[${index}]`));
  }
  // What is made by a class, a construct or a Lazy, is more than its props.
  if (!isPlainObject(given)) return [];
  const found: string[] = [];
  for (const [key, value] of Object.entries(given)) {
    const prop = path === '' ? key : `${path}.${key}`;
    const inside = props === undefined ? of : Object.hasOwn(props, key) ? props[key] : undefined;
    if (inside !== undefined) {
      if (inside.kind !== 'value') found.push(...unknownProps(value, inside, prop));
    } else if (value !== undefined) {
      found.push(`${prop}: ${propProblem(key, Object.keys(props ?? {})) ?? ''}`);
    }
  }
  return found;
}

/** Of whatever realm. */
function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
