export type * from './spec/index';
// Name by name: what the language has for the checker alone is no part of the package's face.
export { ids, isSpec, language, numbers, rootOf, variant } from './spec/index';
export * from './checker/index';
