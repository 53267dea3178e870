// The staff desk in the browser: sends what was clicked or filled in, shows what comes back.
import { keepLanguage } from "./language.js";
import { morph } from "./morph.js";
import { copyFrom } from "./desk_copy.js";
import { writeMoments } from "./moments.js";
import { attachUpload } from "./desk_upload.js";
import { watchRefusals } from "./refusals.js";

const PATIENCE_MS = 120000;

export function mount({ element, act, onReply }) {
  const texts = document.querySelector("#desk-texts").dataset;
  const status = element.querySelector("#desk-status");
  const main = document.createElement("div");
  main.id = "desk-main";
  element.querySelector("#desk-frame").append(main);
  const { language } = texts;
  keepLanguage(language);
  let number = 0;
  let patience = 0;

  function say(text) {
    status.textContent = "";
    requestAnimationFrame(() => (status.textContent = text));
  }

  function setBusy(busy) {
    document.body.toggleAttribute("data-busy", busy);
    clearTimeout(patience);
    if (busy) patience = setTimeout(() => fail(texts.lost), PATIENCE_MS);
  }

  function fail(text) {
    if (!document.body.hasAttribute("data-busy")) return;
    setBusy(false);
    const problem = document.createElement("p");
    problem.className = "problem";
    problem.textContent = text;
    (main.querySelector(".said") ?? main).prepend(problem);
    say(text);
  }

  function send(action, values = {}) {
    setBusy(true);
    act({ action, values, language, number: String(++number) });
  }

  function draw(reply) {
    if (!reply || reply.number !== String(number)) return;
    if (reply.login) return location.assign(`/staff/login?language=${language}`);
    const before = main.querySelector("h1")?.textContent;
    morph(main, reply.html);
    writeMoments(main, language);
    // Another part of the desk is read from its beginning, where what was done is told, too.
    const isOther = main.querySelector("h1")?.textContent !== before;
    const tells = reply.done && main.querySelector(".said > :is(.told, .problem)");
    if (isOther || tells) scrollTo({ top: 0, behavior: "instant" });
    // What was confirmed once is not confirmed for the next time.
    if (tells) main.querySelectorAll("[data-once]").forEach((box) => (box.checked = false));
    if (reply.announcement) say(reply.announcement);
    if (reply.focus) main.querySelector(reply.focus)?.focus();
    setBusy(!reply.done);
  }

  function showSource(number) {
    const details = main.querySelector(`[data-card="${CSS.escape(number)}"]`)?.closest("details");
    if (!details) return;
    details.open = true;
    details.querySelector("summary").focus();
  }

  function open(tab) {
    const known = [...document.querySelectorAll("[data-tab]")];
    const chosen = known.find((link) => link.dataset.tab === tab) ?? known[0];
    for (const link of known) {
      if (link === chosen) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    main.replaceChildren();
    send(`${chosen.dataset.tab}.show`);
  }

  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    if (document.body.hasAttribute("data-busy")) return;
    send(form.dataset.action, Object.fromEntries(new FormData(form, event.submitter)));
  });
  element.addEventListener("change", (event) => {
    if (event.target.closest("[data-at-once]")) event.target.form.requestSubmit();
  });
  element.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) copyFrom(copy, main).then((done) => say(done ? texts.copied : texts.copyFailed));
    const chip = event.target.closest(".chip");
    if (chip) showSource(chip.dataset.source);
    const button = event.target.closest("button[data-action]");
    if (button) send(button.dataset.action, { ...button.dataset });
  });
  element.addEventListener("keydown", (event) => {
    const field = event.target.closest("textarea[data-enter]");
    if (!field || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    field.form.requestSubmit();
  });
  for (const link of document.querySelectorAll("[data-language]")) {
    link.addEventListener("click", () => (link.hash = location.hash));
  }
  attachUpload(element, language, send, say);
  watchRefusals((status) => fail(status === 429 ? texts.tooMany : texts.lost));
  onReply(draw);
  addEventListener("hashchange", () => open(location.hash.slice(1)));
  document.querySelector("#loading")?.remove();
  open(location.hash.slice(1));
  document.body.setAttribute("data-mounted", "");
}
