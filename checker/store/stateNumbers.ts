import type { RowAt } from '../learn/row';
import { StateSet } from './stateSet';
import { Words } from './stepTable';

/** Where a state is new: it gets its number by `enter`, before another one is looked for. */
export const NEW = -1;

/** The set of states seen, each with a number. By what two states are one is its matter. */
export interface StateNumbers {
  /** The number of the state whose fingerprint has these halves and which `row` gives; `NEW` where it was not there. */
  find(low: number, high: number, row: () => RowAt): number;
  /** The number of the state that `find` found new; 32 bits. */
  enter(number: number): void;
  /** The number of a state, which is not put in; `NEW` where it is not there. */
  lookUp(low: number, high: number, row: () => RowAt): number;
  /** Bytes it takes. */
  readonly bytes: number;
}

const SLOT = 3;
const LOAD = 0.7;
const FIRST_ROOM = 1 << 10;

/** By 64-bit fingerprints: open addressing, 12 bytes a slot. */
export class FingerprintNumbers implements StateNumbers {
  /** Three words a slot: the halves of a fingerprint, which is not 0, and the number. */
  private slots = new Int32Array(FIRST_ROOM * SLOT);
  private room = FIRST_ROOM;
  private size = 0;
  /** The slot found last. */
  private at = 0;

  find(low: number, high: number): number {
    if (this.size > this.room * LOAD) this.grow();
    const number = this.lookUp(low, high);
    if (number !== NEW || this.isTaken) return number;
    this.slots[this.at] = low === 0 && high === 0 ? 1 : low;
    this.slots[this.at + 1] = high;
    this.slots[this.at + 2] = NEW;
    this.size++;
    return NEW;
  }

  enter(number: number): void {
    this.slots[this.at + 2] = number;
  }

  lookUp(lower: number, high: number): number {
    const low = lower === 0 && high === 0 ? 1 : lower;
    const { slots } = this;
    const mask = this.room - 1;
    let slot = low & mask;
    for (;;) {
      const at = slot * SLOT;
      const one = slots[at] as number;
      const other = slots[at + 1] as number;
      if ((one === low && other === high) || (one === 0 && other === 0)) {
        this.at = at;
        return one === 0 && other === 0 ? NEW : (slots[at + 2] as number);
      }
      slot = (slot + 1) & mask;
    }
  }

  get bytes(): number {
    return this.slots.byteLength;
  }

  private get isTaken(): boolean {
    return this.slots[this.at] !== 0 || this.slots[this.at + 1] !== 0;
  }

  private grow(): void {
    const { slots: old } = this;
    this.room *= 2;
    const slots = (this.slots = new Int32Array(this.room * SLOT));
    const mask = this.room - 1;
    for (let from = 0; from < old.length; from += SLOT) {
      const low = old[from] as number;
      const high = old[from + 1] as number;
      if (low === 0 && high === 0) continue;
      let slot = low & mask;
      while (slots[slot * SLOT] !== 0 || slots[slot * SLOT + 1] !== 0) slot = (slot + 1) & mask;
      slots[slot * SLOT] = low;
      slots[slot * SLOT + 1] = high;
      slots[slot * SLOT + 2] = old[from + 2] as number;
    }
  }
}

/** By whole states. */
export class ExactNumbers implements StateNumbers {
  private readonly set = new StateSet();
  /** By the order in which states were put in. */
  private readonly numbers = new Words();

  find(low: number, high: number, row: () => RowAt): number {
    if (!this.set.add(low, high, row)) return this.latest;
    this.numbers.push(NEW);
    return NEW;
  }

  enter(number: number): void {
    this.numbers.replaceLast(number);
  }

  lookUp(low: number, high: number, row: () => RowAt): number {
    return this.set.has(low, high, row) ? this.latest : NEW;
  }

  get bytes(): number {
    return this.set.bytes + this.numbers.bytes;
  }

  private get latest(): number {
    return this.numbers.at(this.set.latest) | 0;
  }
}
