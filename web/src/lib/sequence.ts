// What a timeline shows: ids, the newest first, and gaps where more lies than was loaded. Pure; the screens keep one.
import { isNewer } from "./ids";

export interface Entry {
  kind: "post";
  id: string;
}
export interface Gap {
  kind: "gap";
  above: string; // the id right above, perhaps none ("")
}
export type Sequence = readonly (Entry | Gap)[];

const entry = (id: string): Entry => ({ kind: "post", id });
const idsOf = (sequence: Sequence) => new Set(sequence.flatMap((one) => (one.kind === "post" ? [one.id] : [])));
const newestOf = (sequence: Sequence) => sequence.find((one) => one.kind === "post")?.id;

// A fresh first page. If it does not reach what is known, and was full, there is a gap between them.
export function withNewest(sequence: Sequence, page: readonly string[], isFull: boolean): Sequence {
  const known = idsOf(sequence);
  const fresh = page.filter((id) => !known.has(id));
  if (fresh.length === 0) return sequence;
  const newest = newestOf(sequence);
  const meets = newest === undefined || !isFull || page.some((id) => !isNewer(id, newest));
  const gap: Gap[] = meets ? [] : [{ kind: "gap", above: fresh[fresh.length - 1] ?? "" }];
  return [...fresh.map(entry), ...gap, ...sequence];
}

// A page of what is older than the gap's upper end: the gap closes where the page meets what lies below.
export function withGapFilled(sequence: Sequence, above: string, page: readonly string[], isFull: boolean): Sequence {
  const at = sequence.findIndex((one) => one.kind === "gap" && one.above === above);
  if (at < 0) return sequence;
  const known = idsOf(sequence);
  const fresh = page.filter((id) => !known.has(id));
  const below = newestOf(sequence.slice(at + 1));
  const meets = !isFull || below === undefined || page.some((id) => !isNewer(id, below));
  const last = fresh[fresh.length - 1] ?? above;
  const gap: Gap[] = meets ? [] : [{ kind: "gap", above: last }];
  return [...sequence.slice(0, at), ...fresh.map(entry), ...gap, ...sequence.slice(at + 1)];
}

export function withOlder(sequence: Sequence, page: readonly string[]): Sequence {
  const known = idsOf(sequence);
  return [...sequence, ...page.filter((id) => !known.has(id)).map(entry)];
}

export function without(sequence: Sequence, id: string): Sequence {
  const out: (Entry | Gap)[] = [];
  for (const one of sequence) {
    if (one.kind === "post" && one.id === id) continue;
    const last = out[out.length - 1];
    // A gap is named by what stands above it, which may be what goes.
    const isUnder = one.kind === "gap" && one.above === id;
    out.push(isUnder ? { kind: "gap", above: last?.kind === "post" ? last.id : "" } : one);
  }
  return out;
}
