import { describe, expect, it } from "vitest";
import { meanColour } from "./blurhash";

describe("the mean colour", () => {
  it("is read from the hash", () => {
    expect(meanColour("LEHV6nWB2yk8pyo0adR*.7kCMdnj")).toBe("rgb(151 150 149)");
  });
  it("of something else is none", () => {
    expect(meanColour(null)).toBe("transparent");
    expect(meanColour("L\u0000\u0000\u0000\u0000\u0000\u0000")).toBe("transparent");
  });
});
