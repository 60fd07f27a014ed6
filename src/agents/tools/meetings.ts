import { z } from "zod";
import * as GQL from "../../generated/agents.js";
import { named } from "../names.js";
import { fittingPage, INCOMPLETE, meetingLines, textOf, worstOf } from "../result.js";
import {
  DAY,
  MEETING,
  meetingOf,
  optional,
  PAGE,
  RESULT,
  valuesOf,
  type Certainty,
  type MeetingItem,
} from "../shapes.js";
import { paging, tool } from "../tool.js";

export const meetings = tool({
  name: "meetings",
  title: "Which meetings were there?",
  description:
    "Meetings, planned and held, latest first, by participants, forum, place, days, topics or office of the participants, with their status and sources.",
  input: {
    parties: z.array(z.string()).min(1).max(10).optional().describe("With all of these states or organizations."),
    persons: z.array(z.string()).min(1).max(10).optional().describe("With all of these persons."),
    forum: z.string().optional().describe("Sittings of this forum or series."),
    onSidelinesOf: z.string().optional().describe("On the sidelines of a session of this forum."),
    kind: valuesOf<GQL.MeetingKind>("MeetingKind").optional(),
    format: valuesOf<GQL.MeetingFormat>("MeetingFormat").optional(),
    status: valuesOf<GQL.MeetingStatus>("MeetingStatus").optional().describe("HELD for meetings that took place."),
    country: z.string().optional().describe("Held in this state: code or name."),
    topics: z.array(z.string()).min(1).optional().describe("About all of these topics, by key."),
    office: valuesOf<GQL.OfficeKind>("OfficeKind").optional().describe("With holders of this kind of office."),
    from: DAY.optional().describe("On or after this day."),
    to: DAY.optional().describe("On or before this day."),
    ...paging(10),
  },
  output: { ...RESULT, ...PAGE, items: z.array(MEETING) },
  async run({ first, after, maxBytes, from, to, ...given }, { ask, links }) {
    const of = async (name: string | undefined, kind: "forum" | "party") =>
      name === undefined ? undefined : (await named(ask, name, [kind])).ref;
    const all = async (names: readonly string[] | undefined, kind: "person" | "party") =>
      names && Promise.all(names.map(async (name) => (await named(ask, name, [kind])).ref));
    const { kind, format, status, topics, office } = given;
    const filter = optional({
      parties: await all(given.parties, "party"),
      persons: await all(given.persons, "person"),
      forum: await of(given.forum, "forum"),
      onSidelinesOf: await of(given.onSidelinesOf, "forum"),
      country: await of(given.country, "party"),
      during: from === undefined && to === undefined ? undefined : { from, to },
      ...{ kind, format, status, topics, office },
    });
    const { meetings: found } = await ask(GQL.agentMeetings, { filter, first, after });
    const entries = found.edges.map(({ cursor, node }) => ({ cursor, item: meetingOf(node, links, 2) }));
    const asked = JSON.stringify(filter);
    // Of all that was read, also of what is left for the next page.
    const certainty = worstOf(entries.map(({ item }) => certaintyOf(item)));
    return fittingPage({ entries, hasNextPage: found.pageInfo.hasNextPage, maxBytes }, (items, next) => {
      const answer =
        found.totalCount === 0
          ? `No meeting is recorded for ${asked}.`
          : `${found.totalCount} ${found.totalCount === 1 ? "meeting is" : "meetings are"} recorded for ${asked}, latest first.`;
      const open = items.filter((item) => item.status !== "HELD").length;
      const notes = open > 0 ? [`${open} of the meetings on this page are not reported as held.`] : [];
      const page = { total: found.totalCount, next, items: [...items] };
      const structured = { answer, certainty, notes, coverage: INCOMPLETE, ...page };
      return { structured, text: textOf(structured, items.flatMap(meetingLines)) };
    });
  },
});

function certaintyOf({ status, on, isDisputed }: MeetingItem): Certainty {
  if (isDisputed) return "DISPUTED";
  return status === "HELD" && on !== null && /^\d{4}-\d{2}-\d{2}$/.test(on) ? "RECORDED" : "UNCERTAIN";
}
