import { createCipheriv } from 'node:crypto';

/** Two 32-bit halves of a 64-bit number, as signed integers. */
export type Key = readonly [low: number, high: number];

/** Bytes of the stream that are made at once, at first and at most. */
const FIRST_BLOCK = 1 << 12;
const LARGEST_BLOCK = 1 << 16;

/**
 * Random 64-bit numbers, one for each value that a cell may have. A state's fingerprint is the xor over its cells, and
 * two different states share one with probability 2^-64. They are the stream of a cipher of which nothing is secret:
 * the same in every run.
 */
export class ZobristKeys {
  private readonly cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16));
  private block = Buffer.alloc(0);
  private used = 0;

  next(): Key {
    if (this.used === this.block.length) {
      const bytes = Math.min(LARGEST_BLOCK, Math.max(FIRST_BLOCK, this.block.length * 2));
      this.block = this.cipher.update(Buffer.alloc(bytes));
      this.used = 0;
    }
    const at = this.used;
    this.used += 8;
    return [this.block.readInt32LE(at), this.block.readInt32LE(at + 4)];
  }
}
