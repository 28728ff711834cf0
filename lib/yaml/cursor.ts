import { Unreadable } from './node';

/** What is wrong with a tab. */
export const TAB = 'a tab stands where only blanks may indent: use blanks';

const TABULATOR = 0x09;
const LINE_FEED = 0x0a;
const SPACE = 0x20;
const HASH = 0x23;

const isBlankCode = (code: number): boolean => code === SPACE || code === TABULATOR;

/** A place in a document's text, whose lines all end with a line feed. */
export class Cursor {
  position = 0;

  private fresh = true;
  private lineStart = 0;

  constructor(readonly text: string) {}

  get column(): number {
    return this.position - this.lineStart;
  }

  isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** The character at the position, or one behind it. */
  peek(ahead = 0): string {
    return this.text.charAt(this.position + ahead);
  }

  /** Whether a blank, a line break or the end of the text is that far behind the position. */
  isBlank(ahead: number): boolean {
    const code = this.text.charCodeAt(this.position + ahead);
    return isBlankCode(code) || code === LINE_FEED || Number.isNaN(code);
  }

  /** Goes on in the same line. */
  advance(count: number): void {
    this.position += count;
    this.fresh = false;
  }

  /** Goes to the first character of a line. */
  toLine(start: number): void {
    this.position = this.lineStart = start;
    this.fresh = true;
  }

  /** Whether nothing but blanks stands before the position on its line, so that a key or an entry of a list may begin. */
  isFresh(): boolean {
    return this.fresh;
  }

  /** Whether the line says that the document ends. */
  isAtDocumentEnd(): boolean {
    return this.column === 0 && this.text.startsWith('...', this.position) && this.isBlank(3);
  }

  /**
   * Goes over blanks, line breaks and comments.
   *
   * @param tabs where kubectl goes over tabs as well: behind something on its line, or also at the beginning of one
   */
  skip(tabs: 'nowhere' | 'behind' | 'everywhere'): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.position);
      if (code === SPACE) this.position++;
      else if (code === LINE_FEED) this.toLine(this.position + 1);
      else if (code === TABULATOR) {
        if (tabs === 'nowhere' || (tabs === 'behind' && this.fresh)) this.refuse(TAB);
        this.position++;
      } else if (code === HASH) {
        if (this.column > 0 && !isBlankCode(text.charCodeAt(this.position - 1))) {
          this.refuse('a comment needs a blank before "#", or readers differ: add one, or quote the text');
        }
        this.position = text.indexOf('\n', this.position);
      } else return;
    }
  }

  refuse(message: string, at = this.position): never {
    throw new Unreadable(at, message);
  }
}
