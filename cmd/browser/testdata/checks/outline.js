// One first heading; no level left out; landmarks that can be told apart.
(() => {
  const complaints = [];
  const seen = (e) => e.checkVisibility({ visibilityProperty: true });
  const name = (e) => {
    const by = e.getAttribute("aria-labelledby");
    const text = by ? by.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ") : e.ariaLabel;
    return (text ?? "").trim();
  };

  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(seen);
  const first = headings.filter((h) => h.localName === "h1");
  if (first.length !== 1) complaints.push(`${first.length} first headings`);
  let level = 0;
  for (const h of headings) {
    const here = Number(h.localName[1]);
    if (here > level + 1) complaints.push(`a heading of level ${here} follows one of level ${level}: ${h.textContent.trim()}`);
    if (!h.textContent.trim()) complaints.push(`an empty ${h.localName}`);
    level = here;
  }

  const landmarks = { main: "main", banner: "body > header", contentinfo: "body > footer" };
  for (const [role, selector] of Object.entries(landmarks)) {
    const found = [...document.querySelectorAll(selector)].filter(seen);
    if (found.length !== 1) complaints.push(`${found.length} landmarks ${role} (${selector})`);
  }
  const menus = [...document.querySelectorAll("nav")].filter(seen).map(name);
  if (menus.length === 0) complaints.push("no nav");
  for (const menu of menus) {
    if (!menu) complaints.push("a nav without a name");
    else if (menus.filter((other) => other === menu).length > 1) complaints.push(`two navs are called ${menu}`);
  }
  if (!document.title.trim()) complaints.push("no title");
  return complaints;
})();
