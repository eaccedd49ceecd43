// One build, one instance: ESM and CommonJS users of a project share the same module.
export {
  UsageError,
  check,
  compareVariants,
  environmentsOf,
  ids,
  isSpec,
  language,
  numbers,
  replay,
  rootOf,
  stateGraph,
  validate,
  variant,
} from '../dist/index.js';
