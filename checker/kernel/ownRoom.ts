import type { Room } from './memory';

/** Room for tables that no kernel reads: each is an array of its own, and goes with whoever has it. */
export const OWN_ROOM: Room = {
  take: (words) => new Int32Array(words),
  giveBack: () => {},
  point: () => {},
};
