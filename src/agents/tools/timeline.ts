import { z } from "zod";
import * as GQL from "../../generated/agents.js";
import { named } from "../names.js";
import { fittingPage, INCOMPLETE, sourceLine, textOf, worstOf } from "../result.js";
import { DAY, optional, PAGE, RESULT, SOURCE, sourceOf, valuesOf, type Certainty, type Links } from "../shapes.js";
import { paging, tool } from "../tool.js";

const EVENT = z.object({
  kind: z.string(),
  on: z.string().nullable().describe("Date as precise as the sources; null if unknown."),
  endsOn: z.string().optional(),
  isExact: z.boolean().describe("False if the day is not known, so that the order is uncertain."),
  text: z.string(),
  status: z.string().optional().describe("Of a meeting: EXPECTED meetings may not have taken place."),
  ref: z.string().optional().describe("Slug or key of the record."),
  isDisputed: z.boolean().optional(),
  sources: z.array(SOURCE).optional(),
  link: z.string(),
});
type Event = z.infer<typeof EVENT>;

export const timeline = tool({
  name: "timeline",
  title: "What happened, in order?",
  description:
    "Events around a state, organization, person or forum, or between two states, organizations or persons, earliest first: meetings, visits, agreements, exercises, tenures, memberships, milestones. Says which gaps of the record are known.",
  input: {
    of: z.string().describe("State, organization, person or forum: code, slug or name."),
    with: z.string().optional().describe("A second state, organization or person: only events between the two."),
    kinds: z
      .array(valuesOf<GQL.TimelineKind>("TimelineKind"))
      .min(1)
      .optional()
      .describe("Only these kinds of events."),
    from: DAY.optional().describe("Only events on or after this day."),
    to: DAY.optional().describe("Only events on or before this day."),
    ...paging(20),
  },
  output: {
    ...RESULT,
    ...PAGE,
    items: z.array(EVENT),
    gaps: z.array(z.object({ kind: z.string(), count: z.number() })).describe("Known gaps of the record about this."),
  },
  async run({ of, with: other, kinds, from, to, first, after, maxBytes }, { ask, links, today }) {
    const [one, two] = await Promise.all([
      named(ask, of, other === undefined ? ["party", "person", "forum"] : ["party", "person"]),
      other === undefined ? undefined : named(ask, other, ["party", "person"]),
    ]);
    const variables = { of: one.id, with: two?.id, kinds, from, to, asOf: today, first, after };
    const { timeline: found, coverage } = await ask(GQL.agentTimeline, variables);
    const entries = found.edges.map(({ cursor, node }) => ({ cursor, item: eventOf(node, links) }));
    const gaps = coverage.filter(({ count }) => count > 0).map(({ kind, count }) => ({ kind, count }));
    const whom = two ? `between ${one.name} and ${two.name}` : `around ${one.name}`;
    // Of all that was read, also of what is left for the next page.
    const certainty = worstOf(entries.map(({ item }) => certaintyOf(item)));
    return fittingPage({ entries, hasNextPage: found.pageInfo.hasNextPage, maxBytes }, (items, next) => {
      const answer =
        found.totalCount === 0 ? `No events ${whom} are recorded.` : `${found.totalCount} recorded events ${whom}.`;
      const notes = [
        `Read as ${[one, two].flatMap((each) => (each ? `${each.name} (${each.kind} ${each.ref})` : [])).join(" and ")}.`,
        ...(items.some(({ isExact }) => !isExact)
          ? ["Events without an exact day stand at the earliest day they can mean."]
          : []),
      ];
      const counted = gaps.map(({ kind, count }) => `${count} ${kind}`).join(", ");
      const known = gaps.length === 0 ? "No gap of the record is known here." : `Known gaps of the record: ${counted}.`;
      const page = { total: found.totalCount, next, items: [...items], gaps };
      const structured = { answer, certainty, notes, coverage: `${known} ${INCOMPLETE}`, ...page };
      return { structured, text: textOf(structured, items.flatMap(eventLines)) };
    });
  },
});

function certaintyOf({ isExact, isDisputed, status }: Event): Certainty {
  if (isDisputed === true) return "DISPUTED";
  return isExact && (status === undefined || status === "HELD") ? "RECORDED" : "UNCERTAIN";
}

type Node = GQL.AgentTimelineQuery["timeline"]["edges"][number]["node"];

function eventOf({ kind, on, endsOn, isExact, summary, entry }: Node, links: Links): Event {
  const citations = "citations" in entry ? entry.citations.nodes : "citation" in entry ? [entry.citation] : [];
  const ref = "slug" in entry ? entry.slug : "key" in entry ? entry.key : undefined;
  return {
    kind,
    on,
    ...optional({ endsOn }),
    isExact,
    text: summary,
    ...optional({ status: "status" in entry ? entry.status : undefined, ref }),
    ...("isDisputed" in entry && entry.isDisputed && { isDisputed: true }),
    ...(citations.length > 0 && { sources: citations.map((citation) => sourceOf(citation, links)) }),
    link: entry.__typename === "Meeting" ? links.meeting(entry.slug) : links.record(entry.id),
  };
}

function eventLines({ on, kind, text, status, isExact, isDisputed, sources = [], link }: Event): string[] {
  const marks = [status, isExact ? undefined : "day not exact", isDisputed === true ? "DISPUTED" : undefined];
  const marked = marks.filter((mark) => mark !== undefined).join(", ");
  return [
    `- ${on ?? "undated"} ${kind}: ${text}${marked === "" ? "" : ` [${marked}]`} ${link}`,
    ...sources.map(sourceLine),
  ];
}
