import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The same numbers for the same seed, from 0 to 1. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What means something to a reader of YAML, or ends a line for some of them. */
const FRAGMENTS = [
  ...[
    'a',
    'b',
    'key',
    'a: ',
    'b: 1',
    '- ',
    '-',
    '? ',
    ': ',
    ':',
    ' #',
    ' # c',
    '#',
    '&x ',
    '*x',
    '&x',
    '<<: ',
    '<<: *x',
  ],
  ...['!!str ', '!!int ', '!!binary ', '!!map ', '!!null', '! ', '!m ', '!!float 1', '!!bool yes', '=', '~', 'null'],
  ...['|', '>', '|-', '|+', '>-', '>+', '|2', '>1-', '|-2', '|0', '{', '}', '[', ']', ',', ', ', '{}', '[]', '{"a":b}'],
  ...['"', "'", "''", '\\', '\\n', '\\x41', '\\ud800', '\\/', '\\\n', '"x"', "'y'", '"x y"', '"a": ', '"1": ', "'a': "],
  ...[
    '\n---',
    '\n--- ',
    '...',
    '\n... ',
    '%YAML 1.1',
    '%',
    '@',
    '`',
    '__proto__: ',
    '? a\n: ',
    '{a: b}',
    '[a:b]',
    'a:,',
  ],
  ...[
    'yes',
    '1',
    '0x1F',
    '0X1F',
    '0o7',
    '1_0',
    '1.5',
    '.5',
    '.inf',
    '1e3',
    '1e400',
    '08',
    '2020-01-01',
    '12:30',
    '1.0: ',
  ],
  ...['é', '🙂', '\u00a0', '\u2028', '\u2029', '\u0085', '\r', '\r\n', '\t', '\ufeff', '\ufffd', '\0', '\x1b', '\x7f'],
  ...[
    '\n',
    '\n',
    '\n  ',
    '\n    ',
    '\n- ',
    '\n  - ',
    '\n ',
    '\n\n',
    '  ',
    ' ',
    '\n# c\n',
    'x?',
    'x:y',
    'x#y',
    '-a',
    '?a',
    ':a',
  ],
];

const SCALARS = [
  ...[
    'a',
    'b c',
    '1',
    'yes',
    '"q"',
    '"a\\nb"',
    "'it''s'",
    '~',
    '',
    'x#y',
    'x:y',
    'http://a/b?c=d',
    '-a',
    '*x',
    '!!int "7"',
  ],
  ...[
    '"x\n  y"',
    '"x\ny"',
    "'x\n\n  y'",
    'x\n  y',
    'x\n y',
    '!!str 5',
    '!!binary aGk=',
    '[1, 2]',
    '{a: b}',
    '{}',
    '[a: b]',
  ],
  ...[
    '"',
    '1.10',
    '0777',
    '=',
    '<<',
    'on',
    '-',
    '?',
    ':',
    '@x',
    'a ',
    'a\t',
    '\ta',
    'a # c',
    'a# c',
    '|',
    '1:',
    '12:30:45',
  ],
  ...[
    '9007199254740993',
    '+1',
    '0b-1',
    '{a:, b: 1}',
    '[1:, 2]',
    '{app: other, <<: *x}',
    '{<<: *x, app: other}',
    '[*x, *x]',
  ],
];
const KEYS = [
  ...[
    'a',
    'b',
    'c',
    'app',
    '"q"',
    "'s'",
    '1',
    '"1"',
    'yes',
    '1.5',
    '~',
    '<<',
    '&x k',
    '!!str k',
    'x y',
    'a.b/c',
    '? d',
    '-x',
  ],
  ...['é', '', '010', '0x10', 'k\tk', '"a\nb"', '*x', '[a]'],
];
const FLOW_SCALARS = [
  ...[
    'a',
    'b',
    '"q"',
    "'s'",
    '1',
    '1:',
    'a:',
    'a b',
    '',
    '&x y',
    '*x',
    '!!str 1',
    '!!str',
    '&x',
    '-',
    '-a',
    'a?b',
    'x #c\n',
  ],
  ...[
    'a\nb',
    'http://x/y',
    'a:b',
    ':',
    '\ta',
    '<<',
    '{',
    ']',
    '"\\/"',
    '1e400',
    '1.0',
    '"\\ud83d\\ude00"',
    '{a: 1}',
    'a\n\tb',
  ],
];
const FLOW_KEYS = ['a', 'b', '"q"', '"1"', '1', 'c d', "'s'", '<<', '&k k', 'yes', 'a\nb', '"on"'];
const BLOCK_LINES = ['t', 't t', '# no', '- x', 'a: b', '"q', '\tx', '  ', '...', ''];
const BLOCK_HEADERS = ['|', '>', '|-', '>-', '|+', '>+', '|2', '>1', '| # c', '|# c', '|9'];
const BETWEEN = ['', '', ' ', ' ', '\n', '\n  ', '\t', ' # c\n'];
const NUMBER_LETTERS = '0123456789_+-.eExXobBOTfainN:';

