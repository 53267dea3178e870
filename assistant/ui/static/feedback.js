// What a patient says about an answer: a thumb, and with consent the words beside it.
const ADDRESS = "/api/feedback";

export function createFeedback(template, language, announce, texts) {
  function open(article, button) {
    closeAll();
    const form = template.content.firstElementChild.cloneNode(true);
    form.dataset.given = button.dataset.thumb;
    form.querySelector(".reasons").hidden = button.dataset.thumb === "up";
    button.setAttribute("aria-pressed", "true");
    article.querySelector(".actions").after(form);
    form.querySelector("input:not([hidden] *), textarea").focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
  }

  function closeAll() {
    document.querySelector(".feedback-form")?.remove();
    for (const pressed of document.querySelectorAll(".thumb[aria-pressed=true]")) {
      pressed.setAttribute("aria-pressed", "false");
    }
  }

  function cancel(article) {
    const pressed = article.querySelector(".thumb[aria-pressed=true]");
    closeAll();
    pressed?.focus();
  }

  // Gives whether it was kept; where not, the form stays with what was written.
  async function send(article, form, turn) {
    const answer = article.querySelector(".answer");
    const places = Array.from(answer.querySelectorAll("template[data-cited]"), (card) =>
      JSON.parse(card.dataset.cited),
    );
    const fields = new FormData(form);
    const body = {
      thumb: form.dataset.given,
      question: turn.question,
      answer_kind: answer.dataset.kind,
      citations: places.map(([article_id, start, end]) => ({ article_id, start, end })),
      reason: fields.get("reason"),
      comment: fields.get("comment") || null,
      language,
      consent: fields.has("consent"),
    };
    try {
      const response = await fetch(ADDRESS, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(response.statusText);
    } catch {
      form.querySelector(".feedback-failed").textContent = texts["feedback.failed"];
      return false;
    }
    form.remove();
    const thanks = document.createElement("p");
    thanks.className = "feedback-thanks";
    thanks.tabIndex = -1;
    thanks.textContent = texts["feedback.thanks"];
    article.querySelector(".helpful").replaceWith(thanks);
    thanks.focus();
    announce.calm(texts["feedback.thanks"]);
    return true;
  }

  return { open, cancel, send };
}
