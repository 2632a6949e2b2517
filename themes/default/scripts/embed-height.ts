// The height of an embed, told to the page around it as it changes. Messages are
// { fursa: 1, height: 512 } in CSS pixels; nothing else is said. The page around
// it asks by { fursa: 1, ask: "height" }, and what follows is for its origin
// alone.

const version = 1;

let to = "*"; // a height is no secret, and the origin around is not known yet
let told = 0;

/** report tells the height from now on. */
export function report(): void {
  if (parent === window) return;
  addEventListener("message", hear);
  new ResizeObserver(() => tell()).observe(document.body);
}

function hear({ source, origin, data }: MessageEvent): void {
  if (source !== parent || data?.fursa !== version || data.ask !== "height") return;
  to = origin === "null" ? "*" : origin; // a sandboxed page has none to name
  tell(true);
}

/** tell tells the height where it is another one. Canvas listens to its own
 * kind of message. */
function tell(again = false): void {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (!height || (height === told && !again)) return;
  told = height;
  parent.postMessage({ fursa: version, height }, to);
  parent.postMessage(JSON.stringify({ subject: "lti.frameResize", height }), to);
}
