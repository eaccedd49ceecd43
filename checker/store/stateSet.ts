import type { RowAt } from '../learn/row';
import type { SeenStates } from './seenStates';

const PAGE = 1 << 20;
const LOAD = 0.6;

/**
 * The set of states seen, kept whole beside their fingerprints: two states that share a fingerprint are two. A state is
 * kept as its cells, seven bits a byte, without the absent ones at its end: so it is the same for rows of any width.
 */
export class StateSet implements SeenStates {
  readonly inKernel = false;
  readonly full = false;
  /** State number + 1 by fingerprint; 0 where a slot is empty. */
  private slots = new Int32Array(1 << 12);
  private low = new Int32Array(1 << 10);
  private high = new Int32Array(1 << 10);
  /** Where a state's bytes begin, over all pages, and how many they are. A long row's page is longer than others. */
  private starts = new Float64Array(1 << 10);
  private lengths = new Int32Array(1 << 10);
  private readonly pages: Uint8Array[] = [];
  private used = PAGE;
  private size = 0;
  private row = new Uint8Array(1 << 8);
  /** Which state was looked for last, by its place in the order in which they were put in; -1 where it is not there. */
  latest = -1;

  add(low: number, high: number, stateRow: () => RowAt): boolean {
    const length = this.encode(stateRow());
    const slot = this.slotOf(low, high, length);
    if (this.latest >= 0) return false;
    this.latest = this.keep(low, high, length);
    this.slots[slot] = this.latest + 1;
    if (this.size > this.slots.length * LOAD) this.grow();
    return true;
  }

  /** Whether a state is there. */
  has(low: number, high: number, stateRow: () => RowAt): boolean {
    this.slotOf(low, high, this.encode(stateRow()));
    return this.latest >= 0;
  }

  /** The slot of the state that was encoded, or that it would have. */
  private slotOf(low: number, high: number, length: number): number {
    const mask = this.slots.length - 1;
    let slot = low & mask;
    for (; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      this.latest = (this.slots[slot] as number) - 1;
      if (this.low[this.latest] === low && this.high[this.latest] === high && this.isRow(this.latest, length))
        return slot;
    }
    this.latest = -1;
    return slot;
  }

  get bytes(): number {
    const { slots, low, high, starts, lengths } = this;
    const pages = this.pages.reduce((sum, page) => sum + page.length, 0);
    return [slots, low, high, starts, lengths].reduce((sum, { byteLength }) => sum + byteLength, pages);
  }

  private encode({ row, offset, width }: RowAt): number {
    let cells = width;
    while (cells > 0 && row[offset + cells - 1] === 0) cells--;
    this.row = grown(this.row, cells * 5);
    let length = 0;
    for (let c = 0; c < cells; c++) {
      let rest = row[offset + c] as number;
      for (; rest > 0x7f; rest >>>= 7) this.row[length++] = rest | 0x80;
      this.row[length++] = rest;
    }
    return length;
  }

  private isRow(number: number, length: number): boolean {
    if (this.lengths[number] !== length) return false;
    const start = this.starts[number] as number;
    const page = this.pages[Math.floor(start / PAGE)] as Uint8Array;
    const from = start % PAGE;
    for (let k = 0; k < length; k++) if (page[from + k] !== this.row[k]) return false;
    return true;
  }

  private keep(low: number, high: number, length: number): number {
    const number = this.size++;
    if (this.used + length > PAGE) {
      this.pages.push(new Uint8Array(Math.max(PAGE, length)));
      this.used = 0;
    }
    (this.pages.at(-1) as Uint8Array).set(this.row.subarray(0, length), this.used);
    this.low = grown(this.low, this.size);
    this.high = grown(this.high, this.size);
    this.lengths = grown(this.lengths, this.size);
    this.starts = grown(this.starts, this.size);
    this.low[number] = low;
    this.high[number] = high;
    this.lengths[number] = length;
    this.starts[number] = (this.pages.length - 1) * PAGE + this.used;
    this.used += length;
    return number;
  }

  private grow(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.size; number++) {
      let slot = (this.low[number] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.slots = slots;
  }
}

/** The array, or a copy at least `length` long. */
function grown<A extends Int32Array | Float64Array | Uint8Array>(array: A, length: number): A {
  if (length <= array.length) return array;
  const larger = new (array.constructor as new (length: number) => A)(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
}
