export * from './spec/index';
export * from './checker/index';
