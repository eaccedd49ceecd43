import { types } from 'node:util';
import {
  DATA,
  NONE,
  OPAQUE,
  PRIMITIVE,
  anyOf,
  either,
  isData,
  resolved,
  type Abstract,
  type Resolved,
} from './abstract';
import * as answers from './answers';
import { isRecordFactory, type Classes } from './classes';
import { Environment } from './environment';
import { NotKnown } from './notKnown';
import { entriesOf, membersOf, propertyOf, valuesOf, type Objects } from './objects';
import { scopesOf, type Scope } from './probe';
import { Recursion } from './recursion';
import { sourceOf, type FunctionNode } from './source';

/**
 * What is asked about a function: whether it may be asked `ahead`, about what it may never be given, and so must come to
 * an end; or whether the functions that it hands to collections, `within` it, may be asked so. It is itself called as it
 * would be anyway, so it need not end.
 */
export type Question = 'ahead' | 'within';

/** What calls and properties do: whatever is called is known, or looked into, or else NotKnown is thrown. */
export abstract class Calls {
  private readonly recursion = new Recursion();
  /** What the names mean that functions captured, by function. */
  private readonly captures = new Map<object, (name: string) => Abstract>();
  /** In how many functions we are that may be asked about what they would not be given, where that is the question. */
  private level = 0;
  /** Whether the answer rests on anything but the text of the function that was asked about. */
  beyondText = false;

  constructor(
    protected readonly classes: Classes,
    protected readonly objects: Objects,
    private readonly question: Question = 'ahead',
  ) {}

  /** Looks into a call of a function that stands in the code; its parameters are `given`. */
  protected abstract enter(
    node: FunctionNode,
    environment: Environment,
    given: readonly Abstract[],
  ): Abstract;

  /** Looks into a call. `self` is what `this` is. */
  call(callee: Abstract, self: Abstract, given: readonly Abstract[]): Abstract {
    const it = resolved(callee);
    if (it.kind === 'written') {
      const { node, environment } = it;
      const { level } = this;
      const inner =
        node.type === 'ArrowFunctionExpression' ? environment.inner(level) : environment.called(self, level);
      return this.recursion.ending(node, () => this.enter(node, inner, given));
    }
    if (it.kind === 'none') return NONE;
    if (it.kind !== 'captured') throw new NotKnown('what is called');
    return this.callCaptured(it.value, self, given);
  }

  /** Looks into a call of a function that was there before. */
  callCaptured(fn: object, self: Abstract, given: readonly Abstract[]): Abstract {
    if (types.isProxy(fn)) throw new NotKnown('what a proxy does');
    if (answers.ANSWERING_ANY.has(fn)) return PRIMITIVE;
    if (answers.ANSWERING.has(fn) && given.every(isData)) return PRIMITIVE;
    if (answers.MAKING.has(fn)) return made(given.map((value) => this.walked(value)));
    if (isRecordFactory(fn)) return made(given.map(fieldsIn));
    if (fn === Object.keys || fn === Object.values) return this.enumerated(fn, given);
    if (fn === Array.from) return this.arrayFrom(given);
    const node = sourceOf(fn);
    if (!node || node.async || node.generator) throw new NotKnown('a function that has no text');
    const root = new Environment(
      null,
      this.capturedBy(fn),
      node.type === 'ArrowFunctionExpression' ? OPAQUE : self,
      this.level,
    );
    if (node.type === 'FunctionExpression' && node.id)
      root.declare(node.id.name, { kind: 'captured', value: fn });
    if (this.mayRecur) {
      const like = given.map((value) => this.anyLike(value));
      return this.recursion.settling(fn, [self, ...like], () => this.enter(node, root.inner(), like));
    }
    return this.recursion.ending(fn, () => this.enter(node, root.inner(), given));
  }

  /** What a `new` expression makes. */
  construct(callee: Abstract, given: readonly Abstract[]): Abstract {
    const it = resolved(callee);
    if (it.kind !== 'captured') throw new NotKnown('what is constructed');
    if (answers.ERRORS.has(it.value) && given.every(isData)) return OPAQUE;
    if (isRecordFactory(it.value)) return made(given.map(fieldsIn));
    throw new NotKnown('what a constructor does');
  }

  /** What reading a property gives. */
  property(object: Abstract, name: string): Abstract {
    const it = resolved(object);
    switch (it.kind) {
      case 'none':
        return NONE;
      case 'primitive':
        return DATA;
      case 'data':
        return anyOf([DATA, ...this.classes.named(name).map((property) => this.read(property, DATA))]);
      case 'array':
        return name === 'length' ? PRIMITIVE : /^\d+$/.test(name) ? either(it.of, PRIMITIVE) : OPAQUE;
      case 'object':
        return it.of.get(name) ?? (name in Object.prototype ? OPAQUE : PRIMITIVE);
      case 'captured': {
        const property = propertyOf(it.value, name);
        if (property === null) throw new NotKnown('what a proxy answers');
        return property ? this.read(property, it) : PRIMITIVE;
      }
      default:
        throw new NotKnown(`what ${name} is read of`);
    }
  }

