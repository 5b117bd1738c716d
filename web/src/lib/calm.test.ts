import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { calmly } from "./calm";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first asking is answered at once, all others once a pause", () => {
  const work = vi.fn();
  const ask = calmly(work, 1000);
  ask();
  expect(work).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 2000; i += 1) ask();
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5000);
  expect(work).toHaveBeenCalledTimes(2);
  ask();
  expect(work).toHaveBeenCalledTimes(3);
});
