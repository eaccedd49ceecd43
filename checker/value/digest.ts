import type { Scalar } from '../../spec/index';
import type { Kind } from './kind';

/** Words of a digest: 128 bits. */
export const DIGEST_WORDS = 4;

/** What is digested, so that things of different kinds share no beginning. Numbers are part of what a digest is. */
const TAG = {
  null: 0,
  boolean: 1,
  number: 2,
  bigint: 3,
  string: 4,
  Map: 5,
  OrderedMap: 6,
  Set: 7,
  OrderedSet: 8,
  List: 9,
  Stack: 10,
  Record: 11,
  entry: 12,
  look: 13,
  atom: 14,
  variable: 15,
  below: 16,
  key: 17,
} as const;

export type Tag = keyof typeof TAG;

const TAGS = Object.values(TAG).length;
const ROUNDS = 8;
/** The first bits of the square roots of 2, 3, 5 and 7. */
const ORIGIN = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a] as const;

/**
 * Digests words into 128 bits that look random, and are the same in every process. Each block is xored into the state,
 * and then all of it is stirred by the permutation of the Chaskey message code (Mouha et al., 2014), whose 8 rounds
 * leave no relation between similar blocks. Nothing of it is secret.
 */
export class Digester {
  private readonly state = new Int32Array(DIGEST_WORDS);
  private readonly origins = new Int32Array(TAGS * DIGEST_WORDS);
  private readonly float = new Float64Array(1);
  private readonly floatWords = new Int32Array(this.float.buffer);

  constructor() {
    for (const tag of Object.values(TAG)) {
      this.state.set(ORIGIN);
      this.block(tag, 0, 0, 0);
      this.origins.set(this.state, tag * DIGEST_WORDS);
    }
  }

  begin(tag: Tag): void {
    const { state, origins } = this;
    const at = TAG[tag] * DIGEST_WORDS;
    for (let k = 0; k < DIGEST_WORDS; k++) state[k] = origins[at + k] as number;
  }

  /** Takes four words in. */
  block(one: number, two: number, three: number, four: number): void {
    const { state } = this;
    let a = (state[0] as number) ^ one;
    let b = (state[1] as number) ^ two;
    let c = (state[2] as number) ^ three;
    let d = (state[3] as number) ^ four;
    for (let round = 0; round < ROUNDS; round++) {
      a = (a + b) | 0;
      b = ((b << 5) | (b >>> 27)) ^ a;
      a = (a << 16) | (a >>> 16);
      c = (c + d) | 0;
      d = ((d << 8) | (d >>> 24)) ^ c;
      a = (a + d) | 0;
      d = ((d << 13) | (d >>> 19)) ^ a;
      c = (c + b) | 0;
      b = ((b << 7) | (b >>> 25)) ^ c;
      c = (c << 16) | (c >>> 16);
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = d;
  }

  /** Takes a digest in, from a table. */
  digest(words: Int32Array, at: number): void {
    this.block(
      words[at] as number,
      words[at + 1] as number,
      words[at + 2] as number,
      words[at + 3] as number,
    );
  }

  /** Takes a text in, code unit by code unit. */
  text(text: string): void {
    this.block(text.length, 0, 0, 0);
    const pair = (at: number) => text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16); // 0 beyond the end
    for (let at = 0; at < text.length; at += 8)
      this.block(pair(at), pair(at + 2), pair(at + 4), pair(at + 6));
  }

  /** Takes a scalar in, after a `begin` of its own. */
  scalar(value: Scalar): void {
    switch (typeof value) {
      case 'string':
        this.begin('string');
        return this.text(value);
      case 'bigint':
        this.begin('bigint');
        return this.text(value.toString(16));
      case 'number':
        this.float[0] = value;
        this.begin('number');
        return this.block(this.floatWords[0] as number, this.floatWords[1] as number, 0, 0);
      case 'boolean':
        this.begin('boolean');
        return this.block(Number(value), 0, 0, 0);
      default:
        this.begin('null');
        return this.block(0, 0, 0, 0);
    }
  }

  /** A word of what came of all that. */
  word(index: number): number {
    return this.state[index] as number;
  }

