import type { DigestAt } from '../kernel/zobrist';
import { DIGEST_WORDS, Digester } from '../value/digest';
import type { ValueId, Values } from '../value/values';
import type { Atom } from './cells';

/** Digests of what cells say: as fine as what tells atoms apart, and of no order in which they were met. */
export class AtomDigests {
  private readonly digester = new Digester();
  private readonly words = new Int32Array(DIGEST_WORDS);

  constructor(private readonly values: Values) {}

  /** An atom's. It serves until the next one is asked for. */
  of(atom: Atom): DigestAt {
    switch (atom.kind) {
      case 'value':
        return this.ofId(atom.id);
      case 'List':
        return this.named('List', (digester) => digester.block(atom.size, 0, 0, 0));
      case 'Record': {
        const look = this.values.lookDigestOf(this.values.shapeOf(atom.shape.example));
        return this.named('Record', (digester) => digester.digest(look, 0));
      }
      default:
        return this.named(atom.kind, () => {});
    }
  }

  /** A value's. It serves until the next value is met. */
  ofId(id: ValueId): DigestAt {
    return { words: this.values.digests.words, at: id * DIGEST_WORDS };
  }

  private named(kind: Exclude<Atom['kind'], 'value'>, more: (digester: Digester) => void): DigestAt {
    const { digester, words } = this;
    digester.begin('atom');
    digester.text(kind);
    more(digester);
    digester.end(words, 0);
    return { words, at: 0 };
  }
}
