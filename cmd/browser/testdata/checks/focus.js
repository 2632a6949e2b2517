// Each stop of the tab key shows that it is the stop, and where.
(() => {
  const complaints = [];
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter((e) =>
    e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }) && !e.closest("[inert]"));
  const say = (e, what) => complaints.push(`<${e.localName} class="${e.getAttribute("class") ?? ""}"> ${e.textContent.trim().slice(0, 40)}: ${what}`);
  const covered = (e) => [...e.getClientRects()].every((box) => {
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !top || !(e.contains(top) || top.contains(e));
  });
  for (const e of stops) {
    if (e.tabIndex > 0) say(e, `tabindex ${e.tabIndex} breaks the order of the page`);
    e.blur();
    const before = getComputedStyle(e).boxShadow;
    e.focus();
    if (document.activeElement !== e) continue; // one radio button of several
    if (!e.matches(":focus-visible")) say(e, "focus is not made visible");
    const style = getComputedStyle(e);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && !/, 0\)$|transparent/.test(style.outlineColor);
    const shaded = style.boxShadow !== "none" && style.boxShadow !== before;
    if (!outlined && !shaded) say(e, "no outline and no shadow when it has the focus");
    const box = e.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || box.bottom <= 0 || box.right <= 0 || box.left >= innerWidth || box.top >= innerHeight) {
      say(e, "it is not to be seen when it has the focus");
    } else if (covered(e)) say(e, "something lies over it when it has the focus");
  }
  document.activeElement.blur();
  if (stops.length === 0) complaints.push("nothing can be reached by the tab key");
  return complaints;
})();
