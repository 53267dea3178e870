// The conversation on the page: sends questions, draws turns, keeps them in this tab alone.
import { announceWith } from "./announcer.js";
import { createFeedback } from "./feedback.js";
import { keepLanguage } from "./language.js";
import { morph } from "./morph.js";
import { createPanel } from "./panel.js";
import { createPaper } from "./paper.js";
import { watchRefusals } from "./refusals.js";
import { forget, load, save, wipe } from "./storage.js";
import { attachTooltip } from "./tooltip.js";
import { createMessage, createTurn } from "./turn_view.js";

const ANSWER_PATIENCE_MS = 180000;
// What is older changes no answer: eight of the patient's turns are read for danger, and at most
// 2,000 tokens for what is meant.
const TURNS_SENT = 24;

export function mount({ element, language, texts, ask, onTurn }) {
  keepLanguage(language);
  const log = element.querySelector("#turns");
  const announce = announceWith(element.querySelector("#announcer"), element.querySelector("#alarm"));
  const panel = createPanel(element.querySelector("#panel"), texts);
  const paper = createPaper(element.querySelector("#paper-frame"), log, language);
  const feedback = createFeedback(
    element.querySelector("#feedback-form"), language, announce, texts,
  );
  const deletion = element.querySelector("#deletion");
  watchRefusals((status) => fail(texts[status === 429 ? "answer.too_many" : "answer.lost"]));
  attachTooltip(element.querySelector("#tooltip"), log);

  let turns = load();
  // The page went away before the answer came.
  for (const turn of turns) turn.html ||= createMessage(texts["answer.lost"], "failed", texts).outerHTML;
  let running = null;
  let patience = 0;

  const find = (key) => log.querySelector(`[data-turn="${CSS.escape(key)}"]`);
  const field = () => document.querySelector("#question textarea");

  function setRunning(key) {
    running = key;
    clearTimeout(patience);
    if (key) patience = setTimeout(() => fail(texts["answer.lost"]), ANSWER_PATIENCE_MS);
    document.body.toggleAttribute("data-busy", Boolean(key));
  }

  // The start of the page says so once the server has told it; asking the style sheet to look for
  // it (`:has`) would style a long conversation anew with each change.
  const welcome = document.querySelector("#welcome");
  const noteFeedback = () =>
    document.body.toggleAttribute("data-feedback", Boolean(welcome.querySelector("[data-feedback]")));
  new MutationObserver(noteFeedback).observe(welcome, { childList: true, subtree: true });
  noteFeedback();

  function showEmptiness() {
    document.body.toggleAttribute("data-conversation", turns.length > 0);
  }

  function addTurn(turn) {
    const article = createTurn(turn, texts);
    log.append(article);
    return article;
  }

  // What was said before a turn, as far as an answer can depend on it.
  function history(turn) {
    return turns
      .slice(0, turns.indexOf(turn))
      .filter((turn) => turn.text)
      .slice(-TURNS_SENT)
      .flatMap((turn) => [
        { role: "user", content: turn.question },
        { role: "assistant", content: turn.text },
      ]);
  }

  function start(question) {
    const turn = { key: `t${Date.now().toString(36)}${turns.length}`, question, html: "", text: "" };
    turns.push(turn);
    save(turns, turn);
    showEmptiness();
    const article = addTurn(turn);
    run(turn);
    // At once: an answer comes sooner than a smooth scroll ends, and a number to call must not be
    // seen moving, or still under the field.
    if (turns.length > 1) article.scrollIntoView({ block: "start", behavior: "instant" });
  }

  function run(turn) {
    setRunning(turn.key);
    announce.calm(texts["answer.searching"]);
    const { question, level = "plain" } = turn;
    ask({ turn: turn.key, ask: { question, history: history(turn), level } });
  }

  // The same question again, told in another way; pressed once more, as it was.
  function changeLevel(article, button) {
    const turn = turns.find((one) => one.key === article.dataset.turn);
    if (running || !turn) return;
    turn.level = button.getAttribute("aria-pressed") === "true" ? "plain" : button.dataset.level;
    panel.close();
    run(turn);
    article.querySelector(".asked").focus({ preventScroll: true });
  }

  function draw(value) {
    if (!value || value.turn !== running) return;
    const turn = turns.find((one) => one.key === value.turn);
    const slot = find(value.turn)?.querySelector(".slot");
    if (!turn || !slot) return;
    morph(slot, value.html);
    const finished = value.state === "complete" || value.state === "failed";
    if (!finished) return;
    if (value.state === "failed") slot.replaceChildren(createMessage(value.announcement, "failed", texts));
    turn.html = slot.innerHTML;
    turn.text = value.text;
    setRunning(null);
    save(turns, turn);
    (value.urgent ? announce.alarming : announce.calm)(value.announcement);
  }

  function fail(text, state = "failed") {
    const key = running;
    if (!key) return;
    setRunning(null);
    const slot = find(key).querySelector(".slot");
    slot.replaceChildren(createMessage(text, state, texts));
    const turn = turns.find((one) => one.key === key);
    turn.html = slot.innerHTML;
    save(turns, turn);
    announce.calm(text);
  }

  function retry(article) {
    if (running) return;
    const position = turns.findIndex((turn) => turn.key === article.dataset.turn);
    const [turn] = turns.splice(position, 1);
    forget(turn);
    panel.close();
    article.remove();
    start(turn.question);
    field()?.focus();
  }

  async function copy(button, article) {
    const plain = article.querySelector("template[data-plain]").content.textContent;
    let said = texts["answer.copied"];
    try {
      await navigator.clipboard.writeText(plain);
    } catch {
      said = texts["answer.copy_failed"];
    }
    button.textContent = said;
    announce.calm(said);
    setTimeout(() => (button.textContent = texts["answer.copy"]), 4000);
  }

  function onClick(event) {
    const button = event.target.closest("[data-ask],[data-source],[data-level],[data-thumb],[data-action]");
    if (!button) return;
    const article = button.closest(".turn");
    if (button.dataset.ask) {
      if (!running) {
        start(button.dataset.ask);
        field()?.focus({ preventScroll: true });
      }
    } else if (button.dataset.source) {
      panel.open(article.querySelector(`template[data-card="${button.dataset.source}"]`), button);
    } else if (button.dataset.level) changeLevel(article, button);
    else if (button.dataset.thumb) feedback.open(article, button);
    else if (button.dataset.action === "cancel-feedback") feedback.cancel(article);
    else if (button.dataset.action === "retry") retry(article);
    else if (button.dataset.action === "copy") copy(button, article);
    else if (button.dataset.action === "close-panel") panel.close();
    else if (button.dataset.action === "print") paper.print();
    else if (button.dataset.action === "save") paper.save();
    else if (button.dataset.action === "privacy") element.querySelector("#privacy").showModal();
    else if (button.dataset.action === "delete") deletion.showModal();
    else if (button.dataset.action === "skip") {
      event.preventDefault();
      field()?.focus();
    }
  }

  window.gutbrain = {
    // Gives back what stays in the field: nothing, or the question while another one runs.
    submit(text) {
      const question = (text ?? "").trim();
      if (!question || running) return text ?? "";
      start(question);
      // On a phone the keyboard would cover the answer.
      if (matchMedia("(pointer: coarse)").matches) field()?.blur();
      return "";
    },
    stop() {
      fail(texts["answer.stopped"], "stopped");
      field()?.focus();
    },
  };

  function clear() {
    if (running) document.querySelector("#stop").click();
    setRunning(null);
    turns = [];
    wipe();
    panel.close();
    log.replaceChildren();
    showEmptiness();
    announce.calm(texts["answer.cleared"]);
    field()?.focus();
  }

  deletion.addEventListener("close", () => {
    if (deletion.returnValue === "delete") clear();
    deletion.returnValue = "";
  });

  if (window.parent !== window) {
    document.documentElement.toggleAttribute("data-embedded", true);
    document.addEventListener("keydown", (event) => {
      const open = document.querySelector("dialog[open]");
      if (event.key === "Escape" && !open) parent.postMessage({ gutbrain: "close" }, "*");
    });
  }

  log.addEventListener("submit", async (event) => {
    event.preventDefault();
    const article = event.target.closest(".turn");
    const turn = turns.find((one) => one.key === article.dataset.turn);
    if (!(await feedback.send(article, event.target, turn))) return;
    turn.html = article.querySelector(".slot").innerHTML;
    save(turns, turn);
  });
  document.addEventListener("click", onClick);
  onTurn(draw);
  field()?.setAttribute("enterkeyhint", "send");
  turns.forEach(addTurn);
  showEmptiness();
  log.lastElementChild?.scrollIntoView({ block: "start" });
  document.body.toggleAttribute("data-mounted", true);
}
