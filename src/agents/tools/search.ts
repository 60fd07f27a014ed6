import { z } from "zod";
import * as GQL from "../../generated/agents.js";
import { fittingPage, INCOMPLETE, sourceLine, textOf, type Result } from "../result.js";
import { optional, PAGE, RESULT, SOURCE, sourceOf, valuesOf, type Certainty, type Links } from "../shapes.js";
import { paging, tool } from "../tool.js";

const HIT = z.object({
  kind: z.string(),
  quality: z.string().describe("Quality of the match: RESEMBLANCE and PART are guesses."),
  didYouMean: z.string().optional(),
  text: z.string().describe("The name, title or sentence that matches."),
  ref: z.string().optional().describe("Code, slug or key, which other tools take."),
  id: z.string().optional(),
  on: z.string().optional(),
  status: z.string().optional().describe("Of a meeting: EXPECTED meetings may not have taken place."),
  link: z.string().optional(),
  sources: z.array(SOURCE).optional(),
});
type Hit = z.infer<typeof HIT>;

export const search = tool({
  name: "search",
  title: "Search the record",
  description:
    "Search persons, states, organizations, forums, meetings, statements, documents, quoted passages, agreements and activities by name, day or words, in any script. Use it to find codes and slugs for the other tools.",
  input: {
    query: z.string().min(1).max(200).describe("Search words: `Rajnath Dong Vientiane`, `20 November 2024`."),
    kinds: z.array(valuesOf<GQL.SearchKind>("SearchKind")).min(1).optional().describe("Only these kinds of records."),
    ...paging(10),
  },
  output: { ...RESULT, ...PAGE, items: z.array(HIT) },
  async run({ query, kinds, first, after, maxBytes }, { ask, links }) {
    const { search: found } = await ask(GQL.agentSearch, { query, kinds, first, after });
    const entries = found.edges.map(({ cursor, node }) => ({ cursor, item: hitOf(node, links) }));
    return fittingPage({ entries, hasNextPage: found.pageInfo.hasNextPage, maxBytes }, (items, next) =>
      searchResult(query, found.totalCount, items, next),
    );
  },
});

interface Found {
  answer: string;
  certainty: Certainty;
  notes: string[];
  coverage: string;
  total: number;
  next: string | null;
  items: Hit[];
}

function searchResult(query: string, total: number, items: readonly Hit[], next: string | null): Result<Found> {
  const isGuess = items.length > 0 && items.every(({ quality }) => quality === "RESEMBLANCE" || quality === "PART");
  const meant = new Set(items.flatMap(({ didYouMean }) => didYouMean ?? []));
  const notes = [
    ...(isGuess ? [`Nothing matches all words of "${query}"; these results only resemble it.`] : []),
    ...[...meant].map((one) => `Perhaps "${one}" was meant.`),
  ];
  const answer = total === 0 ? `The record holds nothing that matches "${query}".` : `${total} results for "${query}".`;
  const certainty: Certainty = total === 0 ? "NOT_RECORDED" : isGuess ? "UNCERTAIN" : "RECORDED";
  const structured = { answer, certainty, notes, coverage: INCOMPLETE, total, next, items: [...items] };
  const lines = items.flatMap(({ kind, text, ref, on, status, link, sources = [] }) => [
    [`- ${kind}: ${text}`, ref && `(${ref})`, on, status && `[${status}]`, link].filter(Boolean).join(" "),
    ...sources.map(sourceLine),
  ]);
  return { structured, text: textOf(structured, lines) };
}

function hitOf(node: GQL.AgentSearchQuery["search"]["edges"][number]["node"], links: Links): Hit {
  const { kind, quality, didYouMean, snippet, match } = node;
  return { kind, quality, ...optional({ didYouMean }), text: snippet, ...detailsOf(match, links) };
}

type Match = GQL.AgentSearchQuery["search"]["edges"][number]["node"]["match"];

function detailsOf(match: Match, links: Links): Partial<Hit> {
  const { id } = match;
  switch (match.__typename) {
    case "Person":
      return { id, ref: match.slug, text: match.name, link: links.person(match.slug) };
    case "State":
    case "Organization":
      return { id, ref: match.code, text: match.name, link: links.record(id) };
    case "Forum":
      return { id, ref: match.slug, text: match.name, link: links.forum(match.slug) };
    case "Meeting":
      return {
        ref: match.slug,
        text: match.title,
        status: match.status,
        link: links.meeting(match.slug),
        ...optional({ on: match.on }),
      };
    case "Document":
      return { id, ...optional({ on: match.publishedOn }), link: links.document(id) };
    case "Agreement":
    case "Activity":
      return { ref: match.key, text: match.title, link: links.record(id) };
    case "Citation":
      return { sources: [sourceOf(match, links)] };
    default:
      return { id, link: links.record(id) };
  }
}
