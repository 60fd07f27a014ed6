import { z } from "zod";
import * as GQL from "../../generated/agents.js";
import { ToolError, type Ask } from "../ask.js";
import { named, type Named } from "../names.js";
import { fitting, fittingPage, INCOMPLETE, meetingLines, sourceLine, textOf, worstOf, type Result } from "../result.js";
import {
  DAY,
  MEETING,
  meetingOf,
  MENTION,
  mentionOf,
  PAGE,
  RESULT,
  SOURCE,
  sourceOf,
  valuesOf,
  type Certainty,
  type Links,
  type MeetingItem,
  type Mention,
} from "../shapes.js";
import { paging, SIZE, tool } from "../tool.js";

const BETWEEN = {
  between: z
    .array(z.string())
    .min(2)
    .max(10)
    .describe("Two or more states or organizations, or two or more persons: codes (`IND`), slugs or names."),
  office: valuesOf<GQL.OfficeKind>("OfficeKind")
    .optional()
    .describe("Only meetings at which holders of this kind of office represented each of them."),
  rank: valuesOf<GQL.OfficeRank>("OfficeRank")
    .optional()
    .describe("Only meetings of holders of offices of this rank, such as LEADER; not together with office."),
  formats: z
    .array(valuesOf<GQL.MeetingFormat>("MeetingFormat"))
    .min(1)
    .optional()
    .describe("Only meetings of these formats; without it calls and video meetings count too."),
};

const ENCOUNTER = {
  ...RESULT,
  meeting: MEETING.nullable().describe("Null if no meeting certainly counts."),
  coveredThrough: z
    .string()
    .nullable()
    .describe("Day through which the record holds meetings of each of them; later days are not known."),
  contenders: z
    .array(MENTION)
    .describe("Meetings that may count instead, because dates, formats or seats are imprecise."),
  contenderCount: z.number(),
};

export const lastMet = tool({
  name: "last_met",
  title: "When did they last meet?",
  description:
    "The last recorded meeting of two or more states, organizations or persons, with its certainty, its sources, and the meetings that may have been later. Use before to ask for the last one before a day.",
  input: {
    ...BETWEEN,
    after: DAY.optional().describe("Only meetings after this day."),
    before: DAY.optional().describe("Only meetings before this day."),
    ...SIZE,
  },
  output: ENCOUNTER,
  async run({ between, office, rank, formats, after, before, maxBytes }, { ask, links }) {
    const asked = await encounterOf(ask, { between, office, rank });
    const { lastMet: found } = await ask(GQL.agentLastMet, { ...asked.variables, formats, after, before });
    return encounterResult(found, { ...asked, links, maxBytes });
  },
});

export const firstSince = tool({
  name: "first_since",
  title: "What was their first meeting since …?",
  description:
    "The first recorded meeting of two or more states, organizations or persons after a day, a milestone or another meeting, with its certainty and sources. For claims by sources that a meeting was “the first since …”, use first_since_claims.",
  input: {
    ...BETWEEN,
    day: DAY.optional().describe("After this day. Give one of day, milestone and meeting."),
    milestone: z.string().optional().describe("After the milestone with this key."),
    meeting: z.string().optional().describe("After the meeting with this slug."),
    ...SIZE,
  },
  output: ENCOUNTER,
  async run({ between, office, rank, formats, day, milestone, meeting, maxBytes }, { ask, links }) {
    if ([day, milestone, meeting].filter((start) => start !== undefined).length !== 1) {
      throw new ToolError("BAD_USER_INPUT", "Give exactly one of day, milestone and meeting.");
    }
    const asked = await encounterOf(ask, { between, office, rank });
    const variables = { ...asked.variables, formats, day, milestone, meeting };
    const { firstMeetingSince: found } = await ask(GQL.agentFirstSince, variables);
    return encounterResult(found, { ...asked, links, maxBytes });
  },
});

