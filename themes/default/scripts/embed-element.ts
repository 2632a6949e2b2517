// assets/embed.js, for other sites: the element <fursa-embed>, which shows an
// embed in a frame as high as what is in it. The link inside it stays until the
// frame answers: where frames or scripts are forbidden, it is all there is.

const version = 1;
const highest = 20000; // CSS pixels; no embed is as high
const own = (document.currentScript as HTMLScriptElement | null)?.src ?? document.baseURI;
const looks = ["theme", "limit", "layout", "lang"];

class FursaEmbed extends HTMLElement {
  static readonly observedAttributes = ["src", "title", ...looks];
  private readonly frame = document.createElement("iframe");
  private readonly link = document.createElement("slot");
  private readonly hear = (event: MessageEvent): void => this.resize(event);

  constructor() {
    super();
    const { frame, link } = this;
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    frame.style.cssText = "display: block; width: 100%; height: 0; border: 0";
    frame.onload = () => {
      this.name();
      frame.contentWindow?.postMessage({ fursa: version, ask: "height" }, new URL(frame.src).origin);
    };
    this.attachShadow({ mode: "open" }).append(link, frame);
  }

  connectedCallback(): void {
    addEventListener("message", this.hear);
    this.draw();
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.hear);
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.draw();
  }

  private draw(): void {
    const { frame } = this;
    const src = this.getAttribute("src");
    const url = src === null ? new URL("../embed/", own) : new URL(src, document.baseURI);
    if (!/^https?:$/.test(url.protocol)) return;
    for (const name of looks) {
      const value = this.getAttribute(name);
      if (value !== null) url.searchParams.set(name, value);
    }
    this.name();
    if (frame.src !== url.href) frame.src = url.href;
  }

  /** name says to screen readers what is in the frame: what the link says, once
   * it is there. */
  private name(): void {
    this.frame.title = this.getAttribute("title") || this.textContent!.trim() || location.host;
  }

  /** resize takes a height from its own frame, while that shows the site it was
   * sent to, and from nobody else. */
  private resize({ source, origin, data }: MessageEvent): void {
    const { frame } = this;
    if (source !== frame.contentWindow || origin !== new URL(frame.src || own).origin) return;
    if (data?.fursa !== version || typeof data.height !== "number" || !(data.height > 0)) return;
    frame.style.height = `${Math.min(Math.ceil(data.height), highest)}px`;
    this.link.style.display = "none";
  }
}

if (!customElements.get("fursa-embed")) customElements.define("fursa-embed", FursaEmbed);
