// Nothing is wider than the window, and nothing hangs out of it unseen.
(() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && (root.dir === "rtl" ? box.left < -1 : box.right > root.clientWidth + 1);
  });
  const names = wide.slice(-3).map((e) => `<${e.localName} class="${e.getAttribute("class") ?? ""}"> ${e.textContent.trim().slice(0, 40)}`);
  return [`the page is ${root.scrollWidth} pixels wide in a window of ${root.clientWidth}: ${names.join("; ")}`];
})();
