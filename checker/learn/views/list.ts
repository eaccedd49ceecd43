import { List } from 'immutable';
import type { Place } from '../cells';
import type { Session } from '../session';
import { keyed } from './keyed';
import { NOT_SET, dataOf, lookUp, make, overlay, prototypeFor, real, type Any, type View } from './view';

/** An index from the front, or undefined where the view itself has no entry there. */
function indexIn(view: View, index: unknown): number | undefined {
  const { size = 0 } = dataOf(view);
  if (!Number.isInteger(index)) return undefined;
  const at = (index as number) < 0 ? size + (index as number) : (index as number);
  return at >= 0 && at < size ? at : undefined;
}

const prototype = prototypeFor(List.prototype as object, {
  ...keyed,

  get(index, notSet) {
    const { session, place } = dataOf(this);
    const at = indexIn(this, index);
    if (at === undefined) return Number.isInteger(index) ? notSet : real(this).get(index, notSet);
    const id = session.cells.values.idOf(at);
    const { change } = lookUp(this, id);
    if (change?.kind === 'set') return change.value;
    return session.get(session.cells.child(place, id));
  },

  has(index) {
    return (this as Any).get(index, NOT_SET) !== NOT_SET;
  },

  first(notSet) {
    return (this as Any).get(0, notSet);
  },

  last(notSet) {
    return (this as Any).get(-1, notSet);
  },

  isEmpty() {
    return dataOf(this).size === 0;
  },

  set(index, value) {
    const at = indexIn(this, index);
    if (at === undefined) return real(this).set(index, value);
    return overlay(this, { kind: 'set', id: dataOf(this).session.cells.values.idOf(at), key: at, value });
  },

  push(...values) {
    const { session, size = 0 } = dataOf(this);
    if (values.length !== 1) return real(this).push(...values);
    const change = { kind: 'set', id: session.cells.values.idOf(size), key: size, value: values[0] } as const;
    return overlay(this, change, { size: size + 1 });
  },
});
Object.defineProperty(prototype, 'size', {
  get(this: View) {
    return dataOf(this).size;
  },
});

/** A view of the List in a place. */
export function listView(session: Session, place: Place, size: number): View {
  return make(prototype, { session, place, size });
}
