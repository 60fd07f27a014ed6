const breaks = /^(select|from|where|order by|limit|group by|having|union all|join|left join|lateral)\b/;

/** A statement in lines that people can compare: a new line before each clause, indented by its parentheses. */
export function readableSql(text: string): string {
  const lines: string[] = [];
  let line = "";
  let depth = 0;
  const endLine = () => {
    if (line.trim() !== "") lines.push(line.trimEnd());
    line = "  ".repeat(depth);
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "'" || character === '"') {
      const end = endOfQuoted(text, at);
      line += text.slice(at, end);
      at = end - 1;
      continue;
    }
    if (/\s/.test(character)) {
      if (line.trim() !== "" && !line.endsWith(" ")) line += " ";
      continue;
    }
    if (!/[\w$]/.test(text.charAt(at - 1)) && breaks.test(text.slice(at, at + 10))) endLine();
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    line += character;
  }
  endLine();
  return `${lines.join("\n")}\n`;
}

function endOfQuoted(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) !== quote) continue;
    if (text.charAt(at + 1) !== quote) return at + 1;
    at += 1;
  }
  return text.length;
}
