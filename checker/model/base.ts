/** What a table calls the spec that is no variant, and the environment that overrides nothing. */
export const BASE = 'base';
