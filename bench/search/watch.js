// Runs in a measured page before its own scripts: sets its clock to the day of
// the build, and notes each input and each change of the results.
{
  const shift = Date.parse(NOW) - Date.now();
  const Clock = Date;
  globalThis.Date = class extends Clock {
    constructor(...parts) {
      super(...(parts.length ? parts : [Clock.now() + shift]));
    }
    static now() {
      return Clock.now() + shift;
    }
  };
  // inputs: [when the event was made, the text]. lists: [when they were in the
  // document, when on screen, the first ten titles]. In milliseconds.
  const seen = (globalThis.bench = { inputs: [], lists: [], origin: performance.timeOrigin });
  addEventListener("input", (e) => seen.inputs.push([e.timeStamp, e.target.value]), true);
  let last = "[]";
  const look = () => {
    const titles = [...document.querySelectorAll(RESULTS)].slice(0, 10).map((e) => e.textContent.trim());
    const text = JSON.stringify(titles);
    if (text === last) return;
    last = text;
    const entry = [performance.now(), 0, titles];
    seen.lists.push(entry);
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (entry[1] = performance.now());
      port2.postMessage(0);
    });
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}
