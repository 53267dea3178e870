// The sources panel: at the side of a wide window, a sheet from below in a narrow one.
const WIDE = "(min-width: 1100px)";

export function createPanel(dialog, texts) {
  const heading = dialog.querySelector("#panel-heading");
  const body = dialog.querySelector("#panel-body");
  const wide = matchMedia(WIDE);
  let opener = null;

  function show() {
    if (dialog.open) dialog.close();
    if (wide.matches) dialog.show();
    else dialog.showModal();
    document.body.toggleAttribute("data-panel", true);
  }

  function open(card, button) {
    if (!card) return;
    opener?.setAttribute("aria-expanded", "false");
    opener = null;
    body.replaceChildren(card.content.cloneNode(true));
    const key = card.dataset.card;
    heading.textContent = key.startsWith("r")
      ? texts["sources.related"]
      : texts["sources.panel_numbered"].replace("{number}", key);
    show();
    opener = button;
    opener.setAttribute("aria-expanded", "true");
    heading.focus({ preventScroll: true });
    body.scrollTop = 0;
    const mark = body.querySelector("mark");
    mark?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    if (dialog.open) dialog.close();
  }

  dialog.addEventListener("close", () => {
    document.body.toggleAttribute("data-panel", false);
    opener?.setAttribute("aria-expanded", "false");
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close(); // The backdrop of the sheet.
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && dialog.open) close();
  });
  wide.addEventListener("change", () => {
    if (!dialog.open) return;
    const before = opener;
    opener = null;
    show();
    opener = before;
  });
  return { open, close };
}
