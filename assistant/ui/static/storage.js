// The conversation outlives a reload, in this tab's own storage; it goes when the tab is closed.
const KEY = "gutbrain.conversation";
const MAX_TURNS = 200;

export function load() {
  try {
    const turns = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(turns) ? turns.filter((turn) => turn.question) : [];
  } catch {
    return [];
  }
}

// Where the storage is full, the oldest turns give way.
export function save(turns) {
  for (let kept = turns.slice(-MAX_TURNS); kept.length; kept = kept.slice(Math.ceil(kept.length / 2))) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(kept));
      return;
    } catch {
      wipe();
    }
  }
}

export function wipe() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Storage is switched off, so there is nothing to remove.
  }
}
