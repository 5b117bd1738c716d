// What a plot needs to know: a round upper end, and how large things are in words.

// The next of 1, 2, 5, 10, 20, 50 … that holds the largest value.
export function roundTop(values: readonly number[]): number {
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  if (largest <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  for (const step of [1, 2, 5]) if (step * power >= largest) return step * power;
  return 10 * power;
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

export function sizeInWords(bytes: number, language: string): string {
  let at = 0;
  let value = Math.max(bytes, 0);
  while (value >= 1000 && at < UNITS.length - 1) {
    value /= 1000;
    at += 1;
  }
  return new Intl.NumberFormat(language, {
    style: "unit", unit: UNITS[at] ?? "byte", unitDisplay: at === 0 ? "long" : "short", maximumFractionDigits: value < 10 && at > 0 ? 1 : 0,
  }).format(value);
}

// The largest unit that is full: "3 days", "2 hours".
export function durationInWords(seconds: number, language: string): string {
  const units: [string, number][] = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];
  const [unit, length] = units.find(([, one]) => seconds >= one) ?? ["second", 1];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(Math.floor(seconds / length));
}
