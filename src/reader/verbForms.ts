import { IRREGULAR, REGULAR } from "./data/verbs.js";

/** A form of a verb that the lists have. */
export interface VerbForm {
  readonly lemma: string;
  readonly form: "base" | "s" | "past" | "participle" | "pastOrParticiple" | "ing";
}

const forms = new Map<string, VerbForm>();

function register(word: string, lemma: string, form: VerbForm["form"]): void {
  if (!forms.has(word)) forms.set(word, { lemma, form });
}

function ingOf(lemma: string, past: string): string {
  if (lemma === "have") return "having";
  if (/ie$/.test(lemma)) return lemma.replace(/ie$/, "ying");
  const doubled = /([bdgklmnprt])\1ed$/.exec(past);
  if (doubled && !lemma.endsWith(`${doubled[1] ?? ""}${doubled[1] ?? ""}`)) return `${lemma}${doubled[1] ?? ""}ing`;
  if (/^(?:put|set|get|sit|cut|hit|run|begin|let|win)$/.test(lemma)) return `${lemma}${lemma.at(-1) ?? ""}ing`;
  return /[^eoy]e$/.test(lemma) ? `${lemma.slice(0, -1)}ing` : `${lemma}ing`;
}

function thirdOf(lemma: string): string {
  if (lemma === "have") return "has";
  if (/[^aeou]y$/.test(lemma)) return `${lemma.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh|o)$/.test(lemma) ? `${lemma}es` : `${lemma}s`;
}

for (const entry of IRREGULAR.split(/[;\n]/)) {
  const [lemma, past, participle] = entry.trim().split(" ");
  if (lemma === undefined || past === undefined || participle === undefined) continue;
  if (past === participle) register(past, lemma, lemma === past ? "base" : "pastOrParticiple");
  else {
    register(past, lemma, "past");
    register(participle, lemma, "participle");
  }
  register(lemma, lemma, "base");
  register(thirdOf(lemma), lemma, "s");
  register(ingOf(lemma, past), lemma, "ing");
}
for (const lemma of REGULAR.split(/\s+/).filter(Boolean)) {
  const past = /e$/.test(lemma) ? `${lemma}d` : /[^aeou]y$/.test(lemma) ? `${lemma.slice(0, -1)}ied` : `${lemma}ed`;
  register(past, lemma, "pastOrParticiple");
  register(lemma, lemma, "base");
  register(thirdOf(lemma), lemma, "s");
  register(ingOf(lemma, past), lemma, "ing");
}

/** The verb that a folded word is a form of. */
export function verbForm(word: string): VerbForm | undefined {
  return forms.get(word);
}

/** Whether a word can only be the past of a verb where no article stands before it. */
export function isPast(word: string): boolean {
  const form = forms.get(word)?.form;
  return form === "past" || form === "pastOrParticiple";
}