/** Makes texts that readers of YAML could take for different things: some are right, many nearly so. */
export class HostileTexts {
  private readonly random: () => number;

  /** @param manifests texts that are right, of which some lines are taken and changed */
  constructor(
    seed: number,
    private readonly manifests: readonly string[],
  ) {
    this.random = randomOf(seed);
  }

  next(): string {
    switch (this.below(5)) {
      case 0:
        return this.several(1 + this.below(12), () => this.one(FRAGMENTS)).join('');
      case 1:
        return this.framed(this.block(0, 3).replace(/^ ?\n?/, ''));
      case 2:
        return this.one(['', '', 'a: ', '- ', '\n', 'x: &x {a: 1}\ny: ']) + this.flow(3) + this.one(FLOW_ENDS);
      case 3:
        return this.changed(this.one(this.manifests));
      default:
        return this.one(['a: ', '- ', '', 'k: !!float ', 'k: !!int ']) + this.number() + this.one(['\n', ': x\n', '']);
    }
  }

  /** What looks like a number. */
  number(): string {
    return this.several(1 + this.below(9), () => NUMBER_LETTERS.charAt(this.below(NUMBER_LETTERS.length))).join('');
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private one<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  private several(count: number, make: () => string): string[] {
    return Array.from({ length: count }, make);
  }

  private is(chance: number): boolean {
    return this.random() < chance;
  }

  private block(indent: number, depth: number): string {
    if (depth === 0 || this.is(0.3)) return ` ${this.one(SCALARS)}\n`;
    if (this.is(0.15)) {
      const line = (): string => ' '.repeat(indent + this.one([0, 1, 2, 2, 2, 3])) + this.one(BLOCK_LINES);
      return ` ${this.one(BLOCK_HEADERS)}\n${this.several(this.below(4), line).join('\n')}\n`;
    }
    const before = this.one(['', '', '', '', ' &x', ' !!map', ' !!seq', ' # c', ' &x !!map', ' \t']);
    const entry = this.is(0.6) ? this.entry.bind(this) : this.item.bind(this);
    return `${before}\n${this.several(1 + this.below(3), () => entry(indent, depth)).join('')}`;
  }

  private entry(indent: number, depth: number): string {
    const value = this.block(indent + this.one([2, 2, 2, 1, 0, 4]), depth - 1);
    return this.blanks(indent) + this.one(KEYS) + this.one([':', ':', ':', ' :', ':\t']) + value;
  }

  private item(indent: number, depth: number): string {
    const value = this.block(indent + 2, depth - 1);
    return `${this.blanks(indent)}-${this.is(0.3) ? value.replace(/^\s*\n\s*/, ' ') : value}`;
  }

  /** What stands before an entry, sometimes in a column that is not its own. */
  private blanks(indent: number): string {
    const blanks = ' '.repeat(indent);
    if (this.is(0.85)) return blanks;
    return this.one([`${blanks} `, blanks.slice(1), `${blanks}\t`, `${blanks}# c\n${blanks}`, `\n${blanks}`]);
  }

  private flow(depth: number): string {
    if (depth === 0 || this.is(0.4)) return this.one(FLOW_SCALARS);
    const isMapping = this.is(0.5);
    const parts = this.several(this.below(4), () => {
      const value = this.flow(depth - 1);
      const part = isMapping ? this.one(FLOW_KEYS) + this.one([':', ': ', ': ', ' : ', ':\n', '']) + value : value;
      return this.one(BETWEEN) + part + this.one(BETWEEN);
    });
    const inside = parts.join(',') + this.one(['', '', '', ',']);
    return isMapping ? `{${inside}}` : `[${inside}]`;
  }

  private framed(text: string): string {
    const before = this.is(0.1) ? this.one(['---\n', '--- # c\n', '# c\n', '...\n', '---\n---\n', '\ufeff']) : '';
    const after = this.is(0.1)
      ? this.one(['...\n', '---\n', '--- x\n', '... # c\n', '...\nb: 1\n', '---\nb: 1\n'])
      : '';
    const whole = before + text + after;
    if (this.is(0.1)) return whole.trimEnd();
    return this.is(0.05) ? whole.replace(/\n/g, '\r\n') : whole;
  }

  /** Some lines of a text, with something taken out of them or put in. */
  private changed(manifest: string): string {
    const lines = manifest.split('\n');
    const start = lines.length > 40 && this.is(0.5) ? this.below(lines.length) : 0;
    let text = lines.slice(start, start + 5 + this.below(35)).join('\n');
    for (let changes = this.below(4); changes > 0; changes--) {
      const at = this.below(text.length + 1);
      const added = this.is(0.7) ? this.one(FRAGMENTS) : '';
      text = text.slice(0, at) + added + text.slice(at + (this.is(0.5) ? this.below(4) : 0));
    }
    return text;
  }
}

const FLOW_ENDS = ['', '\n', ' # c\n', '\n---\n{"b": 2}\n', '\n{"b": 2}\n', '\n...\n', 'x', ': y'];

/** The documents of a folder's YAML files, and of those below. */
export function documentsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split(/^---\n/m));
}
