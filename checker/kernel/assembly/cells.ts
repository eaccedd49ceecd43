/** The cells of a state, by their numbers: values, each as wide as a build of the kernel for such states has `Cell`. */
@unmanaged
export class Cells {
  @inline
  at(cell: i32): i32 {
    return i32(load<Cell>(this.addressOf(cell)));
  }

  @inline
  put(cell: i32, value: i32): void {
    store<Cell>(this.addressOf(cell), <Cell>value);
  }

  /** Makes all cells what those of another state are. Rows are a multiple of 8 bytes long. */
  @inline
  copy(other: Cells, bytes: i32): void {
    const from = changetype<usize>(other);
    const to = changetype<usize>(this);
    for (let at: usize = 0, end = <usize>bytes; at < end; at += 8) store<u64>(to + at, load<u64>(from + at));
  }

  @inline
  private addressOf(cell: i32): usize {
    return changetype<usize>(this) + ((<usize>cell) << alignof<Cell>());
  }
}

/** A state in a chunk; its cells follow. */
@unmanaged
export class Row {
  fingerprint: u64;
  /** The number of the state it was first reached from, and the edge that led there. */
  parent: i32;
  edge: i32;

  @inline
  get cells(): Cells {
    return changetype<Cells>(changetype<usize>(this) + offsetof<Row>());
  }
}
