/**
 * Advance widths of the printable ASCII characters in thousandths of the font's size, from the space on: those that Helvetica has, and
 * Arial and Liberation Sans with it.
 */
const REGULAR = widths(
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278',
  '556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556',
  '1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778',
  '667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556',
  '333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556',
  '556 556 333 500 278 556 500 722 500 500 500 334 260 334 584',
);

const BOLD = widths(
  '278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278',
  '556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611',
  '975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778',
  '667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556',
  '333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611',
  '611 611 389 556 333 611 556 778 556 556 500 389 280 389 584',
);

function widths(...rows: readonly string[]): readonly number[] {
  return rows.flatMap((row) => row.split(' ').map(Number));
}

/** What is not ASCII may be as wide as it is high. */
const OTHER = 1000;

/** How wide a text is, in the unit of the font's size, without a browser. */
export function textWidth(text: string, size: number, weight: 'regular' | 'bold' = 'regular'): number {
  const table = weight === 'bold' ? BOLD : REGULAR;
  const thousandths = Array.from(text).reduce(
    (sum, character) => sum + (table[(character.codePointAt(0) ?? 0) - 0x20] ?? OTHER),
    0,
  );
  return (thousandths * size) / 1000;
}

/** Text that is too wide for one line, in lines that are not. Breaks at spaces, and in words where it must. The pieces of a word are not joined again. */
export function wrapped(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((whole) => pieces(whole, size, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer, size) <= width) line = longer;
    else {
      if (line !== '') lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** A word in parts that fit, cut behind a hyphen where there is one. */
function pieces(word: string, size: number, width: number): string[] {
  const all: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && textWidth(piece + character, size) > width) {
      const cut = piece.lastIndexOf('-') + 1 || piece.length;
      all.push(piece.slice(0, cut));
      piece = piece.slice(cut);
    }
    piece += character;
  }
  return [...all, piece];
}
