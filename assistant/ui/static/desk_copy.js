// Copies a text of the page; the language is the one that is chosen beside the buttons.
export async function copyFrom(button, root) {
  const language = root.querySelector("[name=patient-language]:checked")?.value ?? "";
  const field = root.querySelector(`#${button.dataset.copy}${language ? `-${language}` : ""}`);
  if (!field) return false;
  const done = await write(field);
  for (const other of root.querySelectorAll("[data-copy]")) other.removeAttribute("data-done");
  if (done) button.setAttribute("data-done", "");
  return done;
}

async function write(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Over plain http browsers offer the old way alone.
    field.hidden = false;
    field.select();
    const done = document.execCommand("copy");
    field.hidden = field.hasAttribute("data-hidden");
    return done;
  }
}
