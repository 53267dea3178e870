// Shows the cases that fit the search words and the choices above them.
const cases = [...document.querySelectorAll("details.case")];
const inputs = [...document.querySelectorAll(".tools [name]")];
const shown = document.getElementById("shown");
function filter() {
  const wanted = Object.fromEntries(inputs.map((input) => [input.name, input.value]));
  const words = wanted.words.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const item of cases) {
    const fits = (!wanted.outcome || item.dataset.outcome === wanted.outcome)
      && (!wanted.stage || item.dataset.stage === wanted.stage)
      && (!wanted.slice || item.dataset.slices.split("|").includes(wanted.slice))
      && words.every((word) => item.dataset.search.includes(word));
    item.hidden = !fits;
    count += fits;
  }
  shown.textContent = `${count} of ${cases.length} cases`;
}
for (const input of inputs) input.addEventListener("input", filter);
document.getElementById("open")?.addEventListener("click", () => {
  for (const item of cases) if (!item.hidden) item.open = true;
});
if (shown) filter();
