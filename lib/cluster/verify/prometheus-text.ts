/** A value with its labels. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = /([a-zA-Z_:][a-zA-Z0-9_:]*)[ \t]*/y;
const LABEL = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\\n]|\\.)*)"\s*(,?)/y;
const VALUE = /\s*(\S+)(?:\s+-?\d+)?\s*$/y;

/** Values that JavaScript writes in another way. */
const WORDS: Readonly<Record<string, number>> = { '+Inf': Infinity, Inf: Infinity, '-Inf': -Infinity, NaN };

/**
 * Reads metrics in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/).
 *
 * @throws Error that names the line which is none
 */
export function parseMetrics(text: string): Sample[] {
  return text.split('\n').flatMap((line, index) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const sample = sampleOf(trimmed);
    if (sample === undefined) throw new Error(`line ${index + 1} is no metric: ${trimmed.slice(0, 60)}`);
    return [sample];
  });
}

function sampleOf(line: string): Sample | undefined {
  const name = matchAt(NAME, line, 0);
  if (name === undefined) return undefined;
  let at = name[0].length;
  const labels: Record<string, string> = {};
  if (line[at] === '{') {
    at++;
    for (let more = true; more;) {
      const label = matchAt(LABEL, line, at);
      if (label === undefined) break;
      labels[label[1] ?? ''] = unescaped(label[2] ?? '');
      at += label[0].length;
      more = label[3] === ',';
    }
    while (line[at] === ' ') at++;
    if (line[at] !== '}') return undefined;
    at++;
  }
  const [, number = ''] = matchAt(VALUE, line, at) ?? [];
  const value = WORDS[number] ?? (/^[-+\d.]/.test(number) ? Number(number) : NaN);
  if (number !== 'NaN' && Number.isNaN(value)) return undefined;
  return { name: name[1] ?? '', labels, value };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
