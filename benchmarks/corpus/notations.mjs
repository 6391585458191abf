// Dates, instants and numbers as browsers write them. Input: one line of JSON, `{days, locales, zones, numbers}` with
// days as `[year, month, day]`. Output: one line of JSON, lists of texts by key.
import { createInterface } from "node:readline";

const STYLES = [
  {}, { dateStyle: "full" }, { dateStyle: "long" }, { dateStyle: "medium" }, { dateStyle: "short" },
  { year: "numeric", month: "long", day: "numeric" }, { year: "numeric", month: "short", day: "2-digit" },
  { year: "numeric", month: "2-digit", day: "2-digit" },
];

function dates(day, locales) {
  const at = new Date(Date.UTC(day[0], day[1] - 1, day[2], 12));
  return Object.fromEntries(locales.map((locale) => [
    locale,
    [...new Set(STYLES.map((style) => at.toLocaleDateString(locale, { ...style, timeZone: "UTC" })))],
  ]));
}

function instants(day, zones) {
  return Object.fromEntries(zones.map((zone) => {
    process.env.TZ = zone;
    const at = new Date(day[0], day[1] - 1, day[2]);
    return [zone, [at.toISOString(), at.toUTCString(), String(at.getTime()), String(at.getTime() / 1000)]];
  }));
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const { days, locales, zones, numbers } = JSON.parse(line);
  process.stdout.write(JSON.stringify({
    dates: days.map((day) => dates(day, locales)),
    instants: days.map((day) => instants(day, zones)),
    numbers: numbers.map((number) => locales.map((locale) => [locale, BigInt(number).toLocaleString(locale)])),
  }) + "\n");
});