const CLAIM = z.object({
  claim: z.string().describe("The claim in words."),
  verdict: z.enum(["SUPPORTED", "CONTRADICTED", "UNVERIFIABLE"]).describe("Computed from the record when asked."),
  explanation: z.string(),
  meeting: z.object({ slug: z.string(), title: z.string(), on: z.string().nullable() }),
  counterexamples: z.array(z.string()),
  sources: z.array(SOURCE),
  link: z.string(),
});

export const firstSinceClaims = tool({
  name: "first_since_claims",
  title: "“The first meeting since …”: is that true?",
  description:
    "Claims by sources that a meeting of these states or organizations was the first since an event, each with the verdict of the record, the reason, counterexamples and the words of the source.",
  input: {
    parties: z.array(z.string()).min(1).max(10).describe("States or organizations, by code or name."),
    ...paging(10),
  },
  output: { ...RESULT, ...PAGE, items: z.array(CLAIM) },
  async run({ parties, first, after, maxBytes }, { ask, links }) {
    const found = await Promise.all(parties.map((party) => named(ask, party, ["party"])));
    const variables = { parties: found.map(({ ref }) => ref), first, after };
    const { firstSinceClaims: claims } = await ask(GQL.agentFirstSinceClaims, variables);
    const entries = claims.edges.map(({ cursor, node }) => ({ cursor, item: claimOf(node, links) }));
    const names = found.map(({ name }) => name).join(" and ");
    return fittingPage({ entries, hasNextPage: claims.pageInfo.hasNextPage, maxBytes }, (items, next) => {
      const answer =
        claims.totalCount === 0
          ? `No claim of a first meeting of ${names} since something is recorded.`
          : `${claims.totalCount} recorded ${claims.totalCount === 1 ? "claim" : "claims"} about meetings of ${names}.`;
      const certainty = worstOf(items.map(({ verdict }) => certaintyOf[verdict]));
      const notes = ["A verdict holds for what is recorded: a meeting that is missing could change it."];
      const structured = {
        answer,
        certainty,
        notes,
        coverage: INCOMPLETE,
        total: claims.totalCount,
        next,
        items: [...items],
      };
      const lines = items.flatMap(({ claim, verdict, explanation, sources, link }) => [
        `- ${verdict}: ${claim} ${explanation} ${link}`,
        ...sources.map(sourceLine),
      ]);
      return { structured, text: textOf(structured, lines) };
    });
  },
});

/** No claim is surer than its verdict. */
const certaintyOf: Readonly<Record<GQL.ClaimVerdict, Certainty>> = {
  SUPPORTED: "RECORDED",
  CONTRADICTED: "DISPUTED",
  UNVERIFIABLE: "UNCERTAIN",
};

type ClaimNode = GQL.AgentFirstSinceClaimsQuery["firstSinceClaims"]["edges"][number]["node"];

function claimOf(node: ClaimNode, links: Links): z.infer<typeof CLAIM> {
  const { id, level, verdict, explanation, isFirstEver, since, sinceOn, meeting, counterexamples, citation } = node;
  const event = since === null ? sinceOn : since.__typename === "Milestone" ? since.label : since.title;
  const start = isFirstEver ? "the first ever" : `the first since ${event ?? "an event that the record does not know"}`;
  return {
    claim: `“${meeting.title}” (${meeting.on ?? "undated"}) is said to be ${start}, at the level of ${level.toLowerCase()}.`,
    verdict,
    explanation,
    meeting: { slug: meeting.slug, title: meeting.title, on: meeting.on },
    counterexamples: counterexamples.map(({ title, on }) => `${title}, ${on ?? "undated"}`),
    sources: [sourceOf(citation, links)],
    link: links.record(id),
  };
}

interface Asked {
  readonly variables: {
    readonly between: readonly string[];
    readonly level: GQL.EncounterLevel;
    readonly office?: GQL.OfficeKind | undefined;
    readonly rank?: GQL.OfficeRank | undefined;
  };
  readonly found: readonly Named[];
}

