/** Thrown where looking into code ends: what it may do is not known. */
export class NotKnown extends Error {}
