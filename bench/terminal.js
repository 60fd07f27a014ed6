// What the terminal shows while it waits, and tables.

const isTerminal = process.stderr.isTTY;
let shown = "";
let spoken = 0;

/** A line that the next one replaces; where no terminal is, one line every ten seconds. */
export function progress(line) {
  if (isTerminal) {
    process.stderr.write(`\r${line.padEnd(shown.length)}`);
    shown = line;
  } else if (performance.now() - spoken > 10_000) {
    spoken = performance.now();
    process.stderr.write(`${line}\n`);
  }
}

/** A line that stays. */
export function say(line) {
  if (isTerminal && shown) {
    process.stderr.write(`\r${" ".repeat(shown.length)}\r`);
    shown = "";
  }
  console.log(line);
}

/** A table of texts with a ruled head, the first column to the left, all others to the right. */
export function table(head, rows) {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column].length)));
  const line = (cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  ");
  return [line(head), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

export function markdownTable(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
