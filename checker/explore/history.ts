const CHUNK = 1 << 14;

/** How each distinct state was first reached: the state it came from and by which edge. 8 bytes a state. */
export class History {
  private readonly parents: Uint32Array[] = [];
  private readonly edges: Uint32Array[] = [];
  /** Distinct states so far; the next one gets this number. */
  size = 0;

  /** The parent of an initial state; its edge is which initial state it is. */
  static readonly NO_PARENT = 0xffffffff;

  add(parent: number, edge: number): void {
    const at = this.size % CHUNK;
    if (at === 0) {
      this.parents.push(new Uint32Array(CHUNK));
      this.edges.push(new Uint32Array(CHUNK));
    }
    (this.parents[this.parents.length - 1] as Uint32Array)[at] = parent;
    (this.edges[this.edges.length - 1] as Uint32Array)[at] = edge;
    this.size++;
  }

  /** The edges from an initial state to state `number`; the first one says which initial state. */
  edgesTo(number: number): number[] {
    const path: number[] = [];
    for (
      let at = number;
      at !== History.NO_PARENT;
      at = this.parents[Math.floor(at / CHUNK)]?.[at % CHUNK] as number
    )
      path.push(this.edges[Math.floor(at / CHUNK)]?.[at % CHUNK] as number);
    return path.reverse();
  }

  get bytes(): number {
    return this.parents.length * CHUNK * 8;
  }
}
