import { ACTION_PARTS } from './action';
import { ACTION_PROPERTY_PARTS, INVARIANT_PARTS } from './property';
import { SPEC_PARTS, VARIANT_PARTS } from './spec';

/**
 * Every part that a construct of the language may have, and what is to be given for it. The checker refuses any other
 * when it puts a spec together: a misspelt part would be no part.
 */
export const PARTS = {
  spec: SPEC_PARTS,
  variant: VARIANT_PARTS,
  action: ACTION_PARTS,
  invariant: INVARIANT_PARTS,
  'action property': ACTION_PROPERTY_PARTS,
} as const;
