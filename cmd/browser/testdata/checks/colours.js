// In the dark a page has other colours and is otherwise the same: axe-core
// looks at them only.
axe.run({ runOnly: ["color-contrast", "link-in-text-block"], resultTypes: ["violations"] }).then(({ violations }) =>
  violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 120)} ${n.failureSummary.split("\n").slice(1).join(";")}`)));
