import { toYaml } from '../../render/yaml';
import type { AnyKnown, Known } from '../../objects/known-props';
import { VALUE } from '../../objects/known-props';
import type { Json } from '../../objects/manifest';
import type { GoDuration } from '../../syntax/go-duration';
import { goDurationProblem, goDurationSeconds } from '../../syntax/go-duration';
import type { Quantity } from '../../syntax/quantity';
import { quantityProblem } from '../../syntax/quantity';
import { quote } from '../../syntax/quote';
import { wholeNumberProblem } from '../../syntax/whole-number';
import { wordProblem } from '../../syntax/word';
import { goTemplateProblem } from '../../syntax/go-template';

/** How one setting stands in its ConfigMap. */
export interface Setting<Value, Default = Value | undefined> {
  /** The key in the ConfigMap. */
  readonly key: string;

  /** What Serving takes where the key is not set; `undefined` where that is no value of its own. */
  readonly default: Default;

  /** The text under the key. */
  readonly write: (value: Value) => string;

  /** What is wrong with a value; with a prop in it, after the path of that: `.level: …`. `undefined` if nothing is. */
  readonly problem: (value: Value) => string | undefined;

  /** @default - the value has no props of its own */
  readonly props?: AnyKnown;
}

/** A setting for each prop: a prop without one does not compile. */
export type SettingsTable<Settings> = {
  readonly [Prop in keyof Required<Settings>]: Setting<Required<Settings>[Prop]> & WithProps<Required<Settings>[Prop]>;
};

/** What is known of a value that has props of its own. */
type WithProps<Value> = Known<Value> extends typeof VALUE ? unknown : { readonly props: Known<Value> };

type AnyTable = Readonly<Record<string, Setting<never, unknown>>>;

/** The settings of a table as Serving sees them: what is not given has its default. */
export type WithDefaults<Table extends AnyTable> = {
  readonly [Prop in keyof Table]: undefined extends Table[Prop]['default']
    ? Parameters<Table[Prop]['write']>[0] | undefined
    : Parameters<Table[Prop]['write']>[0];
};

/** How the settings of one ConfigMap become its data, and what is wrong with them, each with its prop in front. */
export interface ConfigMapSettings<Settings> {
  /**
   * How each setting is written, by its prop.
   *
   * @default - the props are the keys
   */
  readonly table?: Readonly<Record<string, Setting<never, unknown>>>;

  /** The props that there are. */
  readonly props: AnyKnown;
  readonly data: (settings: Settings) => Record<string, string>;
  readonly problems: (settings: Settings) => string[];
}

/**
 * The settings of a ConfigMap by a table of its keys.
 *
 * @param rules what is wrong between several of them
 */
export function settingsOf<Settings extends object, Table extends AnyTable & SettingsTable<Settings>>(
  table: Table,
  rules: (settings: WithDefaults<Table>) => string[] = () => [],
): ConfigMapSettings<Settings> {
  const given = (settings: Settings): [string, Setting<unknown>, unknown][] =>
    Object.entries(table).flatMap(([prop, setting]): [string, Setting<unknown>, unknown][] => {
      const value = settings[prop as keyof Settings];
      return value === undefined ? [] : [[prop, setting as Setting<unknown>, value]];
    });
  const props = Object.fromEntries(Object.entries(table).map(([prop, setting]) => [prop, setting.props ?? VALUE]));
  return {
    table,
    props: { kind: 'props', props },
    data: (settings) => Object.fromEntries(given(settings).map(([, { key, write }, value]) => [key, write(value)])),
    problems: (settings) => [
      ...given(settings).flatMap(([prop, { problem }, value]) => {
        const what = problem(value);
        return what === undefined ? [] : [`${prop}${what.startsWith('.') ? '' : ': '}${what}`];
      }),
      ...rules(withDefaults(table, settings)),
    ],
  };
}

/** Settings with the defaults of a table where nothing is given. */
export function withDefaults<Table extends AnyTable>(table: Table, settings: object): WithDefaults<Table> {
  const defaults = Object.entries(table).map(([prop, setting]) => [prop, setting.default]);
  return { ...Object.fromEntries(defaults), ...settings } as WithDefaults<Table>;
}

interface TextOptions<Value, Default> {
  readonly default?: Default;

  /** @default - any text that is not empty */
  readonly problem?: (value: Value) => string | undefined;
}

/** A text in one line. */
export function text<Value extends string = string, Default extends Value | undefined = undefined>(
  key: string,
  options: TextOptions<Value, Default> = {},
): Setting<Value, Default> {
  return { key, default: options.default as Default, write: String, problem: options.problem ?? lineProblem };
}

