const PAGE = 1 << 16;

/** Words that grow: in pages, since to copy millions of them over and over takes longer than to find them. */
export class Words {
  length = 0;
  private readonly pages: Uint32Array[] = [];

  push(word: number): void {
    const at = this.length++ % PAGE;
    if (at === 0) this.pages[Math.floor((this.length - 1) / PAGE)] ??= new Uint32Array(PAGE);
    (this.pages[Math.floor((this.length - 1) / PAGE)] as Uint32Array)[at] = word;
  }

  replaceLast(word: number): void {
    (this.pages[Math.floor((this.length - 1) / PAGE)] as Uint32Array)[(this.length - 1) % PAGE] = word;
  }

  at(index: number): number {
    return this.pages[Math.floor(index / PAGE)]?.[index % PAGE] as number;
  }

  /** All of them in one piece; none may be put in later. */
  take(): Uint32Array {
    const all = new Uint32Array(this.length);
    for (let from = 0; from < this.length; from += PAGE) {
      const page = this.pages.shift() as Uint32Array;
      all.set(page.subarray(0, Math.min(PAGE, this.length - from)), from);
    }
    this.pages.length = this.length = 0;
    return all;
  }

  get bytes(): number {
    return this.pages.length * PAGE * 4;
  }
}

/** Steps, out of one state after the other: where each leads and by which edge. 8 bytes a step, and 4 a state. */
export class StepTable {
  private readonly firsts = new Words();
  private readonly tos = new Words();
  private readonly edgeNumbers = new Words();

  /** What comes leads out of a state, the one after the last or later. */
  beginAt(state: number): void {
    while (this.firsts.length <= state) this.firsts.push(this.tos.length);
  }

  add(edge: number, to: number): void {
    this.edgeNumbers.push(edge);
    this.tos.push(to);
  }

  /** How many there are. */
  get count(): number {
    return this.tos.length;
  }

  get bytes(): number {
    return this.firsts.bytes + this.tos.bytes + this.edgeNumbers.bytes;
  }

  /**
   * All steps, of so many states: those out of state n are the ones from `first[n]` up to `first[n + 1]`. States from
   * `expanded` on have none: the first of them may have been under way.
   */
  of(states: number, expanded: number): Steps {
    if (this.firsts.length > expanded) {
      const end = this.firsts.at(expanded);
      this.firsts.length = expanded;
      this.tos.length = this.edgeNumbers.length = end;
    }
    this.beginAt(states);
    return { first: this.firsts.take(), to: this.tos.take(), edge: this.edgeNumbers.take() };
  }
}

/** Steps by the numbers of the states that they lead out of. */
export interface Steps {
  /** By state: the index of its first step; one more entry, for the end. */
  readonly first: Uint32Array;
  /** By step: the number of the state that it leads to, and the edge. */
  readonly to: Uint32Array;
  readonly edge: Uint32Array;
}
