// A picture of the comparison as SVG, by hand: bars on a scale of the limit, readable on light and on dark ground.

const width = 760;
const left = 190;
const right = 70;
const barHeight = 13;
const gap = 3;
const groupGap = 30;
/** Bars longer than this are cut; an arrow says so. */
const longest = 1.5;

const colours = {
  sidelines: "#0a7d5a",
  "sidelines-cached": "#59b894",
  "sidelines-executed": "#7fa89a",
  mercurius: "#8a6fc0",
  postgraphile: "#4b83c3",
  yoga: "#c2813a",
  apollo: "#b7566b",
};

const style = `
  text { font: 12px system-ui, sans-serif; fill: #24292f; }
  .small { font-size: 11px; } .strong { font-weight: 600; } .rule { stroke: #24292f; stroke-opacity: 0.2; } .spread { stroke: #24292f; stroke-opacity: 0.65; }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .rule, .spread { stroke: #e6edf3; } }`;

function escapeText(text) {
  return text.replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character]);
}

/**
 * Bars of each contestant's share of the limit, question by question, with the spread over the rounds.
 * @returns {string} a whole SVG document.
 */
export function drawComparison({ questions, contestants }) {
  const shown = contestants.filter(({ name }) => name !== "limit");
  const largest = Math.max(1, ...questions.flatMap(({ ratios }) => shown.map(({ name }) => ratios[name].limit.most)));
  const scale = (width - left - right) / Math.min(largest, longest);
  const x = (share) => left + Math.min(share, longest) * scale;
  const parts = [];
  let y = 46;
  for (const { label, ratios } of questions) {
    parts.push(text(8, y + 10, label, "strong"));
    y += 18;
    for (const { name, short } of shown) {
      const { median, least, most } = ratios[name].limit;
      const middle = y + barHeight / 2;
      parts.push(text(left - 6, middle + 4, short, `small${name.startsWith("sidelines") ? " strong" : ""}`, "end"));
      parts.push(
        `<rect x="${left}" y="${y}" width="${(x(median) - left).toFixed(1)}" height="${barHeight}" rx="2" fill="${colours[name] ?? "#888"}"/>`,
      );
      parts.push(
        `<line class="spread" x1="${x(least).toFixed(1)}" x2="${x(most).toFixed(1)}" y1="${middle}" y2="${middle}"/>`,
      );
      parts.push(
        text(
          Math.max(x(median), x(most)) + 5,
          middle + 4,
          `${median.toFixed(2)}${median > longest ? " →" : ""}`,
          "small",
        ),
      );
      y += barHeight + gap;
    }
    y += groupGap - 18;
  }
  const height = y + 8;
  const lines = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line class="rule" x1="${x(share)}" x2="${x(share)}" y1="38" y2="${height - 10}"/>${text(x(share), 32, String(share), "small", "middle")}`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    `<title id="title">Requests per second as a share of the limit</title>`,
    `<style>${style}\n</style>`,
    text(
      8,
      16,
      "Requests per second as a share of the limit (bare HTTP, one hand-written statement); lines span all rounds",
      "small",
    ),
    ...lines,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

function text(x, y, content, kind, anchor = "start") {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" class="${kind}" text-anchor="${anchor}">${escapeText(content)}</text>`;
}

/** A label without its Markdown. */
export function plain(label) {
  return label.replaceAll("*", "");
}
