import { Record } from 'immutable';
import type { Place, Shape } from '../cells';
import type { Session } from '../session';
import { keyed, merge } from './keyed';
import { dataOf, lookUp, make, overlay, prototypeFor, type Any, type Methods, type View } from './view';

const methods: Methods = {
  ...keyed,
  merge,

  get(field, notSet) {
    const { session, place, shape } = dataOf(this);
    if (!shape?.fields.includes(field as string)) return notSet;
    const id = session.cells.values.idOf(field);
    const { change } = lookUp(this, id);
    if (change?.kind === 'set') return change.value;
    return session.get(session.cells.child(place, id));
  },

  set(field, value) {
    const { session, shape } = dataOf(this);
    if (!shape?.fields.includes(field as string)) return this;
    return overlay(this, { kind: 'set', id: session.cells.values.idOf(field), key: field, value });
  },

  remove(field) {
    return (this as Any).set(
      field,
      dataOf(this)
        .shape?.example.clear()
        .get(field as string),
    );
  },

  clear() {
    return dataOf(this).shape?.example.clear();
  },
};

const prototypes = new WeakMap<Shape, object>();

/** A view of the Record in a place. Methods of a class that extends the Record read through it as well. */
export function recordView(session: Session, place: Place, shape: Shape): View {
  let prototype = prototypes.get(shape);
  if (prototype === undefined) {
    const from = Object.getPrototypeOf(shape.example) as object;
    prototypes.set(shape, (prototype = prototypeFor(from, methods, Record.prototype as object)));
  }
  return make(prototype, { session, place, shape });
}
