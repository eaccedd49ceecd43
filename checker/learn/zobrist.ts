import { createHash } from 'node:crypto';

/** Two 32-bit halves of a 64-bit number, as signed integers. */
export type Key = readonly [low: number, high: number];

/**
 * The random 64-bit number of "this cell has this value". It depends on the two names alone, so every
 * thread and every run agrees on it without talking. A state's fingerprint is the xor over its cells, and
 * two different states share one with probability 2^-64.
 */
export function zobristKey(cell: string, value: string): Key {
  const digest = createHash('sha256').update(cell).update('\0').update(value).digest();
  return [digest.readInt32LE(0), digest.readInt32LE(4)];
}
