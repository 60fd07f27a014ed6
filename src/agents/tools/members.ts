import { z } from "zod";
import * as GQL from "../../generated/agents.js";
import { ToolError } from "../ask.js";
import { named } from "../names.js";
import { fittingPage, INCOMPLETE, sourceLine, textOf, worstOf } from "../result.js";
import {
  CERTAINTY,
  conflictOf,
  DAY,
  optional,
  PAGE,
  RESULT,
  SOURCE,
  sourceOf,
  valuesOf,
  type Certainty,
  type Links,
} from "../shapes.js";
import { paging, tool } from "../tool.js";

const MEMBER = z.object({
  party: z.string(),
  code: z.string(),
  role: z.string(),
  certainty: CERTAINTY,
  since: z.string().optional(),
  until: z.string().optional(),
  attested: z.string().optional().describe("Days on which a source shows the role, if its start is unknown."),
  conflicts: z.array(z.string()).optional(),
  sources: z.array(SOURCE).optional(),
  link: z.string(),
});
type Member = z.infer<typeof MEMBER>;

export const membersOn = tool({
  name: "members_on",
  title: "Who belonged to a forum on a day?",
  description:
    "Members, partners and observers of a forum on a day, with the roles and sources; those whose membership on that day is uncertain or disputed are marked.",
  input: {
    forum: z.string().describe("The forum: slug (`admm-plus`), acronym or name."),
    on: DAY.optional().describe("The day; today by default."),
    role: valuesOf<GQL.MembershipRole>("MembershipRole").optional().describe("Only this role."),
    ...paging(30),
  },
  output: { ...RESULT, ...PAGE, forum: z.string(), on: z.string(), items: z.array(MEMBER) },
  async run({ forum: given, on, role, first, after, maxBytes }, { ask, links, today }) {
    const forum = await named(ask, given, ["forum"]);
    const asOf = on ?? today;
    const { forum: found } = await ask(GQL.agentMembersOn, { forum: forum.ref, asOf, role, first, after });
    if (!found) throw new ToolError("NOT_FOUND", `The record has no forum "${given}".`);
    const { certain, memberships } = found;
    const certainIds = new Set(certain.nodes.map(({ id }) => id));
    const entries = memberships.edges.map(({ cursor, node }) => ({ cursor, item: memberOf(node, certainIds, links) }));
    const { totalCount: total, pageInfo } = memberships;
    const disputed = entries.flatMap(({ item }) => (item.certainty === "DISPUTED" ? [item.party] : []));
    const uncertain = total - certain.totalCount;
    // Of all that was read, also of what is left for the next page.
    const certainty = worstOf(entries.map(({ item }) => item.certainty));
    return fittingPage({ entries, hasNextPage: pageInfo.hasNextPage, maxBytes }, (items, next) => {
      const asked = role === undefined ? "roles" : `roles ${role}`;
      const answer =
        total === 0
          ? `No ${asked} in ${found.name} on ${asOf} are recorded.`
          : `${certain.totalCount} ${asked} in ${found.name} on ${asOf} are recorded${uncertain > 0 ? `, ${uncertain} more are possible` : ""}.`;
      const notes = [
        ...(uncertain > 0 ? ["Possible: the start or the end of the period is not known to the day."] : []),
        ...(disputed.length > 0 ? [`Sources disagree about ${disputed.join(", ")}.`] : []),
      ];
      const page = { total, next, forum: found.slug, on: asOf, items: [...items] };
      const structured = { answer, certainty, notes, coverage: INCOMPLETE, ...page };
      return { structured, text: textOf(structured, items.flatMap(memberLines)) };
    });
  },
});

type Node = NonNullable<GQL.AgentMembersOnQuery["forum"]>["memberships"]["edges"][number]["node"];

function memberOf(node: Node, certain: ReadonlySet<string>, links: Links): Member {
  const { id, party, role, since, until, attestedOn, attestedUntil, isDisputed, conflicts, citations } = node;
  const certainty: Certainty = isDisputed ? "DISPUTED" : certain.has(id) ? "RECORDED" : "UNCERTAIN";
  const attested = since === null ? [attestedOn, attestedUntil].filter((day) => day !== null).join(" and ") : "";
  return {
    party: party.name,
    code: party.code,
    role,
    certainty,
    ...optional({ since, until, attested: attested === "" ? undefined : attested }),
    ...(conflicts.length > 0 && { conflicts: conflicts.map(conflictOf) }),
    sources: citations.nodes.slice(0, 1).map((citation) => sourceOf(citation, links)),
    link: links.record(id),
  };
}

function memberLines({
  party,
  code,
  role,
  certainty,
  since,
  until,
  attested,
  conflicts = [],
  sources = [],
}: Member): string[] {
  const start =
    since !== undefined ? `since ${since}` : `start unknown${attested === undefined ? "" : `, attested ${attested}`}`;
  const [first] = sources;
  return [
    `- ${party} (${code}): ${role}, ${start}${until === undefined ? "" : ` until ${until}`}${certainty === "RECORDED" ? "" : ` [${certainty}]`}`,
    ...conflicts.map((conflict) => `  Conflict: ${conflict}`),
    ...(first ? [sourceLine(first)] : []),
  ];
}
