/** Texts that readers of YAML get wrong, and the documents that kubectl reads in them. */
export const READ: readonly (readonly [text: string, ...documents: unknown[]])[] = [
  // Merge keys.
  ['x: &l {app: web}\nz: {<<: *l, app: other}', { x: { app: 'web' }, z: { app: 'other' } }],
  ['x: &l {app: web}\nz: {b: 1, <<: *l}', { x: { app: 'web' }, z: { app: 'web', b: 1 } }],
  ['x: &l {app: web}\nz: {app: web, <<: *l}', { x: { app: 'web' }, z: { app: 'web' } }],
  ['a: {<<: [{b: 1}, {b: 2, c: 3}]}', { a: { b: 1, c: 3 } }],
  ['"<<": {a: 1}', { '<<': { a: 1 } }],
  // Tags.
  ['a: !!binary aGVs\nb: !!binary |\n  bG8h\n', { a: 'hel', b: 'lo!' }],
  ['a: !!str 5\nb: !!int "7"\nc: !!float 1\nd: !!null ""\ne: !!str', { a: '5', b: 7, c: 1, d: null, e: '' }],
  // Brackets and braces.
  ['{a:, b: 1}', { 'a:': null, b: 1 }],
  ['[1:, 2]', ['1:', 2]],
  ['a: [b: c, "d":e]', { a: [{ b: 'c' }, { d: 'e' }] }],
  ['a: [1,\n2\n]\nb: {c: 1,\n}', { a: [1, 2], b: { c: 1 } }],
  ['a: {b: , c}', { a: { b: null, c: null } }],
  // Quotes, and where their further lines begin.
  ['a: "x\ny"\nb: \'x\n\ny\'', { a: 'x y', b: 'x\ny' }],
  ['a: "x \\\n  y\\x41\\u00e9\\N\\e"', { a: 'x yAé\x85\x1b' }],
  ["a: 'it''s'", { a: "it's" }],
  // Texts without quotes.
  ['a: b c # no\nd: e#f\ng: h:i\n', { a: 'b c', d: 'e#f', g: 'h:i' }],
  ['a: b\n  - c\n\n  d\n', { a: 'b - c\nd' }],
  ['a: -b\nc: ?d\ne: :f\n', { a: '-b', c: '?d', e: ':f' }],
  // Blocks.
  ['a: |\n  x\n\n   y\n\nb: >-\n  x\n  y\n\n  z\n', { a: 'x\n\n y\n', b: 'x y\nz' }],
  ['a: |+\n  x\n\nb: |2-\n    x\n', { a: 'x\n\n', b: '  x' }],
  ['- |\n x\n- >\n\n x\n  y\n', ['x\n', '\nx\n y\n']],
  ['a: |\n  the last line has no line break', { a: 'the last line has no line break\n' }],
  // Lists and mappings.
  ['a:\n- b\n- c: 1\n  d: 2\n- - e\n', { a: ['b', { c: 1, d: 2 }, ['e']] }],
  ['? a\n: b\n? "c"\n: - d\n', { a: 'b', c: ['d'] }],
  ['a: &x\n- b\nc: *x\nd: &y\ne: *y\n', { a: ['b'], c: ['b'], d: null, e: null }],
  ['- &x a: 1\n- *x\n', [{ a: 1 }, 'a']],
  // Keys that are no texts, and keys that stand twice.
  ['8080: a\n0x10: b\non: c\n010: d\n', { '8080': 'a', '16': 'b', true: 'c', '8': 'd' }],
  ['a: 1\na: 2\n', { a: 2 }],
  // Documents.
  ['---\n# nothing\n--- # c\na: 1\n---\n\n---\nb: 2\n...\n# end\n', { a: 1 }, { b: 2 }],
  ['\ufeffa: 1\r\nb: |\r\n  x\r\n', { a: 1, b: 'x\n' }],
  ['a: |\n  ---\n  -----BEGIN', { a: '---\n-----BEGIN\n' }],
  ['~', ...[]],
  // JSON.
  ['{"a": "\\/\\ud83d\\ude00", "b": 1e2}\n---\n{"c": 1}\n', { a: '/😀', b: 100 }, { c: 1 }],
  ['  {"a": 1,\n\t"a": 2}', { a: 2 }],
];

