// Shows the findings that fit the words and choices above them, and the articles that have any.
const tools = document.querySelector(".tools");
const findings = [...document.querySelectorAll(".finding")];
const shown = document.getElementById("shown");
function show() {
  const wanted = Object.fromEntries(new FormData(tools));
  const words = wanted.words.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const item of findings) {
    const text = item.closest(".article").querySelector("h2").textContent + item.textContent;
    const fits = (!wanted.severity || item.dataset.severity === wanted.severity)
      && (!wanted.check || item.dataset.check === wanted.check)
      && words.every((word) => text.toLowerCase().includes(word));
    item.hidden = !fits;
    count += fits;
  }
  for (const article of document.querySelectorAll(".article")) {
    article.hidden = !article.querySelector(".finding:not([hidden])");
  }
  shown.textContent = `${count} of ${findings.length} findings shown`;
}
tools.addEventListener("input", show);
tools.addEventListener("submit", (event) => event.preventDefault());
show();
