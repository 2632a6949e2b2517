// Where the system's colours are forced on the page, its texts are still to
// be read: what keeps colours of its own must keep contrast too.
matchMedia("(forced-colors: active)").matches
  ? axe.run({ runOnly: ["color-contrast"], resultTypes: ["violations"] }).then(({ violations }) =>
      violations.flatMap((v) => v.nodes.map((n) => `${n.html.slice(0, 160)} ${n.any.map((c) => c.message).join("; ")}`)))
  : ["the browser does not force colours"];
