const LOAD = 0.75;
const GROWTH = 1.5;
const RANGE = 2 ** 32;

/** A set of 64-bit fingerprints in a typed array: open addressing, 8 bytes a slot. */
export class Seen {
  private slots = new Int32Array(2 << 12);
  private room = 1 << 12;
  private limit = Math.floor(this.room * LOAD);
  /** Slots for each step of the 32-bit range: spreads fingerprints over any number of slots. */
  private scale = this.room / RANGE;
  /** How many fingerprints it holds. */
  size = 0;
  /** Keeps `fetch` from being optimised away. */
  touched = 0;

  /** Puts a fingerprint in; false where it was there. */
  add(low: number, high: number): boolean {
    // An empty slot is two zeros; the one fingerprint that looks like it shares its slot with another.
    if ((low | high) === 0) high = 1;
    const { slots, room } = this;
    let at = (((low >>> 0) * this.scale) | 0) * 2;
    for (;;) {
      const l = slots[at] as number;
      const h = slots[at + 1] as number;
      if (l === low && h === high) return false;
      if ((l | h) === 0) break;
      at += 2;
      if (at === room * 2) at = 0;
    }
    slots[at] = low;
    slots[at + 1] = high;
    if (++this.size > this.limit) this.grow();
    return true;
  }

  /**
   * Touches the slots where fingerprints belong, so that they are near when `add` comes: the look-ups do not
   * wait for each other here, and each would go to main memory.
   */
  fetch(low: Int32Array, count: number): void {
    const { slots, scale } = this;
    let touched = 0;
    for (let k = 0; k < count; k++)
      touched |= slots[((((low[k] as number) >>> 0) * scale) | 0) * 2] as number;
    this.touched = touched;
  }

  /** Bytes it takes. */
  get bytes(): number {
    return this.slots.byteLength;
  }

  private grow(): void {
    const { slots, room } = this;
    const larger = Math.ceil(room * GROWTH);
    const moved = new Int32Array(larger * 2);
    const scale = larger / RANGE;
    for (let from = 0; from < room * 2; from += 2) {
      const low = slots[from] as number;
      const high = slots[from + 1] as number;
      if ((low | high) === 0) continue;
      let at = (((low >>> 0) * scale) | 0) * 2;
      while (((moved[at] as number) | (moved[at + 1] as number)) !== 0) {
        at += 2;
        if (at === larger * 2) at = 0;
      }
      moved[at] = low;
      moved[at + 1] = high;
    }
    this.slots = moved;
    this.room = larger;
    this.scale = scale;
    this.limit = Math.floor(larger * LOAD);
  }
}
