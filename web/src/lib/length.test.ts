import { describe, expect, it } from "vitest";
import { lengthOf } from "./length";

describe("the length of a text", () => {
  it("counts what people see as one letter once", () => {
    expect(lengthOf("née 👩‍👩‍👧‍👦")).toBe(5);
  });
  it("counts every link alike", () => {
    expect(lengthOf("see https://a.example/" + "x".repeat(200))).toBe(4 + 23);
    expect(lengthOf("https://b.example")).toBe(23);
  });
  it("counts of a mention only the name", () => {
    expect(lengthOf("@ada@far.example hello")).toBe("@ada hello".length);
    expect(lengthOf("mail me at a@b.example")).toBe(22);
  });
  it("counts the content notice too", () => {
    expect(lengthOf("abc", "de")).toBe(5);
  });
});
