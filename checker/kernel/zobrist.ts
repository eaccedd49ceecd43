import { DigestTable, Digester, DIGEST_WORDS } from '../value/digest';

/** Two 32-bit halves of a 64-bit number, as signed integers. */
export type Key = readonly [low: number, high: number];

/** A digest in a table of them: from a word on. */
export interface DigestAt {
  readonly words: Int32Array;
  readonly at: number;
}

/**
 * 64-bit numbers, one for each value that a cell may have. A state's fingerprint is the xor over its cells. A key is a
 * function of the path of the cell and of the value alone: whoever comes to a state, in whichever process and by whatever
 * way, knows it by the same fingerprint. Keys pass for random: two different states share a fingerprint with probability 2^-64.
 */
export class ZobristKeys {
  private readonly digester = new Digester();
  /** By cell: the digest of its path. */
  private readonly paths = new DigestTable();

  /** The next cell is that of a variable with a name. */
  addVariable(name: string): void {
    this.digester.begin('variable');
    this.digester.text(name);
    this.paths.push(this.digester);
  }

  /** The next cell is below another, with a key of that digest. */
  addBelow(parent: number, key: DigestAt): void {
    const { digester, paths } = this;
    digester.begin('below');
    digester.digest(paths.words, parent * DIGEST_WORDS);
    digester.digest(key.words, key.at);
    paths.push(digester);
  }

  /** The key of a cell's having a value of that digest; never 0, which is absence's. */
  keyOf(cell: number, value: DigestAt): Key {
    const { digester, paths } = this;
    digester.begin('key');
    digester.digest(paths.words, cell * DIGEST_WORDS);
    digester.digest(value.words, value.at);
    const low = digester.word(0);
    const high = digester.word(1);
    return low === 0 && high === 0 ? [1, 0] : [low, high];
  }
}
