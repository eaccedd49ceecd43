/** One instruction that the kernel's language calls by name. */
export interface Operation {
  readonly opcode: readonly number[];
  readonly takes: readonly ('i32' | 'i64')[];
  readonly gives?: 'i32' | 'i64';
  /** The logarithm of the alignment, for what goes to memory. */
  readonly align?: number;
}

/** Addresses are in bytes and aligned; what is shorter than 32 bits is unsigned. */
export const OPCODES: Readonly<Record<string, Operation>> = {
  load: { opcode: [0x28], takes: ['i32'], gives: 'i32', align: 2 },
  load64: { opcode: [0x29], takes: ['i32'], gives: 'i64', align: 3 },
  load8: { opcode: [0x2d], takes: ['i32'], gives: 'i32', align: 0 },
  load16: { opcode: [0x2f], takes: ['i32'], gives: 'i32', align: 1 },
  store: { opcode: [0x36], takes: ['i32', 'i32'], align: 2 },
  store64: { opcode: [0x37], takes: ['i32', 'i64'], align: 3 },
  store8: { opcode: [0x3a], takes: ['i32', 'i32'], align: 0 },
  store16: { opcode: [0x3b], takes: ['i32', 'i32'], align: 1 },
  /** The low 32 bits of a 64-bit number, and a number without sign as one of 64 bits. */
  low: { opcode: [0xa7], takes: ['i64'], gives: 'i32' },
  wide: { opcode: [0xad], takes: ['i32'], gives: 'i64' },
  /** What is there; what was there before adding; what was there, replaced where it was what is expected. */
  atomicLoad64: { opcode: [0xfe, 0x11], takes: ['i32'], gives: 'i64', align: 3 },
  atomicAdd: { opcode: [0xfe, 0x1e], takes: ['i32', 'i32'], gives: 'i32', align: 2 },
  atomicSwapIf64: { opcode: [0xfe, 0x49], takes: ['i32', 'i64', 'i64'], gives: 'i64', align: 3 },
};
