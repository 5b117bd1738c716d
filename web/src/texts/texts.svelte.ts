// What the desk says, in the language of whoever sits at it. Catalogues are typed against the English one: a
// sentence that is missing in a translation fails the build.
import { en } from "./en";

export type Key = keyof typeof en;
export type Message = string | { one: string; other: string };
export type Catalogue = Record<Key, Message>;
export type Values = Record<string, string | number>;

const KEPT = "desk.language";
const others: Record<string, () => Promise<Catalogue>> = { de: async () => (await import("./de")).de };
export const languages = ["en", ...Object.keys(others)];

class Texts {
  language = $state("en");
  #messages = $state.raw<Catalogue>(en);
  #plural = $derived(new Intl.PluralRules(this.language));
  #number = $derived(new Intl.NumberFormat(this.language));
  #short = $derived(new Intl.NumberFormat(this.language, { notation: "compact", maximumFractionDigits: 1 }));
  #relative = $derived(new Intl.RelativeTimeFormat(this.language, { numeric: "auto", style: "narrow" }));

  async load(): Promise<void> {
    const wanted = [localStorage.getItem(KEPT) ?? "", ...navigator.languages].map((one) => one.slice(0, 2));
    await this.use(wanted.find((one) => languages.includes(one)) ?? "en");
  }
  async choose(language: string): Promise<void> {
    localStorage.setItem(KEPT, language);
    await this.use(language);
  }
  async use(language: string): Promise<void> {
    this.#messages = (await others[language]?.()) ?? en;
    this.language = language;
    document.documentElement.lang = language;
  }
  // "{name}" stands for a value; `count` chooses the form and is written in the language's way.
  say(key: Key, values: Values = {}): string {
    const message = this.#messages[key];
    const count = Number(values["count"] ?? 0);
    const form = typeof message === "string" ? message
      : this.#plural.select(count) === "one" ? message.one : message.other;
    return form.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "number" ? this.#number.format(value) : value;
    });
  }
  number = (value: number): string => this.#number.format(value);
  short = (value: number): string => this.#short.format(value);
  date = (time: string | Date, style: "medium" | "full" = "medium"): string =>
    new Intl.DateTimeFormat(this.language, { dateStyle: style === "full" ? "long" : "medium", timeStyle: "short" })
      .format(new Date(time));
  day = (time: string): string => new Intl.DateTimeFormat(this.language, { dateStyle: "medium" }).format(new Date(time));

  // How long ago, in a word or two; older than a week: the day.
  ago(time: string, now: number): string {
    const seconds = Math.round((Date.parse(time) - now) / 1000);
    const past = Math.abs(seconds);
    if (past < 45) return this.say("time.now");
    if (past < 45 * 60) return this.#relative.format(Math.round(seconds / 60), "minute");
    if (past < 22 * 3600) return this.#relative.format(Math.round(seconds / 3600), "hour");
    if (past < 7 * 86400) return this.#relative.format(Math.round(seconds / 86400), "day");
    const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };
    if (new Date(time).getFullYear() !== new Date(now).getFullYear()) options.year = "numeric";
    return new Intl.DateTimeFormat(this.language, options).format(new Date(time));
  }
  nameOfLanguage(code: string): string {
    try {
      return new Intl.DisplayNames(this.language, { type: "language" }).of(code) ?? code;
    } catch {
      return code; // not a code of a language: shown as it came
    }
  }
}

export const texts = new Texts();
export const t = (key: Key, values?: Values): string => texts.say(key, values);