/** Texts that are refused, in which line, and why: kubectl refuses them, or another reader takes them for something else. */
export const REFUSED: readonly (readonly [text: string, line: number, why: RegExp])[] = [
  // Ends of lines that are none to others: what follows gives rights that nobody sees.
  ["# c\u2028rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]", 1, /^U\+2028 ends a line for kubectl/],
  ['a: 1\n# c\u2029b: 2', 2, /^U\+2029 ends a line for kubectl/],
  ['a: 1\n# c\u0085b: 2', 2, /^U\+0085 ends a line for kubectl/],
  ['a: 1\n# c\rb: 2', 2, /^a carriage return alone ends a line for kubectl/],
  ['a: 1\r\n# c\r\r\nb: 2', 2, /^a carriage return alone/],
  ['--- # c\u2028a: 1', 1, /^U\+2028/],
  ['# c\u2028--- # c', 1, /^U\+2028/],
  // Other characters.
  ['a: 1\nb: \x1b', 2, /^U\+001B is no character that kubectl reads/],
  ['a: \0', 1, /^U\+0000/],
  ['a: \x7f', 1, /^U\+007F/],
  ['a: \ud800', 1, /^U\+D800/],
  ['a: 1\n---\n\ufeffb: 1', 3, /^a byte order mark/],
  ['a: \ufffd', 1, /^U\+FFFD stands where bytes are no UTF-8/],
  ['\u00a0{"a": 1}', 1, /^a blank that is not of ASCII/],
  // What kustomize takes for something else.
  ['x: &l {app: web}\nz:\n  app: other\n  <<: *l\n', 4, /^"<<" stands after a key that it sets as well/],
  ['a: ! 5', 1, /^readers take this tag for different things/],
  ['a: !mine b', 1, /^readers take this tag for different things/],
  ['{"a": 1}\n{"b": 1}', 2, /^kubectl reads this as JSON, where nothing may follow/],
  ['1: a\n"1": b', 2, /^this is a key twice, once as a text/],
  // What kubectl does not read to its end.
  ['a: 1\n...\nb: 2', 3, /^kubectl reads nothing after "..."/],
  ['{a: 1} b', 1, /^kubectl reads this as JSON/],
  ['"a" b', 1, /^this cannot follow on its line/],
  ['  a: 1\nb: 2', 2, /^this begins in a column where nothing may begin/],
  // Aliases.
  ['a: *x', 1, /^no anchor of this name stands before this alias/],
  ['a: &x [*x]', 1, /^an alias stands within what it stands for/],
  [bomb(), 4, /^aliases repeat so much that kubectl refuses the document/],
  ['&x a: 1\n*x : 2', 2, /^a key must be a text/],
  // What is no YAML.
  ['a: [b,\n  c\n', 1, /^\[ is not closed/],
  ['a: [b\nc: d', 1, /^a key and its colon must stand on one line, and what is opened before it must be closed/],
  ['a: "b\n', 1, /^the quote " is not closed/],
  ['a: b: c', 1, /^this cannot follow on its line/],
  ['a:\n\tb: 1', 2, /^a tab stands where only blanks may indent/],
  ['a: |\n    \n  b', 3, /^the first line of a block begins left of an empty one/],
  ['a: "\\/"', 1, /^this escape is none that kubectl knows/],
  ['a: "\\ud800"', 1, /^this escape is no character/],
  ['a: @b', 1, /^a text cannot begin with "@"/],
  ['%YAML 1.1\n---\na: 1', 1, /^a text cannot begin with "%"/],
  ['--- a: 1', 1, /^only a comment may follow "---"/],
  ['a: .inf', 1, /^this number has no place in JSON/],
  ['1.10: a', 1, /^this key is nothing or a fraction to kubectl/],
  ['~: a', 1, /^this key is nothing or a fraction/],
  ['a: !!int b', 1, /^this is no !!int/],
  ['a: !!binary "*"', 1, /^what is tagged !!binary is no base64/],
  ['a: !!binary /w==', 1, /^what is tagged !!binary is no text/],
  ['a: {__proto__: {b: 1}}', 1, /^"__proto__" is a key that programs lose/],
  ['{"__proto__": {"b": 1}}', 1, /^"__proto__" is a key that programs lose/],
  ['{"a": 1e400}', 1, /^a number is larger than programs hold/],
  ['{"a": "\\ud800"}', 1, /^a text has half of a surrogate pair/],
  [`${'['.repeat(300)}${']'.repeat(300)}`, 1, /^this is nested more than 200 levels deep/],
  [`{"a":${'['.repeat(300)}${']'.repeat(300)}}`, 1, /^this is nested more than 200 levels deep/],
];

/** Nine lists, each with nine aliases of the one before: 387,420,489 texts. */
function bomb(): string {
  const list = (line: number): string =>
    Array.from({ length: 9 }, () => (line === 0 ? 'x' : `*a${line - 1}`)).join(', ');
  return Array.from({ length: 9 }, (_, line) => `a${line}: &a${line} [${list(line)}]\n`).join('');
}
