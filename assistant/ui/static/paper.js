// The conversation to take along: what is printed, and what is saved as a file of its own.
const STYLE = "/ui/paper.css";

export function createPaper(frame, log, language) {
  function build() {
    const paper = document.createElement("div");
    paper.className = "paper";
    paper.lang = language;
    paper.append(frame.content.cloneNode(true));
    const form = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
    paper.querySelector("time").textContent = form.format(new Date());
    for (const turn of log.querySelectorAll("template[data-paper]")) {
      paper.querySelector("main").append(turn.content.cloneNode(true));
    }
    return paper;
  }

  // The browser's own "Print" gives the same sheets as the button does.
  addEventListener("beforeprint", () => {
    remove();
    if (!log.childElementCount) return;
    const paper = build();
    paper.classList.add("to-print");
    document.body.append(paper);
  });
  addEventListener("afterprint", remove);

  function remove() {
    document.querySelector("body > .paper.to-print")?.remove();
  }

  async function save() {
    const style = await (await fetch(STYLE)).text();
    const file = document.implementation.createHTMLDocument(document.title);
    file.documentElement.lang = language;
    const charset = file.createElement("meta");
    charset.setAttribute("charset", "utf-8");
    const sheet = file.createElement("style");
    sheet.textContent = style;
    file.head.prepend(charset);
    file.head.append(sheet);
    file.body.append(build());
    const html = `<!doctype html>\n${file.documentElement.outerHTML}`;
    const address = URL.createObjectURL(new Blob([html], { type: "text/html" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `gutbrain-${new Date().toISOString().slice(0, 10)}.html`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  return { print: () => print(), save };
}
