import { describe, expect, it } from "vitest";
import { durationInWords, roundTop, sizeInWords } from "./plot";

describe("plots", () => {
  it("end at a round number that holds all", () => {
    expect([[], [0], [1], [3], [5], [6], [20_412], [100]].map(roundTop)).toEqual([1, 1, 1, 5, 5, 10, 50_000, 100]);
  });
  it("say sizes in words", () => {
    expect(sizeInWords(0, "en")).toBe("0 bytes");
    expect(sizeInWords(1_234_567, "en")).toBe("1.2 MB");
    expect(sizeInWords(1_234_567, "de")).toBe("1,2 MB");
    expect(sizeInWords(48_000_000_000, "en")).toBe("48 GB");
  });
  it("say how long in the largest unit that is full", () => {
    expect(durationInWords(3 * 86_400 + 5, "en")).toBe("3 days");
    expect(durationInWords(3_600, "de")).toBe("1 Stunde");
    expect(durationInWords(0, "en")).toBe("0 seconds");
  });
});
