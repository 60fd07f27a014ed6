const elision = "…";

/**
 * Compares an answer on a page with the real one. An entry `"…"` of a list stands for one or more entries, and `…`
 * within a longer text for one or more characters. Nothing else may be missing.
 * @returns The differences, each with its path; none if the page is right.
 */
export function differences(shown: unknown, real: unknown, path = "answer"): string[] {
  if (Array.isArray(shown) && Array.isArray(real)) return listDifferences(shown, real, path);
  if (isMap(shown) && isMap(real)) {
    const names = [...new Set([...Object.keys(shown), ...Object.keys(real)])];
    return names.flatMap((name) => differences(shown[name], real[name], `${path}.${name}`));
  }
  if (typeof shown === "string" && typeof real === "string" && isElided(shown, real)) return [];
  return Object.is(shown, real) ? [] : [`${path}: shown is ${JSON.stringify(shown) ?? "nothing"}, real is ${JSON.stringify(real) ?? "nothing"}`];
}

function listDifferences(shown: readonly unknown[], real: readonly unknown[], path: string): string[] {
  if (!shown.includes(elision)) {
    const lengths = shown.length === real.length ? [] : [`${path}: shown are ${String(shown.length)} entries, real are ${String(real.length)}`];
    return [...lengths, ...shown.slice(0, real.length).flatMap((entry, index) => differences(entry, real[index], `${path}[${String(index)}]`))];
  }
  return fits(shown, real) ? [] : [`${path}: what is shown is not there in this order; real is ${JSON.stringify(real)}`];
}

function fits(shown: readonly unknown[], real: readonly unknown[]): boolean {
  const [first, ...rest] = shown;
  if (shown.length === 0) return real.length === 0;
  if (first !== elision) return real.length > 0 && differences(first, real[0]).length === 0 && fits(rest, real.slice(1));
  return real.some((_, index) => fits(rest, real.slice(index + 1)));
}

function isElided(shown: string, real: string): boolean {
  if (shown === elision || !shown.includes(elision)) return false;
  const pattern = shown.split(elision).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join("[^]+")}$`).test(real);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
