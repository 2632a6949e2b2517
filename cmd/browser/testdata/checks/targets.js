// WCAG 2.5.8: what can be pressed measures 24 by 24 pixels, unless it stands
// in a line of text.
(() => {
  const pressed = 'a[href], button, input:not([type="hidden"]), select, summary, textarea, [role="button"], [tabindex="0"]';
  const inText = (e) => {
    if (getComputedStyle(e).display !== "inline") return false;
    const block = e.parentElement.closest("p, li, dd, dt, td, th, figcaption, blockquote, h1, h2, h3, h4, h5, h6, div");
    if (!block) return false;
    const others = [...block.querySelectorAll(pressed)].reduce((n, a) => n + a.textContent.trim().length, 0);
    return block.textContent.trim().length > others;
  };
  const small = (e) => {
    // A card's link is as large as what its ::after lays over the card.
    const over = getComputedStyle(e, "::after");
    const after = over.content !== "none" && over.position === "absolute" ? [{ width: parseFloat(over.width), height: parseFloat(over.height) }] : [];
    const boxes = [e, ...(e.labels ?? [])].map((part) => part.getBoundingClientRect()).concat(after);
    return !boxes.some((box) => box.width >= 23.99 && box.height >= 23.99);
  };
  const hidden = (e) => {
    const box = e.getBoundingClientRect();
    return !e.checkVisibility({ visibilityProperty: true }) || box.width <= 1 || box.height <= 1 || box.bottom <= 0;
  };
  return [...document.querySelectorAll(pressed)]
    .filter((e) => !hidden(e) && small(e) && !inText(e))
    .map((e) => {
      const box = e.getBoundingClientRect();
      return `${Math.round(box.width)} × ${Math.round(box.height)} pixels: <${e.localName} class="${e.getAttribute("class") ?? ""}"> ${e.textContent.trim().slice(0, 40)}`;
    });
})();
