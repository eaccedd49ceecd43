import { MOST_HITS, OUTCOME, UNJUDGED } from '../codes';
import { Cells, Row } from './cells';
import { Context } from './context';
import { header } from './header';
import { after } from './numbers';
import { Gathered, Group, Member, Survivor, Survivors } from './tables';
import { Walk, walk } from './walk';

/** The leaf of functions that say no; it has no steps. */
const DISABLED = 1;

/** Gathers the leaves of all enabled instances of learned actions. */
export function gather(c: Context, row: Row): i32 {
  const cells = row.cells;
  c.gathered = 0;
  const outcome = among(c, cells, header.roots);
  return outcome || header.rangedCount === 0 ? outcome : given(c, cells);
}

/** Adds the leaves of the enabled instances in a list and its groups to those gathered, by rank. */
export function among(c: Context, cells: Cells, list: Survivors): i32 {
  const tries = header.words;
  const fresh = header.fresh;
  let entry = list.entries;
  const end = changetype<Survivor>(changetype<usize>(entry) + <usize>list.count * offsetof<Survivor>());
  while (entry !== end) {
    let p = Walk.inState(tries, tries.at(entry.slot), cells);
    // The slot may be one of a node that has moved.
    if (p === 0) p = walk(tries.at(entry.root), cells);
    if (p === 0) {
      c.instance = entry.instance;
      return OUTCOME.MISS;
    }
    if (p !== -DISABLED) {
      const leaf = -p;
      const audits = i32(fresh.at(leaf));
      if (audits) noteHit(c, cells, leaf, audits, entry.instance);
      insert(c, leaf, entry.rank);
    }
    entry = after<Survivor>(entry);
  }
  let group = changetype<Group>(end);
  const last = changetype<Group>(changetype<usize>(end) + <usize>list.groupCount * offsetof<Group>());
  while (group !== last) {
    const value = cells.at(group.cell);
    const left = value < group.values ? group.byValue.at(value) : group.otherwise;
    if (left !== null) {
      const outcome = among(c, cells, left);
      if (outcome) return outcome;
    }
    group = after<Group>(group);
  }
  return OUTCOME.DONE;
}

/** Adds a leaf to those gathered, which stay in the order of their ranks. */
function insert(c: Context, leaf: i32, rank: i32): void {
  const leaves = changetype<usize>(c.leaves);
  const count = c.gathered;
  c.gathered = count + 1;
  let at = leaves + <usize>count * offsetof<Gathered>();
  while (at !== leaves && changetype<Gathered>(at - offsetof<Gathered>()).rank > rank) {
    store<u64>(at, load<u64>(at - offsetof<Gathered>()));
    at -= offsetof<Gathered>();
  }
  const gathered = changetype<Gathered>(at);
  gathered.leaf = leaf;
  gathered.rank = rank;
}

/** Has a leaf audited in this state, if there is room for one more. */
function noteHit(c: Context, cells: Cells, leaf: i32, audits: i32, instance: i32): void {
  const count = c.hitCount;
  if (count === MOST_HITS) return;
  header.fresh.put(leaf, u8(audits - 1));
  const hit = c.hits.at(count);
  hit.leaf = leaf;
  hit.instance = instance;
  hit.cells = changetype<usize>(cells);
  c.hitCount = count + 1;
}

/** Gathers the leaves of the enabled instances that ranges give in this state. */
function given(c: Context, cells: Cells): i32 {
  const tries = header.words;
  const count = header.rangedCount;
  for (let k = 0; k < count; k++) {
    const ranged = header.ranged.at(k);
    const leaf = -walk(tries.at(ranged.root), cells);
    // What has no answer is the range of an action, of none of its instances.
    c.instance = ranged.action;
    const gives = leaf ? header.rangeLeaves.at(leaf) : null;
    if (gives === null) return OUTCOME.RANGE;
    let outcome: i32;
    if (gives.place < 0) outcome = among(c, cells, gives.list);
    else if (gives.count !== header.childCounts.at(gives.place)) return OUTCOME.RANGE;
    else outcome = amongMembers(c, cells, gives.entries, gives.length);
    if (outcome) return outcome;
  }
  return OUTCOME.DONE;
}

/** Gathers the leaves of the enabled instances of those members that are there. */
function amongMembers(c: Context, cells: Cells, first: Member, count: i32): i32 {
  let entry = first;
  for (let k = 0; k < count; k++) {
    const value = cells.at(entry.cell);
    if (value) {
      const wanted = entry.wanted;
      if (wanted === UNJUDGED) return OUTCOME.RANGE;
      if (wanted === 0 || wanted === value) {
        const outcome = among(c, cells, entry.list);
        if (outcome) return outcome;
      }
    }
    entry = after<Member>(entry);
  }
  return OUTCOME.DONE;
}
