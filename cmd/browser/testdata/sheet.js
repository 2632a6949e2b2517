// What of the sheet that is shown goes over its edge, or into its code, or says
// nothing because all of it is cut.
(() => {
  const sheet = [...document.querySelectorAll(".paper, #poster")].find((e) => e.checkVisibility());
  const cut = (e) => { const style = getComputedStyle(e); return style.overflow !== "visible" && style.display !== "contents"; };
  // What is to be seen of an element.
  const seen = (e) => {
    const box = e.getBoundingClientRect();
    let { top, bottom, left, right } = box;
    for (let at = e; at !== sheet; at = at.parentElement) {
      if (!cut(at)) continue;
      const edge = at.getBoundingClientRect();
      [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
      [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
    }
    return { top, bottom, left, right, empty: bottom - top < 2 || right - left < 2, height: bottom - top };
  };
  const edge = sheet.getBoundingClientRect(), code = sheet.querySelector(".code, .all");
  const all = [...sheet.querySelectorAll("*")].filter((e) => e.checkVisibility() && !e.closest(".do, .hush") && getComputedStyle(e).display !== "contents");
  const out = all.filter((e) => {
    const box = seen(e);
    return !box.empty && (box.top < edge.top || box.bottom > edge.bottom + 1 || box.left < edge.left || box.right > edge.right + 1);
  });
  const over = all.filter((e) => !code.contains(e) && !e.contains(code) && !seen(e).empty && seen(e).bottom > code.getBoundingClientRect().top + 1);
  const lost = all.filter((e) => e.matches("h1, h2, h3, .rows b, .when dd:first-of-type") && seen(e).height < 0.9 * parseFloat(getComputedStyle(e).fontSize));
  const say = (what) => (e) => `${what}: ${e.outerHTML.slice(0, 90)}`;
  return [...out.map(say("over the edge")), ...over.map(say("in the code")), ...lost.map(say("cut"))];
})();