/** A template of Go. */
export function template<Default extends string | undefined = undefined>(
  key: string,
  options: TextOptions<string, Default> = {},
): Setting<string, Default> {
  return text(key, { problem: goTemplateProblem, ...options });
}

/** A Kubernetes quantity. */
export function quantity<Default extends Quantity | undefined = undefined>(
  key: string,
  defaultQuantity?: Default,
): Setting<Quantity, Default> {
  return text(key, { default: defaultQuantity as Default, problem: quantityProblem });
}

/** One of some words. Serving itself takes no notice of most misspelt ones. */
export function oneOf<const Word extends string, Default extends Word | undefined = undefined>(
  key: string,
  words: readonly Word[],
  defaultWord?: Default,
): Setting<Word, Default> {
  return {
    key,
    default: defaultWord as Default,
    write: String,
    problem: (value) => wordProblem(value, words),
  };
}

/** `true` or `false`. */
export function flag<Default extends boolean>(key: string, defaultFlag: Default): Setting<boolean, Default> {
  return {
    key,
    default: defaultFlag,
    write: String,
    problem: (value) => (typeof value === 'boolean' ? undefined : `${quote(value)} is neither true nor false`),
  };
}

/** A whole number from `min` to `max`. */
export function wholeNumber<Default extends number | undefined = undefined>(
  key: string,
  { min, max, default: number }: { readonly min: number; readonly max?: number; readonly default?: Default },
): Setting<number, Default> {
  return {
    key,
    default: number as Default,
    write: String,
    problem: (value) => wholeNumberProblem(value, min, max),
  };
}

/** A number for which a condition holds. */
export function decimal<Default extends number>(
  key: string,
  options: { readonly default: Default; readonly range: string; readonly holds: (value: number) => boolean },
): Setting<number, Default> {
  return {
    key,
    default: options.default,
    write: String,
    problem: (value) =>
      Number.isFinite(value) && options.holds(value) ? undefined : `${value} is not ${options.range}`,
  };
}

interface DurationOptions<Default> {
  readonly default?: Default;

  /** Seconds. */
  readonly min?: number;

  /** Seconds. */
  readonly max?: number;

  /** Whether it is more than nothing. */
  readonly positive?: boolean;
  readonly wholeSeconds?: boolean;
}

/** A duration as Go writes it. */
export function duration<Default extends GoDuration | undefined = undefined>(
  key: string,
  options: DurationOptions<Default>,
): Setting<GoDuration, Default> {
  return {
    key,
    default: options.default as Default,
    write: String,
    problem: (value) => durationProblem(value, options),
  };
}

/** What another setting takes, or a word that means something of its own. */
export function orWord<const Word extends string, Value, Default extends Value>(
  word: Word,
  setting: Setting<Value, Default>,
): Setting<Value | Word, Default> {
  return {
    ...setting,
    write: (value) => (value === word ? word : setting.write(value as Value)),
    problem: (value) => {
      const what = value === word ? undefined : setting.problem(value as Value);
      return what === undefined ? undefined : `${what}; ${quote(word)} is possible too`;
    },
  };
}

/** Texts with a comma between them. */
export function list<Item extends string, const Default extends readonly Item[] = []>(
  key: string,
  options: { readonly default?: Default; readonly problem: (item: Item) => string | undefined },
): Setting<readonly Item[], Default> {
  return {
    key,
    default: (options.default ?? []) as Default,
    write: (items) => items.join(','),
    problem: (items) => items.map(options.problem).find((what) => what !== undefined),
  };
}

/** A value that stands in the ConfigMap as YAML text. */
export function yaml<Value extends object>(
  key: string,
  problem: (value: Value) => string | undefined,
  props: Known<Value>,
): Setting<Value, undefined> & { readonly props: Known<Value> } {
  return { key, default: undefined, write: (value) => toYaml(value as Json), problem, props };
}

/** What is wrong with a text in one line. `undefined` if nothing is. */
export function lineProblem(value: string): string | undefined {
  if (value.trim() === '') return `${quote(value)} is empty: leave it out to have the default`;
  return value.includes('\n') ? `${quote(value)} has several lines: write one` : undefined;
}

/** Go counts nanoseconds in 64 bits. */
const LONGEST_SECONDS = 2 ** 63 / 1e9;

function durationProblem(
  value: string,
  { min = 0, max = Math.floor(LONGEST_SECONDS), positive = false, wholeSeconds = false }: DurationOptions<unknown>,
): string | undefined {
  const problem = goDurationProblem(value, { min, max, whole: wholeSeconds });
  if (problem !== undefined || !positive || (goDurationSeconds(value) ?? 0) >= 1e-9) return problem;
  return `${quote(value)} is too short: it must be more than 0s`;
}