  /** What reading a property gives whose name is not known. */
  anyProperty(object: Abstract): Abstract {
    const it = resolved(object);
    if (it.kind === 'array') return either(it.of, PRIMITIVE);
    if (isData(it)) {
      if (this.classes.accessors) throw new NotKnown('which accessor is read');
      return DATA;
    }
    const values = it.kind === 'captured' ? (membersOf(it.value) ?? valuesOf(it.value)) : undefined;
    if (!values) throw new NotKnown('which property is read');
    // What every array or object inherits is no data, but all that this can then be used for is harmless.
    return anyOf([PRIMITIVE, ...values.map((value) => this.objects.abstract(value))]);
  }

  /** Looks into a call of a method. */
  method(object: Abstract, name: string, given: readonly Abstract[]): Abstract {
    const it = resolved(object);
    switch (it.kind) {
      case 'none':
        return NONE;
      case 'primitive':
      case 'data':
        return this.methodOfData(name, given);
      case 'array':
        return this.methodOfArray([it.of], it, name, given);
      case 'captured': {
        const members = membersOf(it.value)?.map((member) => this.objects.abstract(member));
        if (members) return this.methodOfArray(members, it, name, given);
        const known = this.lookUp(it.value, name, given);
        return known ?? this.call(this.property(it, name), it, given);
      }
      case 'object':
        return this.call(this.property(it, name), it, given);
      default:
        throw new NotKnown(`what ${name} is called on`);
    }
  }

  /** What may come when a value is walked through; each with a kind of its own. */
  membersIn(value: Abstract): readonly Abstract[] {
    const it = resolved(value);
    if (it.kind === 'array') return [it.of];
    if (isData(it)) return [it];
    const members = it.kind === 'captured' ? (membersOf(it.value) ?? entriesOf(it.value)?.values) : undefined;
    if (!members) throw new NotKnown('what is walked through');
    return distinct(members.map((member) => this.objects.abstract(member)));
  }

  private methodOfData(name: string, given: readonly Abstract[]): Abstract {
    const own = this.classes.named(name).map((property) => this.call(this.read(property, DATA), DATA, given));
    if (answers.ITERATORS.has(name) && given.length === 0 && own.length === 0)
      return { kind: 'array', of: DATA };
    if (!answers.METHODS_OF_DATA.has(name)) {
      if (own.length === 0) throw new NotKnown(`what ${name} does`);
      return anyOf(own);
    }
    for (const value of given) {
      const isCallback = isFunction(value);
      const part = isCallback ? this.asked(() => this.call(value, OPAQUE, [DATA, DATA, DATA, DATA])) : value;
      if (isCallback && answers.ASKING.has(name)) continue;
      if (!isData(answers.WALKING.has(name) ? this.walked(part) : part))
        throw new NotKnown(`what ${name} is given`);
    }
    return anyOf([DATA, ...own]);
  }

  /** Looks into a function that a collection asks. */
  private asked<T>(look: () => T): T {
    if (this.question === 'ahead') return look();
    this.level++;
    try {
      return look();
    } finally {
      this.level--;
    }
  }

  private methodOfArray(
    members: readonly Abstract[],
    array: Resolved,
    name: string,
    given: readonly Abstract[],
  ): Abstract {
    if (!answers.METHODS_OF_ARRAYS.has(name)) throw new NotKnown(`what ${name} does to an array`);
    const of = anyOf(members);
    const [first, ...rest] = given;
    const each = (fn: Abstract) =>
      anyOf(distinct(members).map((member) => this.call(fn, OPAQUE, [member, PRIMITIVE, array])));
    switch (name) {
      case 'includes':
      case 'indexOf':
      case 'lastIndexOf':
        if (!rest.every(isData)) throw new NotKnown('where the search begins');
        return PRIMITIVE;
      case 'at':
        if (!given.every(isData)) throw new NotKnown('which member is read');
        return either(of, PRIMITIVE);
      case 'join':
        if (![of, ...given].every(isData)) throw new NotKnown('what is joined');
        return PRIMITIVE;
      case 'slice':
        if (!given.every(isData)) throw new NotKnown('which members are taken');
        return { kind: 'array', of };
      case 'concat':
        return { kind: 'array', of: anyOf([of, ...given.map((value) => either(value, this.walked(value)))]) };
    }
    if (first === undefined) return PRIMITIVE; // throws
    if (name === 'reduce') {
      const start = rest[0] ?? of;
      if (!isData(start)) throw new NotKnown('what is summed up');
      const sum = anyOf(distinct(members).map((m) => this.call(first, OPAQUE, [DATA, m, PRIMITIVE, array])));
      if (!isData(sum)) throw new NotKnown('what the sum is');
      return DATA;
    }
    const result = each(first);
    switch (name) {
      case 'map':
        return { kind: 'array', of: result };
      case 'flatMap':
        return { kind: 'array', of: flattened(result) ?? either(result, this.walked(result)) };
      case 'filter':
        return { kind: 'array', of };
      case 'find':
      case 'findLast':
        return either(of, PRIMITIVE);
      default:
        return PRIMITIVE;
    }
  }

