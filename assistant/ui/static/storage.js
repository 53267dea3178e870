// The conversation outlives a reload, in this tab's own storage; it goes when the tab is closed.
// A turn is an item of its own, so that keeping one costs the same after two hundred messages.
const ORDER = "gutbrain.turns";
const TURN = "gutbrain.turn.";
const MAX_TURNS = 200;

export function load() {
  return whereAllowed(() => read(ORDER, []).map((key) => read(TURN + key, null)).filter(Boolean)) ?? [];
}

// Keeps `turns`, of which `changed` is new or not as it was. Where the storage is full, the oldest
// give way.
export function save(turns, changed) {
  const kept = turns.slice(-MAX_TURNS);
  turns.slice(0, -MAX_TURNS).forEach(forget);
  while (kept.length && !write(kept, changed)) forget(kept.shift());
}

export function forget(turn) {
  whereAllowed(() => sessionStorage.removeItem(TURN + turn.key));
}

export function wipe() {
  whereAllowed(() => sessionStorage.clear());
}

function write(kept, changed) {
  return whereAllowed(() => {
    sessionStorage.setItem(TURN + changed.key, JSON.stringify(changed));
    sessionStorage.setItem(ORDER, JSON.stringify(kept.map((turn) => turn.key)));
    return true;
  });
}

function read(key, otherwise) {
  return JSON.parse(sessionStorage.getItem(key)) ?? otherwise;
}

// Storage can be full or switched off; the conversation then lasts as long as the page does.
function whereAllowed(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
