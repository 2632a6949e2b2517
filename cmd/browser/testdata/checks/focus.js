// Each stop of the tab key shows that it is the stop, and where.
(() => {
  const complaints = [];
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter((e) =>
    e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }) && !e.closest("[inert]"));
  const say = (e, what) => complaints.push(`<${e.localName} class="${e.getAttribute("class") ?? ""}"> ${e.textContent.trim().slice(0, 40)}: ${what}`);
  // What lies over each part of an element, if there is no part to be seen. A
  // browser is content with a part in a row that scrolls.
  const cover = (e) => {
    const tops = [...e.getClientRects()].flatMap((box) =>
      [0.5, 0.15, 0.85].map((part) => document.elementFromPoint(box.left + box.width * part, box.top + box.height / 2)));
    if (tops.some((top) => top && (e.contains(top) || top.contains(e)))) return "";
    return tops.map((top) => top?.outerHTML.slice(0, 60) ?? "the edge of the window").join(" and ");
  };
  // The outlines and shadows of an element and of what holds it: a card whose
  // link has the focus is outlined as a whole.
  const shown = (e) => [e, e.closest("li, form")].flatMap((part) => {
    if (!part) return [];
    const style = getComputedStyle(part);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && !/, 0\)$|transparent/.test(style.outlineColor);
    return [outlined && style.outline, style.boxShadow !== "none" && style.boxShadow];
  });
  for (const e of stops) {
    if (e.tabIndex > 0) say(e, `tabindex ${e.tabIndex} breaks the order of the page`);
    e.blur();
    const before = shown(e);
    e.focus();
    if (document.activeElement !== e) continue; // one radio button of several
    if (!e.matches(":focus-visible")) say(e, "focus is not made visible");
    if (!shown(e).some((look, i) => look && look !== before[i])) say(e, "no outline and no shadow when it has the focus");
    const box = e.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || box.bottom <= 0 || box.right <= 0 || box.left >= innerWidth || box.top >= innerHeight) {
      say(e, "it is not to be seen when it has the focus");
    } else if (cover(e)) say(e, `over it, when it has the focus, lies ${cover(e)}`);
  }
  document.activeElement.blur();
  if (stops.length === 0) complaints.push("nothing can be reached by the tab key");
  return complaints;
})();