  /** `Array.from`, of what can be walked through or of an object with no more than a length. */
  private arrayFrom([from, fn, ...rest]: readonly Abstract[]): Abstract {
    const it = resolved(from ?? PRIMITIVE);
    if (rest.length > 0) throw new NotKnown('what this is');
    const isLength =
      it.kind === 'object' && [...it.of].every(([name, of]) => name === 'length' && isData(of));
    const members = isLength ? [PRIMITIVE] : this.membersIn(it);
    if (fn === undefined) return { kind: 'array', of: anyOf(members) };
    return { kind: 'array', of: anyOf(members.map((member) => this.call(fn, OPAQUE, [member, PRIMITIVE]))) };
  }

  /** `get` and `has` of a Map or Set of JavaScript's own. */
  private lookUp(object: object, name: string, given: readonly Abstract[]): Abstract | undefined {
    const found = entriesOf(object);
    if (!found || given.length !== 1) return undefined;
    if (name === 'has') return PRIMITIVE;
    if (name !== 'get' || found.prototype !== Map.prototype) return undefined;
    return anyOf([PRIMITIVE, ...found.values.map((value) => this.objects.abstract(value))]);
  }

  /** What is in an array that is given to what walks through it; data where it is no array. */
  private walked(value: Abstract): Abstract {
    return isData(value) ? value : anyOf(this.membersIn(value));
  }

  private read(property: PropertyDescriptor, self: Abstract): Abstract {
    if ('value' in property) return this.objects.abstract(property.value);
    return property.get ? this.callCaptured(property.get, self, []) : PRIMITIVE;
  }

  private enumerated(fn: unknown, [object]: readonly Abstract[]): Abstract {
    const it = resolved(object ?? PRIMITIVE);
    if (it.kind === 'object')
      return { kind: 'array', of: fn === Object.keys ? PRIMITIVE : anyOf([...it.of.values()]) };
    const values = it.kind === 'captured' ? (membersOf(it.value) ?? valuesOf(it.value)) : undefined;
    if (!values) throw new NotKnown('what has these properties');
    return {
      kind: 'array',
      of: fn === Object.keys ? PRIMITIVE : anyOf(values.map((value) => this.objects.abstract(value))),
    };
  }

  /** What the names mean that a function captured; found out when the first of them matters. */
  private capturedBy(fn: object): (name: string) => Abstract {
    const known = this.captures.get(fn);
    if (known) return known;
    let scopes: readonly Scope[] | undefined;
    const meanings = new Map<string, Resolved>();
    const meaningOf = (name: string): Resolved => {
      this.beyondText = true;
      scopes ??= scopesOf(fn);
      if (scopes === undefined) throw new NotKnown('what a function closes over');
      const scope = scopes.find((variables) => Object.hasOwn(variables, name));
      if (scope) return this.objects.abstract(scope[name]);
      const property = Object.getOwnPropertyDescriptor(globalThis, name);
      if (!property || !('value' in property)) throw new NotKnown(`what ${name} is`);
      return this.objects.abstract(property.value);
    };
    const captured = (name: string): Abstract => ({
      kind: 'free',
      resolve: () => {
        const meaning = meanings.get(name) ?? meaningOf(name);
        meanings.set(name, meaning);
        return meaning;
      },
    });
    this.captures.set(fn, captured);
    return captured;
  }

  /** Whether what is looked into need not come to an end. */
  private get mayRecur(): boolean {
    return this.question === 'within' && this.level === 0;
  }

  /** What is like an array that was captured, so that a part of it is too. */
  private anyLike(value: Abstract): Abstract {
    const it = resolved(value);
    const members = it.kind === 'captured' ? membersOf(it.value) : undefined;
    return members ? { kind: 'array', of: anyOf(members.map((one) => this.objects.abstract(one))) } : value;
  }
}

/** What is in an array that is known to be one. */
function flattened(value: Abstract): Abstract | undefined {
  const it = resolved(value);
  if (it.kind === 'none') return it;
  return it.kind === 'array' ? it.of : undefined;
}

function isFunction(value: Abstract): boolean {
  const it = resolved(value);
  return it.kind === 'written' || (it.kind === 'captured' && typeof it.value === 'function');
}

/** A Record's fields, given as an object or as data. */
function fieldsIn(value: Abstract): Abstract {
  const it = resolved(value);
  return it.kind === 'object' ? anyOf([...it.of.values()]) : it;
}

/** What is made of such parts. */
function made(parts: readonly Abstract[]): Abstract {
  if (parts.every(isData)) return DATA;
  throw new NotKnown('what a collection is made of');
}

/** Each kind once; what was captured counts one by one. */
function distinct(values: readonly Abstract[]): readonly Abstract[] {
  const kinds = new Set<string>();
  return values.filter((value) => {
    const { kind } = resolved(value);
    if (kind !== 'primitive' && kind !== 'data' && kind !== 'opaque') return true;
    return !kinds.has(kind) && kinds.add(kind);
  });
}
