import type { Cells, Place } from './cells';
import type { Leaves } from './leaves';
import type { Rows } from './row';

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
export class Growth implements Rows {
  private since: { readonly distinct: number; readonly cells: number } | undefined;
  /** Cells that initial states have. */
  private first = 0;
  /** States that brought about cells when they were expanded, and how many had been expanded before the last of them. */
  private bringers = 0;
  private last = -1;

  /** A search that stands somewhere, and keeps rows; it is told of all cells and values through this. */
  constructor(
    private readonly standing: Rows & { readonly visits: number },
    /** Variables: their cells are there from the start. */
    private readonly variables: number,
  ) {}

  fit(cells: number, local: number): void {
    this.standing.fit(cells, local);
    const { visits } = this.standing;
    if (cells <= this.variables || visits === this.last) return;
    this.last = visits;
    this.bringers++;
  }

  /** The paths of places to be kept whole, now that there are so many states; undefined where nothing grows too much. */
  tooMuch(
    all: Cells,
    { patches }: Pick<Leaves, 'patches'>,
    distinct: number,
  ): ReadonlySet<string> | undefined {
    const cells = all.count;
    if (this.since === undefined) {
      this.since = { distinct, cells };
      this.first = cells;
      this.bringers = 0;
    }
    if (patches >= MOST_PATCHES && patches >= PATCHES_A_STATE * distinct)
      return this.growing(all, this.first);
    const fresh = cells - this.since.cells;
    if (fresh < Math.max(LEAST_CELLS, distinct * SHARE_OF_STATES)) return undefined;
    const often = fresh >= (distinct - this.since.distinct) * CELLS_A_STATE;
    if (often) return this.bringers < LEAST_BRINGERS ? undefined : this.growing(all, this.since.cells);
    this.since = { distinct, cells };
    this.bringers = 0;
    return undefined;
  }

  /** The paths of the places below which most of the cells from one on are: those that got many entries, or else whole variables. */
  growing(all: Cells, from: number): ReadonlySet<string> {
    const fresh = all.places.slice(from);
    const entries = new Map<Place, number>();
    for (const { parent } of fresh) if (parent) entries.set(parent, (entries.get(parent) ?? 0) + 1);
    const many = new Set(
      [...entries].filter(([, count]) => count >= fresh.length * GROWS).map(([place]) => place),
    );
    const highest = fresh.map((place) => highestAmong(many, place));
    const covered = highest.filter((place) => place !== undefined);
    const places = covered.length >= fresh.length * COVERED ? covered : fresh.map(variableOf);
    return new Set([...new Set(places)].map((place) => all.pathOf(place)));
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
