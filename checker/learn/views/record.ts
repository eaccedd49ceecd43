import { Record } from 'immutable';
import type { Place, Shape } from '../cells';
import type { Session } from '../session';
import { keyed, merge } from './keyed';
import { dataOf, lookUp, make, overlay, prototypeFor, type Any, type Methods, type View } from './view';

/** A field's name as Immutable takes it: `get(0)` is of the field '0'. */
function nameIn(view: View, field: unknown): string | undefined {
  const name = String(field);
  return dataOf(view).shape?.fields.includes(name) ? name : undefined;
}

/** The Record that has all fields' defaults. */
function defaultsOf(view: View) {
  return dataOf(view).shape?.example.clear();
}

const methods: Methods = {
  ...keyed,
  merge,

  get(field, notSet) {
    const { session, place } = dataOf(this);
    const name = nameIn(this, field);
    if (name === undefined) return notSet;
    const id = session.cells.values.idOf(name);
    const { change } = lookUp(this, id);
    if (change?.kind === 'set') return change.value;
    return session.get(session.cells.child(place, id));
  },

  set(field, value) {
    const name = nameIn(this, field);
    if (name === undefined) return this;
    const id = dataOf(this).session.cells.values.idOf(name);
    return overlay(this, {
      kind: 'set',
      id,
      key: name,
      value: value === undefined ? defaultsOf(this)?.get(name) : value,
    });
  },

  remove(field) {
    return (this as Any).set(field, undefined);
  },

  clear() {
    return defaultsOf(this);
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
  return make({ prototype, session, place, shape });
}
