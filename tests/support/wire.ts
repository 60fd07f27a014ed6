import type { Editor } from "./editors.js";

/** The text of a report that no seed holds. */
export const text =
  "VIENTIANE: The defence ministers of Laos and Vietnam met on Friday.\nThey agreed to meet again in Hanoi next year.\nIndia heard about it.";

/** The report, as an editor adds it. */
export const document = {
  key: "vientiane-wire-2024-11-22",
  kind: "NEWS_REPORT",
  title: "Laos and Vietnam meet",
  publisher: "The Wire",
  language: "en",
  publishedOn: "2024-11-22",
  text,
};

/** The first sentence of the report. */
export const quote = "The defence ministers of Laos and Vietnam met on Friday";

/** Citations of one passage of the report. */
export function citing(words = quote) {
  return [{ document: document.key, quote: words }];
}

/** The meeting that the report is about, as an editor records it. */
export const meeting = {
  slug: "2024-11-22-lao-vnm-vientiane",
  title: "Laos and Vietnam defence ministers meet",
  kind: "BILATERAL",
  on: "2024-11-22",
  cite: citing(),
  participants: [
    { party: "LAO", role: "PRINCIPAL", cite: citing() },
    { party: "VNM", role: "PRINCIPAL", cite: citing() },
  ],
  statusReports: [{ status: "HELD", cite: citing() }],
  commitments: [
    {
      key: "meet-again",
      summary: "Meet again in Hanoi in 2025",
      kind: "DIALOGUE",
      status: "AGREED",
      dueOn: "2025",
      parties: ["VNM", "LAO"],
      cite: citing("They agreed to meet again in Hanoi next year."),
    },
  ],
};

/** The meeting as it is once the report was added and it was recorded. */
export interface Recorded {
  readonly id: string;
  readonly participants: { readonly nodes: readonly { readonly id: string }[] };
  readonly commitments: { readonly nodes: readonly { readonly id: string }[] };
}

/** Adds the report and records its meeting. */
export async function recordWire(editor: Editor): Promise<Recorded> {
  await editor.act("addDocument", document);
  const recorded = await editor.act<{ meeting: Recorded }>(
    "recordMeeting",
    meeting,
    "meeting { id participants { nodes { id } } commitments { nodes { id } } }",
  );
  if (recorded.userErrors.length > 0) throw new Error(JSON.stringify(recorded.userErrors));
  return recorded.meeting;
}
