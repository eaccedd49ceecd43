import { Record } from 'immutable';
import { fieldsOf, kinded } from '../value/kind';
import { label } from '../value/refusal';
import { exactText } from '../value/text';
import type { ValueId, Values } from '../value/values';
import type { Atom, Cells, Place } from './cells';

/** What is wrong with two kinds that are mixed in one place, and what to do. */
export interface Mixture {
  readonly what: string;
  readonly advice: string;
}

/** A place, or one within the value of a place that is kept whole. */
interface Where {
  readonly parent: Where | null;
  readonly key: unknown;
  readonly path: string;
}

/**
 * Watches for values that Immutable calls equal though a state tells them apart: Records of two kinds with the same
 * fields, a List and a Stack. Where both come to be keys of one Map or members of one Set, each of them keeps the other
 * out, which nobody means; and a view, that goes by cells, would have both. So the second one is at fault wherever it turns
 * up, in a state or in a question, in whichever order the two come. Two kinds of Record that look the same (the name, the
 * fields, the defaults) may not have one place by turns either: nobody could read the state.
 *
 * Kept only from where there are two such kinds on, since most specs have none.
 */
export class Lookalikes {
  /** By the path of a Map or Set: a key of each class that Immutable's equality knows. */
  private readonly keys = new Map<string, Map<number, ValueId>>();
  /** By the path of a place: a shape of each look. */
  private readonly shapes = new Map<string, Map<number, number>>();
  private swept = false;
  private readonly values: Values;

  constructor(
    private readonly cells: Cells,
    private readonly mixed: (mixture: Mixture) => never = (mixture) => {
      throw new Error(mixture.what);
    },
  ) {
    this.values = cells.values;
  }

  /** A place has a new key below it. */
  addKey(place: Place, key: ValueId): void {
    this.sweep();
    this.keyAt(this.whereOf(place), key);
  }

  /** A place has a new value. */
  addAtom(place: Place, atom: Atom): void {
    this.sweep();
    this.atomAt(this.whereOf(place), atom);
  }

  /** Two keys of one collection must not be equal for Immutable and differ. */
  requireOneKind(place: Place, one: ValueId, other: ValueId): void {
    if (one !== other && this.values.equality.classOf(one) === this.values.equality.classOf(other))
      this.mixed(this.mixture(this.whereOf(place), one, other));
  }

  /** Takes in what came before there were two kinds. */
  private sweep(): void {
    if (this.swept) return;
    this.swept = true;
    for (const place of this.cells.places) {
      const where = this.whereOf(place);
      for (const key of place.childOf.keys()) this.keyAt(where, key);
      for (const atom of place.atoms) if (atom) this.atomAt(where, atom);
    }
  }

  private keyAt(where: Where, key: ValueId): void {
    const value = this.values.valueOf(key);
    if (typeof value !== 'object' || value === null) return;
    const { path } = where;
    const byClass = this.keys.get(path) ?? new Map<number, ValueId>();
    this.keys.set(path, byClass);
    const equal = this.values.equality.classOf(key);
    const known = byClass.get(equal);
    if (known !== undefined && known !== key) this.mixed(this.mixture(where, known, key));
    byClass.set(equal, key);
  }

  private atomAt(where: Where, atom: Atom): void {
    if (atom.kind === 'Record') this.recordAt(where, atom.shape.example);
    if (atom.kind === 'value') this.valueAt(where, atom.value);
  }

  private recordAt(where: Where, record: Record<{ [field: string]: unknown }>): void {
    const shape = this.values.shapeOf(record);
    const { path } = where;
    const byLook = this.shapes.get(path) ?? new Map<number, number>();
    this.shapes.set(path, byLook);
    const look = this.values.lookOf(shape);
    const known = byLook.get(look);
    byLook.set(look, shape);
    if (known === undefined || known === shape) return;
    const name = nameOf(record);
    this.mixed({
      what: `it puts two kinds of Record into ${textOf(where)} that look the same: both are named '${name}', with the same fields and defaults`,
      advice: NAME_EACH,
    });
  }

  /** Goes through a value that its place has whole. What is in a key, or in a member of a Set, is no place of its own. */
  private valueAt(where: Where, value: unknown): void {
    const { kind, value: it } = kinded(value);
    switch (kind) {
      case 'scalar':
        return;
      case 'Map':
      case 'OrderedMap':
        it.forEach((member, key) => {
          this.keyAt(where, this.values.idOf(key));
          this.valueAt(this.below(where, key), member);
        });
        return;
      case 'Set':
      case 'OrderedSet':
        it.forEach((member) => this.keyAt(where, this.values.idOf(member)));
        return;
      case 'List':
      case 'Stack':
        it.forEach((member, index) => this.valueAt(this.below(where, index), member));
        return;
      case 'Record':
        this.recordAt(where, it);
        for (const field of fieldsOf(it)) this.valueAt(this.below(where, field), it.get(field));
        return;
    }
  }

  private below(where: Where, key: unknown): Where {
    return { parent: where, key, path: `${where.path}/${this.values.idOf(key)}` };
  }

  private whereOf(place: Place): Where {
    const parent = place.parent && this.whereOf(place.parent);
    return { parent, key: place.key, path: this.cells.pathOf(place) };
  }

  private mixture(where: Where, one: ValueId, other: ValueId): Mixture {
    const values = [one, other].map((id) => this.values.valueOf(id)) as [unknown, unknown];
    const apart = this.values.equality.apart(...values) ?? values;
    const [first, second] = values.map(exactText) as [string, string];
    const records = kinded(apart[0]).kind === 'Record';
    const looks = apart.map((it) =>
      records ? this.values.lookOf(this.values.shapeOf(it as Record<{ [field: string]: unknown }>)) : 0,
    );
    const alike = records && looks[0] === looks[1];
    const [kind, another] = apart.map(kindText) as [string, string];
    const kinds = alike
      ? `two kinds of ${kind} that look the same`
      : kind === another
        ? `${kind} and another ${another}`
        : `${kind} and ${another}`;
    const told = first === second ? `${first}, one of each kind,` : `${first} and ${second}`;
    return {
      what: `it mixes ${kinds} in ${textOf(where)}: Immutable calls ${told} equal, so that a Set or Map has one of them in place of the other`,
      advice: alike
        ? `${NAME_EACH}, and a field that tells it apart`
        : records
          ? FIELD_EACH
          : 'keep to one of the two, List or Stack',
    };
  }
}

const NAME_EACH =
  "give each kind a name of its own, as in Record({ … }, 'Ack'), and make its factory once, outside of the functions of the spec";
const FIELD_EACH =
  "give the Records a field that tells the kinds apart, as in Record({ kind: 'ack', … }, 'Ack'), or keep them in a collection each";

/** A kind as people call it. */
function kindText(value: unknown): string {
  const { kind, value: it } = kinded(value);
  return kind === 'Record' ? `Record '${nameOf(it)}'` : `a ${kind}`;
}

/** A Record's name: that of its class, which inherits its factory's; that of its factory where it has none. */
function nameOf(record: Record<{ [field: string]: unknown }>): string {
  const { constructor } = record;
  return Object.hasOwn(constructor, 'displayName') || constructor.name === ''
    ? Record.getDescriptiveName(record)
    : constructor.name;
}

/** A place as people write it: `sent.w1[0]`. */
function textOf({ parent, key }: Where): string {
  if (parent === null) return String(key);
  return typeof key === 'number' ? `${textOf(parent)}[${key}]` : `${textOf(parent)}.${label(key)}`;
}