  /** Puts down what came of it. */
  end(words: Int32Array, at: number): void {
    for (let k = 0; k < DIGEST_WORDS; k++) words[at + k] = this.state[k] as number;
  }
}

/** Digests, by number; they never change. */
export class DigestTable {
  /** Replaced when it grows. */
  words = new Int32Array(64 * DIGEST_WORDS);
  private count = 0;

  /** Puts down what a digester has come to, as the next one. */
  push(digester: Digester): void {
    const at = this.count++ * DIGEST_WORDS;
    if (at >= this.words.length) {
      const larger = new Int32Array(this.words.length * 2);
      larger.set(this.words);
      this.words = larger;
    }
    digester.end(this.words, at);
  }
}

/** Digests of values, by their ids: of equal values the same, in whatever process, built and met in whatever order. */
export class ValueDigests {
  readonly digester = new Digester();
  private readonly table = new DigestTable();
  private readonly sum = new Int32Array(DIGEST_WORDS);

  /** Where digests are: that of value `id` from word `DIGEST_WORDS * id` on. */
  get words(): Int32Array {
    return this.table.words;
  }

  /** The next id is a scalar's. */
  addScalar(value: Scalar): void {
    this.digester.scalar(value);
    this.table.push(this.digester);
  }

  /** The next id is a collection's, of members with these ids, in order where that counts. */
  addMembers(kind: Exclude<Kind, 'scalar' | 'Record' | 'Map' | 'OrderedMap'>, ids: readonly number[]): void {
    const { digester } = this;
    if (kind === 'Set') {
      this.sum.fill(0);
      for (const id of ids) this.plus(this.words, id * DIGEST_WORDS);
      this.endSum(kind, ids.length);
    } else {
      digester.begin(kind);
      for (const id of ids) digester.digest(this.words, id * DIGEST_WORDS);
      digester.block(ids.length, 0, 0, 0);
    }
    this.table.push(digester);
  }

  /** The next id is that of a Map, or an ordered one. */
  addEntries(kind: 'Map' | 'OrderedMap', entries: readonly (readonly [key: number, value: number])[]): void {
    const { digester, words } = this;
    const entry = ([key, value]: readonly [number, number]) => {
      digester.digest(words, key * DIGEST_WORDS);
      digester.digest(words, value * DIGEST_WORDS);
    };
    if (kind === 'Map') {
      this.sum.fill(0);
      for (const pair of entries) {
        digester.begin('entry');
        entry(pair);
        for (let k = 0; k < DIGEST_WORDS; k++) this.sum[k]! += digester.word(k);
      }
      this.endSum(kind, entries.length);
    } else {
      digester.begin(kind);
      entries.forEach(entry);
      digester.block(entries.length, 0, 0, 0);
    }
    this.table.push(digester);
  }

  /** The next id is that of a Record of a look, with fields that have these values. */
  addRecord(look: Int32Array, ids: readonly number[]): void {
    const { digester } = this;
    digester.begin('Record');
    digester.digest(look, 0);
    for (const id of ids) digester.digest(this.words, id * DIGEST_WORDS);
    this.table.push(digester);
  }

  /** The digest of how Records of a kind look, a text that names them and all they say of themselves. */
  lookOf(text: string): Int32Array {
    const { digester } = this;
    digester.begin('look');
    digester.text(text);
    const look = new Int32Array(DIGEST_WORDS);
    digester.end(look, 0);
    return look;
  }

  /** A digest as text. */
  textOf(id: number): string {
    return this.words.subarray(id * DIGEST_WORDS, (id + 1) * DIGEST_WORDS).join();
  }

  /** In whatever order members come: their digests are random, so that their sum is. */
  private plus(words: Int32Array, at: number): void {
    for (let k = 0; k < DIGEST_WORDS; k++) this.sum[k]! += words[at + k] as number;
  }

  private endSum(kind: 'Map' | 'Set', count: number): void {
    this.digester.begin(kind);
    this.digester.digest(this.sum, 0);
    this.digester.block(count, 0, 0, 0);
  }
}
