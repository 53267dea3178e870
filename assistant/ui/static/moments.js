// Moments in the reader's own time zone, written as they are where the page's language is spoken.
export function writeMoments(root, language) {
  const place = navigator.languages.find((one) => one.startsWith(`${language}-`));
  const locale = place ?? (language === "en" ? "en-GB" : language);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" });
  const brief = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  for (const time of root.querySelectorAll("time[datetime]")) {
    const date = new Date(time.dateTime);
    if (Number.isNaN(date.getTime())) continue;
    const form = time.dateTime.length > "2026-11-26".length ? (time.closest("table") ? brief : moment) : day;
    time.textContent = form.format(date);
  }
}
