// Who asks for less motion sees none.
(() => {
  const moving = document.getAnimations().filter((a) => a.playState === "running" || a.playState === "pending");
  const complaints = moving.map((a) => `${a.animationName ?? a.transitionProperty ?? "an animation"} runs on <${a.effect?.target?.localName}>`);
  for (const e of document.querySelectorAll("html, body, body *")) {
    const style = getComputedStyle(e);
    const longest = Math.max(...style.transitionDuration.split(",").map(parseFloat), ...style.animationDuration.split(",").map((d) => parseFloat(d) || 0));
    if (longest > 0.01) complaints.push(`<${e.localName} class="${e.getAttribute("class") ?? ""}"> would move for ${longest} s`);
    if (style.scrollBehavior === "smooth") complaints.push(`<${e.localName}> scrolls smoothly`);
  }
  return complaints.slice(0, 5);
})();
