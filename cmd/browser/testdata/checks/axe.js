// axe-core finds nothing.
axe.run({ resultTypes: ["violations"] }).then(({ violations }) =>
  violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 120)} ${n.failureSummary.split("\n").slice(1).join(";")}`)));
