import { z } from "zod";
import * as GQL from "../../generated/agents.js";
import { ToolError } from "../ask.js";
import { named } from "../names.js";
import { fittingPage, sourceLine, textOf, worstOf } from "../result.js";
import { PAGE, RESULT, SOURCE, sourceOf, type Certainty, type Links } from "../shapes.js";
import { paging, tool } from "../tool.js";

const PASSAGE = z.object({
  subject: z.string().describe("Type of the record that cites these words, such as Meeting or Participant."),
  subjectLink: z.string(),
  start: z.number().optional().describe("Position in the text of the document, in Unicode code points."),
  end: z.number().optional(),
  sources: z.array(SOURCE),
});
type Passage = z.infer<typeof PASSAGE>;

export const documentPassages = tool({
  name: "document_passages",
  title: "What do the sources say, word for word?",
  description:
    "The exact passages of a document that the record cites, or all passages that a meeting cites, with what each supports or disputes.",
  input: {
    document: z.string().optional().describe("Id of a document, from search or from a source of another result."),
    meeting: z.string().optional().describe("Slug of a meeting; give this or document."),
    naming: z.string().optional().describe("Only passages that name this state or organization."),
    disputing: z.boolean().default(false).describe("Only passages that dispute a record."),
    ...paging(20),
  },
  output: { ...RESULT, ...PAGE, title: z.string(), items: z.array(PASSAGE) },
  async run({ document, meeting, naming, disputing, first, after, maxBytes }, { ask, links }) {
    if ((document === undefined) === (meeting === undefined)) {
      throw new ToolError("BAD_USER_INPUT", "Give exactly one of document and meeting.");
    }
    const filter = {
      ...(naming !== undefined && { naming: (await named(ask, naming, ["party"])).ref }),
      ...(disputing && { stance: "DISPUTES" as const }),
    };
    const found =
      document === undefined
        ? (await ask(GQL.agentMeetingPassages, { meeting: meeting as string, filter, first, after })).meeting
        : (await ask(GQL.agentDocumentPassages, { document, filter, first, after })).document;
    if (!found) {
      const what = document === undefined ? `meeting with the slug "${meeting}"` : `document with the id "${document}"`;
      throw new ToolError("NOT_FOUND", `The record has no ${what}. Find it with the tool search.`);
    }
    const { citations, title } = found;
    const entries = citations.edges.map(({ cursor, node }) => ({ cursor, item: passageOf(node, links) }));
    const isPrivate = "access" in found && found.access === "PRIVATE";
    // Of all that was read, also of what is left for the next page.
    const certainty = worstOf(entries.map(({ item }) => certaintyOf(item)));
    return fittingPage({ entries, hasNextPage: citations.pageInfo.hasNextPage, maxBytes }, (items, next) => {
      const answer =
        citations.totalCount === 0
          ? `The record cites no such passage of “${title}”.`
          : `${citations.totalCount} citations of “${title}”.`;
      const wordless = items.filter(({ start }) => start === undefined).length;
      const notes = [
        ...(wordless > 0
          ? [`For ${wordless} of these citations the record holds no text; they point at a place.`]
          : []),
        ...(isPrivate ? ["The text is private: only the cited passages are shown."] : []),
      ];
      const page = { total: citations.totalCount, next, title, items: [...items] };
      const structured = { answer, certainty, notes, coverage: COVERAGE, ...page };
      const lines = items.flatMap(({ subject, subjectLink, sources }) => [
        `- ${subject} ${subjectLink}`,
        ...sources.map(sourceLine),
      ]);
      return { structured, text: textOf(structured, lines) };
    });
  },
});

const COVERAGE = "These are the passages that records cite. The document may say more.";

function certaintyOf({ sources }: Passage): Certainty {
  return sources.some(({ stance }) => stance === "DISPUTES") ? "DISPUTED" : "RECORDED";
}

type Node = NonNullable<GQL.AgentDocumentPassagesQuery["document"]>["citations"]["edges"][number]["node"];

function passageOf(node: Node, links: Links): Passage {
  const { subject, passage } = node;
  return {
    subject: subject.__typename,
    subjectLink: links.record(subject.id),
    ...(passage && { start: passage.start, end: passage.end }),
    sources: [sourceOf(node, links)],
  };
}
