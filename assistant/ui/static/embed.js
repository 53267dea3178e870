// Puts a launcher and the chat on a clinic's page. The launcher lives in a shadow root, so that the
// page's styles stay out and its own stay in. The chat lives in a frame, so that no other script of
// the page, such as one that counts visitors, can read what a patient writes.
// `settings` is put before these lines by the server.
const script = document.currentScript;
const home = new URL(script.src).origin;
const wide = matchMedia("(min-width: 480px)");

const STYLE = `
:host { all: initial !important; position: fixed !important; inset: auto 1rem 1rem auto !important; z-index: 2147483000 !important; display: block !important; color-scheme: light dark;
  --accent: ${settings.light}; --on-accent: ${settings.on_light}; --page: #faf9f6; --text: #1f2a2b; --line: #8a918f;
  font: 500 16px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, sans-serif; }
@media (prefers-color-scheme: dark) { :host { --accent: ${settings.dark}; --on-accent: ${settings.on_dark}; --page: #131918; --text: #e9edeb; --line: #7c8a87; } }
button { font: inherit; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.launch { min-height: 3rem; padding: 0.6rem 1.25rem; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 1px solid var(--on-accent); border-radius: 1.5rem; box-shadow: 0 4px 16px rgb(0 0 0 / 25%); }
.launch[hidden] { display: none; }
dialog { position: fixed; inset: auto 1rem 1rem auto; width: min(27rem, calc(100vw - 2rem)); height: min(44rem, calc(100dvh - 2rem)); max-width: none; max-height: none; margin: 0; padding: 0; overflow: hidden; color: var(--text); background: var(--page); border: 1px solid var(--line); border-radius: 0.9rem; box-shadow: 0 12px 40px rgb(0 0 0 / 30%); }
dialog[open] { display: flex; flex-direction: column; }
.bar { display: flex; justify-content: flex-end; padding: 0.25rem 0.25rem 0; }
.close { min-width: 2.5rem; min-height: 2.5rem; font-size: 1.5rem; line-height: 1; color: var(--text); background: none; border: 0; border-radius: 0.5rem; }
iframe { flex: 1; width: 100%; border: 0; color-scheme: light dark; }
@media (max-width: 479px) { dialog { inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0; } }
@media print { :host { display: none !important; } }
`;

function chooseLanguage() {
  const wishes = [script.dataset.language, document.documentElement.lang, ...navigator.languages];
  const codes = wishes.map((wish) => (wish ?? "").slice(0, 2).toLowerCase());
  return codes.find((code) => code in settings.texts) ?? Object.keys(settings.texts)[0];
}

function create(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function start() {
  const language = chooseLanguage();
  const texts = settings.texts[language];
  const host = create("aside", { id: "gutbrain-chat", lang: language, "aria-label": texts.title });
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const label = script.dataset.label || texts.launch;
  const launch = create("button", { type: "button", class: "launch", "aria-haspopup": "dialog" }, label);
  const close = create("button", { type: "button", class: "close", "aria-label": texts.close }, "×");
  const frame = create("iframe", {
    title: texts.title,
    allow: "clipboard-write",
    referrerpolicy: "no-referrer",
  });
  const bar = create("div", { class: "bar" }, close);
  const dialog = create("dialog", { "aria-label": texts.title }, bar, frame);
  root.append(launch, dialog);
  document.body.append(host);

  function open() {
    if (dialog.open) return;
    if (!frame.src) frame.src = `${home}/${language}/`;
    launch.hidden = true;
    if (wide.matches) dialog.show();
    else dialog.showModal();
    frame.focus();
  }

  launch.addEventListener("click", open);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    launch.hidden = false;
    launch.focus();
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dialog.close();
  });
  addEventListener("message", (event) => {
    if (event.source === frame.contentWindow && event.data?.gutbrain === "close") dialog.close();
  });
  // For a button or a link of the page's own.
  window.gutbrainChat = { open, close: () => dialog.close() };
}

if (location.origin !== home && !settings.origins.includes(location.origin)) {
  console.warn(`The chat is not shown: add ${location.origin} to GUTBRAIN_EMBED_ORIGINS.`);
} else if (document.body) {
  start();
} else {
  addEventListener("DOMContentLoaded", start);
}
