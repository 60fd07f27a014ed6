import { expect } from "vitest";

/** A passage as the API gives it; offsets count code points. */
export interface Passage {
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

/** All passages that stand anywhere in an answer, in its order. */
export function passagesIn(answer: unknown): Passage[] {
  if (typeof answer !== "object" || answer === null) return [];
  const inner = Object.values(answer).flatMap(passagesIn);
  return isPassage(answer) ? [answer, ...inner] : inner;
}

function isPassage(value: object): value is Passage {
  return "quote" in value && "start" in value && "end" in value && typeof value.quote === "string";
}

/** Insists that passages stand in their text, letter by letter, at the code points they name. */
export function expectToStandIn(text: string, passages: readonly Passage[]): void {
  const points = [...text];
  for (const { quote, start, end } of passages) {
    expect(points.slice(start, end).join(""), `code points ${String(start)} to ${String(end)}`).toBe(quote);
  }
}
