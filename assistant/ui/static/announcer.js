// Says to screen readers what has happened: once a turn, not once a sentence.
export function announceWith(status, alarm) {
  const say = (region) => (text) => {
    status.textContent = "";
    alarm.textContent = "";
    requestAnimationFrame(() => (region.textContent = text));
  };
  return { calm: say(status), alarming: say(alarm) };
}
