// Sends files that were chosen or dropped, one after the other, and shows the library anew.
export function attachUpload(element, language, send, say) {
  async function upload(zone, files) {
    const problems = [];
    for (const file of files) {
      const doing = `${zone.dataset.sending} ${file.name}`;
      zone.querySelector("[data-hint]").textContent = doing;
      say(doing);
      const address = `/staff/upload?name=${encodeURIComponent(file.name)}`;
      const response = await fetch(address, { method: "POST", body: file });
      if (!response.ok) problems.push((await response.json()).error?.message ?? file.name);
    }
    send("library.show", { problem: problems.join("\n") });
  }
  element.addEventListener("change", (event) => {
    const input = event.target.closest("input[type=file]");
    if (input) upload(input.closest(".drop-zone"), input.files);
  });
  element.addEventListener("dragover", (event) => {
    const zone = event.target.closest(".drop-zone");
    if (!zone) return;
    event.preventDefault();
    zone.setAttribute("data-over", "");
  });
  element.addEventListener("dragleave", (event) => event.target.closest(".drop-zone")?.removeAttribute("data-over"));
  element.addEventListener("drop", (event) => {
    const zone = event.target.closest(".drop-zone");
    if (!zone) return;
    event.preventDefault();
    zone.removeAttribute("data-over");
    upload(zone, event.dataTransfer.files);
  });
}
