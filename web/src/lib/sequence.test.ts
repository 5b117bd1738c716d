import { describe, expect, it } from "vitest";
import { type Sequence, withGapFilled, withNewest, without, withOlder } from "./sequence";

const show = (sequence: Sequence) => sequence.map((one) => (one.kind === "post" ? one.id : "…")).join(" ");
const of = (...ids: string[]): Sequence => withOlder([], ids);

describe("a timeline", () => {
  it("takes a new page that meets what is known", () => {
    expect(show(withNewest(of("8", "7"), ["10", "9", "8"], true))).toBe("10 9 8 7");
  });
  it("marks a gap where a full page does not reach what is known", () => {
    expect(show(withNewest(of("8", "7"), ["20", "19"], true))).toBe("20 19 … 8 7");
  });
  it("has no gap after a page that was not full", () => {
    expect(show(withNewest(of("8"), ["20"], false))).toBe("20 8");
  });
  it("compares ids by number, not by letter", () => {
    expect(show(withNewest(of("9"), ["10", "9"], true))).toBe("10 9");
    expect(show(withNewest(of("10"), ["9"], true))).toBe("9 10");
  });
  it("closes a gap page by page", () => {
    const torn = withNewest(of("8", "7"), ["20", "19"], true);
    const half = withGapFilled(torn, "19", ["18", "17"], true);
    expect(show(half)).toBe("20 19 18 17 … 8 7");
    expect(show(withGapFilled(half, "17", ["16", "8"], true))).toBe("20 19 18 17 16 8 7");
    expect(show(withGapFilled(half, "17", [], false))).toBe("20 19 18 17 8 7");
  });
  it("shows nothing twice", () => {
    expect(show(withOlder(of("8", "7"), ["7", "6"]))).toBe("8 7 6");
    expect(withNewest(of("8"), ["8"], true)).toEqual(of("8"));
  });
  it("can still fill a gap whose upper end was deleted", () => {
    const torn = without(withNewest(of("8"), ["20", "19"], true), "19");
    expect(show(torn)).toBe("20 … 8");
    expect(show(withGapFilled(torn, "20", ["18", "8"], true))).toBe("20 18 8");
  });
});
