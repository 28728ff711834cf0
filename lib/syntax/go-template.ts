import { quote } from './quote';

/** What a template may name. */
export interface TemplateNames {
  /** Values: `.Name`. */
  readonly fields: readonly string[];

  /**
   * Mappings of which a key can be named too: `.Labels.app`.
   *
   * @default - none
   */
  readonly maps?: readonly string[];
}

/** What stands between `{{` and `}}`. */
export interface TemplateAction {
  /** Without the marks that trim blanks, with its strings as they are. */
  readonly text: string;

  /** The blocks that it is in, from the outermost on: `if`, `range`, … */
  readonly within: readonly string[];
}

const FUNCTIONS = new Set(
  'and call html index slice js len not or print printf println urlquery eq ge gt le lt ne true false nil'.split(' '),
);
const BLOCKS = new Set(['if', 'range', 'with', 'define', 'block']);
const KEYWORDS = new Set([...BLOCKS, 'else', 'end', 'template', 'break', 'continue']);
const WITH_ARGUMENT = new Set([...BLOCKS, 'template', 'index', 'slice', 'call', 'len', 'not', 'and', 'or']);

/** An action, whose strings may have braces of their own. A mark that trims has a blank at its inner side. */
const ACTION = /\{\{(?:-(?=\s))?((?:"(?:\\.|[^"\\\n])*"|`[^`]*`|\/\*[^]*?\*\/|(?!(?:\s-)?\}\})[^"`])*)(?:\s-)?\}\}/g;
const STRING = /"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'/g;
const COMMENT = /^\/\*[^]*\*\/$/;
const WORD = /(?<![\w.$])[A-Za-z_]\w*/g;
const NUMBER = /(?<![\w.$])[0-9]\w*/g;
const VARIABLE = /\$\w+/g;
const ASSIGNED = /\$\w+(?=\s*(?::=|,))/g;
const CALLED_FIELD = /(?:^|[|(]\s*)(\$?(?:\.[A-Za-z_]\w*)+)\s+[.$"\w(]/;
const FIELD = /(?:(?<![\w.)$])|\$)(?:\.[A-Za-z_]\w*)+/g;

/** The actions of a template, without comments. */
export function templateActions(value: string): TemplateAction[] {
  const within: string[] = [];
  return [...value.matchAll(ACTION)].flatMap(([, action = '']) => {
    const text = action.trim();
    if (COMMENT.test(text)) return [];
    const [word = ''] = /^\w*/.exec(text) ?? [];
    if (word === 'end') within.pop();
    const found = { text, within: [...within] };
    if (BLOCKS.has(word)) within.push(word);
    return [found];
  });
}

/** A text of a template, without the blanks that marks trim, and the action behind it: none at the end. */
export interface TemplatePart {
  readonly before: string;
  readonly action?: string;
}

/** A template as texts and the actions between them. A comment is an empty action. */
export function templateParts(value: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  let isTrimmed = false;
  const textTo = (end: number): string => {
    const text = value.slice(at, end);
    return isTrimmed ? text.trimStart() : text;
  };
  for (const { 0: whole, 1: action = '', index } of value.matchAll(ACTION)) {
    const before = textTo(index);
    const text = action.trim();
    parts.push({
      before: /^\{\{-\s/.test(whole) ? before.trimEnd() : before,
      action: COMMENT.test(text) ? '' : text,
    });
    at = index + whole.length;
    isTrimmed = /\s-\}\}$/.test(whole);
  }
  return [...parts, { before: textTo(value.length) }];
}

/** What stands outside of a template's actions. */
export function templateText(value: string): string {
  return value.replace(ACTION, '');
}

/**
 * What is wrong with a template of Go (text/template), as far as it can be told without running it: braces that do not close,
 * blocks that do not end, functions, variables and fields that are not there. `undefined` if nothing is.
 *
 * @param names what it may name; default: anything
 */
export function goTemplateProblem(value: string, names?: TemplateNames): string | undefined {
  if (value.trim() === '') return `${quote(value)} is empty: leave it out to have the default`;
  if (templateText(value).includes('{{')) return `${quote(value)} has a "{{" without its "}}"`;
  const actions = templateActions(value).map(({ text, within }) => ({ text: text.replace(STRING, '""'), within }));
  const variables = actions.flatMap(({ text }) => text.match(ASSIGNED) ?? []);
  const templates = [...value.matchAll(/\{\{-?\s*(?:define|block)\s+"([^"]*)"/g)].map(([, name]) => name);
  const called = [...value.matchAll(/\{\{-?\s*template\s+"([^"]*)"/g)].map(([, name]) => name);
  const problem =
    actions.map((action) => actionProblem(action, variables)).find((what) => what !== undefined) ??
    called
      .filter((name) => !templates.includes(name))
      .map((name) => `calls the template ${quote(name)}, which is none`)[0] ??
    blocksProblem(actions) ??
    (names === undefined ? undefined : namesProblem(actions, names));
  return problem === undefined ? undefined : `${quote(value)} ${problem}`;
}

function actionProblem({ text, within }: TemplateAction, variables: readonly string[]): string | undefined {
  if (text === '') return 'has nothing between "{{" and "}}"';
  if (/^-|-$/.test(text)) return `has ${quote(text)}: put a blank between a "-" that trims and the rest`;
  if (/[|(]\s*$|^\s*\|/.test(text)) return `has ${quote(text)}, which is not finished`;
  const words = text.match(WORD) ?? [];
  const unknown = words.find((word) => !FUNCTIONS.has(word) && !KEYWORDS.has(word));
  if (unknown !== undefined) {
    return `names the function ${quote(unknown)}, which is none: write ".${unknown}" if it is a field`;
  }
  if (text === 'nil' || WITH_ARGUMENT.has(text)) return `has ${quote(text)} with nothing behind it`;
  const number = (text.match(NUMBER) ?? []).find((digits) => Number.isNaN(Number(digits)));
  if (number !== undefined) return `has ${quote(number)}, which is not a number`;
  const variable = (text.match(VARIABLE) ?? []).find((name) => !variables.includes(name));
  if (variable !== undefined) return `names the variable ${quote(variable)}, which is not set in it`;
  const inRange = within.includes('range');
  if ((text === 'break' || text === 'continue') && !inRange) return `has ${quote(text)} outside of a range`;
  const innermost = within.at(-1);
  if (words[0] === 'else' && !['if', 'range', 'with'].includes(innermost ?? ''))
    return 'has an "else" without its "if"';
  return undefined;
}

function blocksProblem(actions: readonly TemplateAction[]): string | undefined {
  const opened = actions.filter(({ text }) => BLOCKS.has(/^\w*/.exec(text)?.[0] ?? '')).length;
  const ended = actions.filter(({ text }) => text === 'end').length;
  return opened === ended ? undefined : `opens ${opened} blocks and ends ${ended}`;
}

function namesProblem(actions: readonly TemplateAction[], names: TemplateNames): string | undefined {
  if (actions.some(({ text }) => text.match(WORD)?.includes('call'))) return 'has "call", and no function to call';
  const [, field] = actions.map(({ text }) => CALLED_FIELD.exec(text)).find((found) => found !== null) ?? [];
  if (field !== undefined) return `gives arguments to ${quote(field)}, which is no function`;
  // Within a range and the like the dot is another value, but what these begin with is named outside.
  const outside = actions.filter(({ within }) => within.every((block) => block === 'if'));
  const wrong = outside.flatMap(({ text }) => text.match(FIELD) ?? []).find((field) => !isNamed(field, names));
  if (wrong === undefined) return undefined;
  const known = [...names.fields, ...(names.maps ?? [])].map((name) => `.${name}`).join(', ');
  return `names ${quote(wrong)}, which is not there: it may name ${known}`;
}

function isNamed(field: string, { fields, maps = [] }: TemplateNames): boolean {
  const [, name = '', ...keys] = field.split('.');
  return maps.includes(name) ? keys.length <= 1 : fields.includes(name) && keys.length === 0;
}
