import * as immutable from 'immutable';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * Methods of data, whoever has them (a string, a number, a collection or Record of Immutable's), that do nothing but
 * answer, and give data where they are given data and functions that do.
 */
export const METHODS_OF_DATA = words(`
  at charAt charCodeAt codePointAt endsWith indexOf lastIndexOf localeCompare startsWith substring toFixed toLowerCase
  toString toUpperCase trim trimEnd trimStart valueOf
  butLast concat contains count countBy delete deleteIn equals every filter filterNot find findIndex findKey
  findLast findLastIndex findLastKey first flatMap get getIn groupBy has hasIn hashCode includes intersect
  isEmpty isSubset isSuperset join keyOf keySeq last lastKeyOf mapKeys map max maxBy merge min minBy
   peek reduce reduceRight remove removeIn rest set setIn skip skipLast skipUntil skipWhile slice some sort
  sortBy subtract take takeLast takeUntil takeWhile toIndexedSeq toKeyedSeq toList toMap toOrderedMap toOrderedSet toSeq
  toSet toSetSeq toStack union update updateIn valueSeq 
`);

/** Those that only ask whether what a function answers is truthy. */
export const ASKING = words(`
  count every filter filterNot find findIndex findKey findLast findLastIndex findLastKey skipUntil skipWhile some
  takeUntil takeWhile
`);

/** Those that walk through arrays they are given, and keep what is in there but not the arrays. */
export const WALKING = words('concat flatMap getIn hasIn intersect isSubset isSuperset subtract union');

/** Those that give iterators, over members or over entries. */
export const ITERATORS = words('keys values');

/** Methods of arrays that do nothing but answer. */
export const METHODS_OF_ARRAYS = words(`
  at concat every filter find findIndex findLast findLastIndex flatMap includes indexOf join lastIndexOf map reduce
  slice some
`);

/** Functions that only answer, for data, and give a primitive. */
export const ANSWERING: ReadonlySet<unknown> = new Set<unknown>([
  Number,
  String,
  parseInt,
  parseFloat,
  isNaN,
  isFinite,
  String.fromCharCode,
  ...owned(Number, ['isFinite', 'isInteger', 'isNaN', 'isSafeInteger', 'parseFloat', 'parseInt']),
  ...owned(
    Math,
    Object.getOwnPropertyNames(Math).filter((name) => name !== 'random'),
  ),
  ...owned(
    immutable,
    words(`is hash isAssociative isCollection isImmutable isIndexed isKeyed isList isMap isOrdered isOrderedMap isOrderedSet
      isRecord isSet isStack isValueObject`),
  ),
]);

/** Functions that only answer, for anything at all, and give a primitive. */
export const ANSWERING_ANY: ReadonlySet<unknown> = new Set<unknown>([Boolean, Object.is, Array.isArray]);

/** Functions that make data of data, or of arrays of data. */
export const MAKING: ReadonlySet<unknown> = new Set<unknown>([
  ...owned(immutable, ['List', 'Map', 'OrderedMap', 'OrderedSet', 'Set', 'Stack']),
  immutable.List.of,
  immutable.Set.of,
  immutable.OrderedSet.of,
]);

/** What may be made to be thrown. */
export const ERRORS: ReadonlySet<unknown> = new Set<unknown>([Error, RangeError, TypeError]);

function owned(object: object, names: Iterable<string>): unknown[] {
  return [...names]
    .map((name) => (object as { [name: string]: unknown })[name])
    .filter((value) => typeof value === 'function');
}