/** The encounter that is asked for: persons meet as persons, parties as such or by the holders of an office. */
async function encounterOf(
  ask: Ask,
  {
    between,
    office,
    rank,
  }: { between: readonly string[]; office?: GQL.OfficeKind | undefined; rank?: GQL.OfficeRank | undefined },
): Promise<Asked> {
  const isOfOffices = office !== undefined || rank !== undefined;
  const found = await Promise.all(
    between.map((name) => named(ask, name, isOfOffices ? ["party"] : ["party", "person"])),
  );
  const kinds = new Set(found.map(({ kind }) => kind));
  if (kinds.size > 1) {
    const listed = found.map(({ name, kind }) => `${name} (${kind})`).join(", ");
    throw new ToolError("BAD_USER_INPUT", `Give either parties or persons in between, not both: ${listed}.`);
  }
  const level = kinds.has("person") ? "PERSONS" : isOfOffices ? "OFFICES" : "PARTIES";
  return { variables: { between: found.map(({ ref }) => ref), level, office, rank }, found };
}

function encounterResult(
  found: GQL.AgentEncounterFragment,
  { found: of, links, maxBytes }: Pick<Asked, "found"> & { links: Links; maxBytes: number },
) {
  const { meeting, explanation, isCertain, coveredThrough, contenderCount } = found;
  const contenders = found.contenders.map((contender) => mentionOf(contender, links));
  const whole = meeting && meetingOf(meeting, links, 6);
  const certainty: Certainty = !meeting
    ? contenderCount > 0
      ? "UNCERTAIN"
      : "NOT_RECORDED"
    : whole?.isDisputed
      ? "DISPUTED"
      : isCertain
        ? "RECORDED"
        : "UNCERTAIN";
  const names = of.map(({ name }) => name).join(" and ");
  const coverage =
    coveredThrough === null
      ? `The record holds no meeting of at least one of ${names}. ${INCOMPLETE}`
      : `The record holds meetings of each of ${names} through ${coveredThrough}; later days are not known. ${INCOMPLETE}`;
  const build = (kept: MeetingItem | null, others: readonly Mention[]): Result<EncounterResult> => {
    const leftOut = contenderCount - others.length;
    const notes = [
      `Asked for: ${of.map(({ name, ref }) => `${name} (${ref})`).join(", ")}.`,
      ...(leftOut > 0 ? [`${leftOut} more meetings may count instead; give a larger maxBytes, or narrower days.`] : []),
      ...moreSources(kept),
    ];
    const structured = {
      answer: explanation,
      certainty,
      notes,
      coverage,
      meeting: kept,
      coveredThrough,
      contenders: [...others],
      contenderCount,
    };
    const lines = [
      ...(kept ? [...meetingLines(kept), ...(kept.sources ?? []).slice(1).map(sourceLine)] : []),
      ...(others.length > 0 ? ["May count instead:", ...others.flatMap(meetingLines)] : []),
    ];
    return { structured, text: textOf(structured, lines) };
  };
  function* shorter(): Generator<Result<EncounterResult>> {
    for (let count = contenders.length; count >= 0; count -= 1) yield build(whole, contenders.slice(0, count));
    const sources = whole?.sources ?? [];
    for (let count = sources.length - 1; whole && count >= 0; count -= 1) {
      yield build({ ...whole, sources: sources.slice(0, count) }, []);
    }
  }
  return fitting(shorter(), maxBytes);
}

type EncounterResult = z.input<z.ZodObject<typeof ENCOUNTER>>;

function moreSources(meeting: MeetingItem | null): string[] {
  const { slug, sources = [], sourceCount = 0 } = meeting ?? {};
  if (slug === undefined || sourceCount <= sources.length) return [];
  return [
    `${sourceCount} citations are recorded, ${sources.length} are shown; document_passages with meeting: "${slug}" lists all.`,
  ];
}
