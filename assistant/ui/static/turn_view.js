// What a turn looks like before and beside its answer. Its frame is built from text alone; the
// answer in it is HTML that the server escaped.
export function createTurn(turn, texts) {
  const article = document.createElement("article");
  article.className = "turn";
  article.dataset.turn = turn.key;
  const asked = create("h2", "asked");
  asked.tabIndex = -1;
  asked.append(
    create("span", "sr-only", `${texts["answer.question"]}: `),
    create("span", "asked-words", turn.question),
  );
  const slot = create("div", "slot");
  if (turn.html) slot.innerHTML = turn.html;
  else slot.append(createMessage(texts["answer.searching"], "pending", texts));
  article.append(asked, slot);
  return article;
}

// A line in the place of an answer: waiting, stopped or failed.
export function createMessage(text, state, texts) {
  const box = create("div", "answer");
  box.dataset.state = state;
  box.append(create("p", "message", text));
  if (state !== "pending") {
    const actions = create("div", "actions");
    const again = create("button", "action", texts["answer.retry"]);
    again.type = "button";
    again.dataset.action = "retry";
    actions.append(again);
    box.append(actions);
  }
  return box;
}

function create(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}
