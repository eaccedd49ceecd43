/** Columns of a report. */
export const WIDTH = 100;

/** Wraps at spaces to lines of at most 100 columns, each after the first one indented further by `hang`. */
export function wrap(text: string, indent: number, hang = 4): string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(indent + hang) + word;
    } else {
      line += empty ? word : ` ${word}`;
    }
    empty = false;
  }
  return [...lines, line];
}

/** Puts items side by side, ` · ` between them, as far as they fit; an item too long for a line is wrapped. */
export function fill(items: readonly string[], indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    const joined = line === '' ? item : `${line} · ${item}`;
    if (line !== '' && indent + joined.length > WIDTH) {
      lines.push(...wrap(line, indent));
      line = item;
    } else {
      line = joined;
    }
  }
  return line === '' ? lines : [...lines, ...wrap(line, indent)];
}

/** A word in the left margin with its lines beside it. */
export function labelled(label: string, lines: readonly string[], paint: (text: string) => string): string[] {
  return lines.map(
    (line, i) => (i === 0 ? paint(label) + ' '.repeat(MARGIN - label.length) : ' '.repeat(MARGIN)) + line,
  );
}

/** Width of the margin that `labelled` leaves: the longest word, `incomplete`, and two spaces. */
const MARGIN = 12;
