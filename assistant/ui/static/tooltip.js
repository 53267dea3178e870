// The quote behind a citation chip or the meaning of a term, on hover and on focus (WCAG 2.2, 1.4.13: it can be dismissed,
// pointed at, and stays until it is no longer wanted).
const DELAY_MS = 150;
const MARGIN_PX = 8;

export function attachTooltip(tooltip, log) {
  let timer = 0;
  let current = null;

  function show(chip) {
    const card = chip.closest(".answer")?.querySelector(
      `template[data-card="${chip.dataset.source}"]`,
    );
    const words = chip.dataset.meaning ?? card?.dataset.quote;
    if (!words) return;
    hide();
    current = chip;
    tooltip.textContent = words;
    tooltip.hidden = false;
    chip.setAttribute("aria-describedby", tooltip.id);
    place(chip.getBoundingClientRect());
  }

  function place(chip) {
    const box = tooltip.getBoundingClientRect();
    const left = Math.min(chip.left, innerWidth - box.width - MARGIN_PX);
    const above = chip.top - box.height - MARGIN_PX;
    tooltip.style.left = `${Math.max(MARGIN_PX, left)}px`;
    tooltip.style.top = `${above > MARGIN_PX ? above : chip.bottom + MARGIN_PX}px`;
  }

  function hide() {
    clearTimeout(timer);
    tooltip.hidden = true;
    current?.removeAttribute("aria-describedby");
    current = null;
  }

  const later = (action) => {
    clearTimeout(timer);
    timer = setTimeout(action, DELAY_MS);
  };
  const chipOf = (event) => event.target.closest?.(".chip, .term");

  log.addEventListener("pointerover", (event) => {
    const chip = chipOf(event);
    if (chip && event.pointerType === "mouse") later(() => show(chip));
  });
  log.addEventListener("pointerout", (event) => {
    if (chipOf(event)) later(hide);
  });
  tooltip.addEventListener("pointerover", () => clearTimeout(timer));
  tooltip.addEventListener("pointerout", () => later(hide));
  log.addEventListener("focusin", (event) => {
    const chip = chipOf(event);
    if (chip?.matches(":focus-visible")) show(chip);
  });
  log.addEventListener("focusout", hide);
  // A term leads nowhere, so pressing it shows its meaning: there is no hovering on a phone.
  log.addEventListener("click", (event) => {
    const term = event.target.closest(".term");
    if (term) show(term);
    else hide();
  });
  // A chip that gets the focus is scrolled into view, and an answer that just came scrolls on: the words go along.
  const follow = () => (current?.matches(":focus-visible") ? place(current.getBoundingClientRect()) : hide());
  document.addEventListener("scroll", follow, { passive: true, capture: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}
