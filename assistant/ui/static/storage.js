// The conversation outlives a reload, in this tab's own storage; it goes when the tab is closed.
const KEY = "gutbrain.conversation";
const MAX_TURNS = 200;

export function load() {
  try {
    const turns = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(turns) ? turns.filter((turn) => turn.html) : [];
  } catch {
    return [];
  }
}

export function save(turns) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(turns.slice(-MAX_TURNS)));
  } catch {
    wipe(); // Storage that is full or switched off: the conversation lasts until a reload.
  }
}

export function wipe() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Storage is switched off, so there is nothing to remove.
  }
}
