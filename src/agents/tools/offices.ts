import { z } from "zod";
import * as GQL from "../../generated/agents.js";
import { named } from "../names.js";
import { fittingPage, INCOMPLETE, sourceLine, textOf, worstOf } from "../result.js";
import {
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

const HOLDER = z.object({
  person: z.string(),
  slug: z.string(),
  isCertain: z.boolean().describe("False if the tenure may not cover the day."),
  acting: z.boolean().optional(),
  since: z.string().optional(),
  until: z.string().optional(),
  certainFrom: z.string().optional().describe("First day in office for certain."),
  certainUntil: z.string().optional().describe("Last day in office for certain."),
  conflicts: z.array(z.string()).optional(),
  isDisputed: z.boolean().optional().describe("True if the record follows no side of a conflict."),
  sources: z.array(SOURCE),
  link: z.string(),
});
type Holder = z.infer<typeof HOLDER>;

const OFFICE = z.object({
  office: z.string(),
  kind: z.string(),
  party: z.string(),
  occupancy: z.enum(["HELD", "VACANT", "UNKNOWN"]).describe("UNKNOWN: a tenure may cover the day, or none is known."),
  attestedUntil: z
    .string()
    .optional()
    .describe("Last day on which the record attests a holder; later days are not known."),
  holders: z.array(HOLDER),
  link: z.string(),
});
type Office = z.infer<typeof OFFICE>;

export const whoHeld = tool({
  name: "who_held",
  title: "Who held an office on a day?",
  description:
    "Holders of the offices of a state or organization on a day, such as its defence minister, with the certain and the possible holders and the sources.",
  input: {
    party: z.string().describe("State or organization: code or name."),
    office: valuesOf<GQL.OfficeKind>("OfficeKind").optional().describe("Only offices of this kind; all by default."),
    on: DAY.optional().describe("The day; today by default."),
    ...paging(10),
  },
  output: { ...RESULT, ...PAGE, on: z.string(), items: z.array(OFFICE) },
  async run({ party: given, office, on, first, after, maxBytes }, { ask, links, today }) {
    const party = await named(ask, given, ["party"]);
    const asOf = on ?? today;
    const variables = { parties: [party.ref], kind: office, asOf, first, after };
    const { officeHolders: found } = await ask(GQL.agentWhoHeld, variables);
    const entries = found.edges.map(({ cursor, node }) => ({ cursor, item: officeOf(node, links) }));
    // Of all that was read, also of what is left for the next page.
    const certainty = worstOf(entries.map(({ item }) => certaintyOf(item)));
    return fittingPage({ entries, hasNextPage: found.pageInfo.hasNextPage, maxBytes, lean }, (items, next) => {
      const answer =
        items.length === 0
          ? `No office${office === undefined ? "" : ` of the kind ${office}`} of ${party.name} is recorded.`
          : items.map((item) => holdingOf(item, asOf)).join(" ");
      const notes = items.flatMap(({ office: title, attestedUntil }) =>
        attestedUntil !== undefined && attestedUntil < asOf
          ? [`The record attests a holder of ${title} through ${attestedUntil} only; later days are not known.`]
          : [],
      );
      const page = { total: found.totalCount, next, on: asOf, items: [...items] };
      const structured = { answer, certainty, notes, coverage: INCOMPLETE, ...page };
      return { structured, text: textOf(structured, items.flatMap(officeLines)) };
    });
  },
});

const lean = (office: Office): Office => ({
  ...office,
  holders: office.holders.map((holder) => ({ ...holder, sources: [] })),
});

type Node = GQL.AgentWhoHeldQuery["officeHolders"]["edges"][number]["node"];

function officeOf({ office, occupancy, attestedUntil, holders, possibleHolders }: Node, links: Links): Office {
  return {
    office: office.title,
    kind: office.kind,
    party: office.party.name,
    occupancy,
    ...optional({ attestedUntil }),
    holders: [
      ...holders.map((tenure) => holderOf(tenure, true, links)),
      ...possibleHolders.map((tenure) => holderOf(tenure, false, links)),
    ],
    link: links.record(office.id),
  };
}

function holderOf(tenure: GQL.AgentTenureFragment, isCertain: boolean, links: Links): Holder {
  const { id, person, acting, since, until, certainFrom, certainUntil, conflicts, citations } = tenure;
  return {
    person: person.name,
    slug: person.slug,
    isCertain,
    ...(acting && { acting }),
    ...optional({ since, until, certainFrom, certainUntil }),
    ...(conflicts.length > 0 && { conflicts: conflicts.map(conflictOf) }),
    ...(conflicts.some(({ isOpen }) => isOpen) && { isDisputed: true }),
    sources: citations.nodes.map((citation) => sourceOf(citation, links)),
    link: links.record(id),
  };
}

function holdingOf({ office, party, occupancy, holders }: Office, day: string): string {
  const title = `${office} of ${party}`;
  const certain = holders.filter(({ isCertain }) => isCertain).map(({ person }) => person);
  if (certain.length > 0) return `${title} on ${day}: ${certain.join(" and ")}.`;
  if (occupancy === "VACANT") return `${title} on ${day}: vacant.`;
  const possible = holders.map(({ person }) => person).join(" or ");
  return `${title} on ${day}: not certain${possible === "" ? ", no tenure that may cover the day is recorded" : `, possibly ${possible}`}.`;
}

function certaintyOf({ occupancy, holders }: Office): Certainty {
  if (holders.some(({ isDisputed }) => isDisputed)) return "DISPUTED";
  if (occupancy !== "UNKNOWN" && holders.every(({ isCertain }) => isCertain)) return "RECORDED";
  return holders.length === 0 ? "NOT_RECORDED" : "UNCERTAIN";
}

function officeLines({ holders }: Office): string[] {
  return holders.flatMap(({ person, slug, isCertain, acting, since, until, conflicts = [], sources, link }) => [
    `- ${person} (${slug})${acting === true ? ", acting" : ""}, ${since ?? "start unknown"} to ${until ?? "end unknown or open"}${isCertain ? "" : " [UNCERTAIN]"} ${link}`,
    ...sources.map(sourceLine),
    ...conflicts.map((conflict) => `  Conflict: ${conflict}`),
  ]);
}
