import type { Cells, Place } from './cells';
import type { Leaves } from './leaves';

/** Cells that must be new before it is asked whether they help. */
const LEAST_CELLS = 64;
/** The same as a share of all states: what comes late must be worth beginning anew. */
const SHARE_OF_STATES = 1 / 64;
/** New cells a new state from which on states are unlike those before. */
const CELLS_A_STATE = 1 / 4;
/** States that must have brought them about: one may for good bring about many, of which the others make do. */
const LEAST_BRINGERS = 24;
/** Cells that steps came to write later, in all, and by states. */
const MOST_PATCHES = 1 << 18;
const PATCHES_A_STATE = 16;
/** The share of new cells that makes a place one that grows. */
const GROWS = 1 / 8;
/** The share of them that must be below such places. */
const COVERED = 3 / 4;

/**
 * Watches how many cells appear. Where nearly every state brings about cells that there never were, no state is like one
 * before, and each cell makes all rows wider and all steps longer that clear its place: then the places that grow are
 * better kept whole. Decided by counts alone.
 */
export class Growth {
  private since: { readonly distinct: number; readonly cells: number } | undefined;
  /** Cells that initial states have. */
  private first = 0;
  /** States that brought about cells when they were expanded, and how many had been expanded before the last of them. */
  private bringers = 0;
  private last = -1;

  constructor(
    private readonly cells: Cells,
    private readonly leaves: Pick<Leaves, 'patches'>,
  ) {}

  /** A cell has appeared, while the next state after so many was expanded. */
  appeared(visits: number): void {
    if (visits === this.last) return;
    this.last = visits;
    this.bringers++;
  }

  /** The paths of places to be kept whole, now that there are so many states; undefined where nothing grows too much. */
  tooMuch(distinct: number): ReadonlySet<string> | undefined {
    const cells = this.cells.count;
    if (this.since === undefined) {
      this.since = { distinct, cells };
      this.first = cells;
      this.bringers = 0;
    }
    const { patches } = this.leaves;
    if (patches >= MOST_PATCHES && patches >= PATCHES_A_STATE * distinct) return this.growing(this.first);
    const fresh = cells - this.since.cells;
    if (fresh < Math.max(LEAST_CELLS, distinct * SHARE_OF_STATES)) return undefined;
    const often = fresh >= (distinct - this.since.distinct) * CELLS_A_STATE;
    if (often) return this.bringers < LEAST_BRINGERS ? undefined : this.growing(this.since.cells);
    this.since = { distinct, cells };
    this.bringers = 0;
    return undefined;
  }

  /** The paths of the places below which most of the cells from one on are: those that got many entries, or else whole variables. */
  growing(from: number): ReadonlySet<string> {
    const fresh = this.cells.places.slice(from);
    const entries = new Map<Place, number>();
    for (const { parent } of fresh) if (parent) entries.set(parent, (entries.get(parent) ?? 0) + 1);
    const many = new Set(
      [...entries].filter(([, count]) => count >= fresh.length * GROWS).map(([place]) => place),
    );
    const highest = fresh.map((place) => highestAmong(many, place));
    const covered = highest.filter((place) => place !== undefined);
    const places = covered.length >= fresh.length * COVERED ? covered : fresh.map(variableOf);
    return new Set([...new Set(places)].map((place) => this.cells.pathOf(place)));
  }
}

/** The highest of the places above one that are among some. */
function highestAmong(places: ReadonlySet<Place>, { parent }: Place): Place | undefined {
  let found: Place | undefined;
  for (let at = parent; at; at = at.parent) if (places.has(at)) found = at;
  return found;
}

function variableOf(place: Place): Place {
  let at = place;
  while (at.parent) at = at.parent;
  return at;
}
