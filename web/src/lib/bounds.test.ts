import { describe, expect, it } from "vitest";
import type { Status } from "../api/types";
import { idsToForget, shortened } from "./bounds";
import { type Sequence } from "./sequence";

const ids = (...all: string[]): Sequence => all.map((id) => ({ kind: "post", id }));
const post = (id: string, more: Partial<Status> = {}) => [id, { id, reblog: null, quote: null, ...more } as Status] as const;

describe("a timeline in memory", () => {
  it("stays as it is while it is short", () => {
    expect(shortened(ids("3", "2"), 2)).toBeNull();
    expect(shortened([], 2)).toBeNull();
  });
  it("loses its lower end, and says where to go on", () => {
    expect(shortened(ids("4", "3", "2", "1"), 2)).toEqual({ sequence: ids("4", "3"), last: "3" });
  });
  it("does not count gaps, and loses those below", () => {
    const long: Sequence = [...ids("4"), { kind: "gap", above: "4" }, ...ids("3"), { kind: "gap", above: "3" }, ...ids("2")];
    expect(shortened(long, 2)?.sequence).toEqual(long.slice(0, 3));
  });
});

describe("posts in memory", () => {
  it("go when nothing shows them, the longest known first", () => {
    const known = new Map([post("1"), post("2"), post("3"), post("4")]);
    expect(idsToForget(known, (id) => id === "1", 2)).toEqual(["2", "3"]);
    expect(idsToForget(known, () => true, 2)).toEqual([]);
  });
  it("stay within one that is shown", () => {
    const inner = { id: "1" } as Status;
    const known = new Map([post("1"), post("2"), post("3", { reblog: inner })]);
    expect(idsToForget(known, (id) => id === "3", 1)).toEqual(["2"]);
  });
});
