export type Labels = Readonly<Record<string, string>>;

/** A value with its labels. */
export interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

const NAME = /([a-zA-Z_:][a-zA-Z0-9_:]*)[ \t]*/y;
const LABEL = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\\n]|\\.)*)"\s*(,?)/y;
const VALUE = /\s*(\S+)(?:\s+-?\d+)?\s*$/y;

/** Values that JavaScript writes in another way. */
const WORDS: Readonly<Record<string, number>> = { '+Inf': Infinity, Inf: Infinity, '-Inf': -Infinity, NaN };

/** A line that is longer than this is no metric; its labels alone take a few hundred characters. */
const LONGEST_LINE = 1024 * 1024;

/**
 * Reads metrics in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/) as they come, in pieces cut anywhere, and
 * hands on those that are wanted: a proxy's metrics are hundreds of KiB after minutes, and more with each service that it has called.
 */
export class MetricsReader {
  private rest = '';
  private lines = 0;
  private metrics = 0;

  /**
   * @param wanted the names of metrics; of others nothing but the name is read
   * @param onSample what it throws ends the reading
   */
  constructor(
    private readonly wanted: readonly string[],
    private readonly onSample: (sample: Sample) => void,
  ) {}

  /** @throws Error that names the line which is no metric */
  add(piece: string): void {
    const lines = piece.split('\n');
    lines[0] = this.rest + (lines[0] ?? '');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.read(line);
    if (this.rest.length > LONGEST_LINE) this.read(this.rest);
  }

  /**
   * To be called after the last piece.
   *
   * @throws Error if the last line is no metric, or there was none at all
   */
  end(): void {
    this.read(this.rest);
    this.rest = '';
    if (this.metrics === 0) throw new Error('there are no metrics in it');
  }

  private read(line: string): void {
    this.lines++;
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return;
    const [found = '', name = ''] = matchAt(NAME, trimmed, 0) ?? [];
    if (name === '' || line.length > LONGEST_LINE) throw this.refusal(trimmed);
    this.metrics++;
    if (!this.wanted.includes(name)) return;
    const sample = sampleOf(trimmed, name, found.length);
    if (sample === undefined) throw this.refusal(trimmed);
    this.onSample(sample);
  }

  private refusal(line: string): Error {
    return new Error(`line ${this.lines} is no metric: ${line.slice(0, 60)}`);
  }
}

/** @param at where its labels begin */
function sampleOf(line: string, name: string, at: number): Sample | undefined {
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
  return { name, labels, value };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
