/**
 * What may be given for a part: `members` are functions or declarations by name, or a function that gives them;
 * `function`, `text` and `names` are what they say.
 */
export type Given =
  | 'anything'
  | 'constants'
  | 'environments'
  | 'function'
  | 'members'
  | 'names'
  | 'ranges'
  | 'sentence'
  | 'text';

/** A construct's parts by name: none of its interface may be missing here, so that no part can be forgotten. */
export type PartsOf<T> = { readonly [K in keyof Required<T>]: Given };
