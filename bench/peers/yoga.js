// GraphQL Yoga with Pothos and its Prisma plugin, which looks ahead and loads a query's relations together.
import { createServer } from "node:http";
import SchemaBuilder from "@pothos/core";
import PrismaPlugin, { queryFromInfo } from "@pothos/plugin-prisma";
import RelayPlugin from "@pothos/plugin-relay";
import { createYoga } from "graphql-yoga";
import { getDatamodel } from "../node_modules/.prisma/pothos.js";
import { passageOf, typeOfParty } from "./contract.js";
import { byDocument, byMember, bySeat, inForce, latestFirst, latestTenure, openPrisma, seatsDuring } from "./prisma.js";
import { announce, settings } from "./process.js";

const prisma = openPrisma();
const builder = new SchemaBuilder({
  plugins: [PrismaPlugin, RelayPlugin],
  prisma: { client: prisma, dmmf: getDatamodel(), filterConnectionTotalCount: true, onUnusedQuery: null },
  relay: { nodesOnConnection: true },
});

for (const scalar of ["Date", "PartialDate", "URL"])
  builder.scalarType(scalar, { serialize: (value) => value, parseValue: (value) => value });
const enums = {};
for (const [name, values] of Object.entries({
  OfficeKind:
    "HEAD_OF_STATE HEAD_OF_GOVERNMENT DEFENCE_MINISTER SECOND_DEFENCE_MINISTER DEPUTY_DEFENCE_MINISTER DEFENCE_INDUSTRY_MINISTER OTHER",
  CitationStance: "SUPPORTS DISPUTES",
  MembershipRole: "MEMBER DIALOGUE_PARTNER PLUS_COUNTRY SECTORAL_DIALOGUE_PARTNER PARTNER_COUNTRY OBSERVER INVITED",
  MeetingKind: "SESSION MULTILATERAL TRILATERAL BILATERAL",
  MeetingFormat: "IN_PERSON VIDEO CALL PULL_ASIDE",
  MeetingStatus: "UNKNOWN EXPECTED HELD POSTPONED CANCELLED DECLINED",
  ParticipantRole: "PRINCIPAL HOST CHAIR SPEAKER REPRESENTATIVE DELEGATE OBSERVER",
})) {
  enums[name] = builder.enumType(name, { values: values.split(" ") });
}

const text = (t, name, nullable = true) => t.exposeString(name, { nullable });
const partialDate = (t, name) => t.expose(name, { type: "PartialDate", nullable: true });

const DateRange = builder.inputType("DateRange", {
  fields: (t) => ({ from: t.field({ type: "Date" }), to: t.field({ type: "Date" }) }),
});
const MeetingFilter = builder.inputType("MeetingFilter", { fields: (t) => ({ during: t.field({ type: DateRange }) }) });

const Party = builder.prismaInterface("Party", {
  name: "Party",
  resolveType: typeOfParty,
  select: { kind: true },
  fields: (t) => ({ id: t.exposeID("id"), code: text(t, "code", false), name: text(t, "name", false) }),
});
const Meeting = builder.prismaObject("Meeting", {
  fields: (t) => ({
    id: t.exposeID("id"),
    slug: text(t, "slug", false),
    title: text(t, "title", false),
    kind: t.expose("kind", { type: enums.MeetingKind }),
    format: t.expose("format", { type: enums.MeetingFormat, nullable: true }),
    status: t.expose("status", { type: enums.MeetingStatus }),
    on: partialDate(t, "on"),
    endsOn: partialDate(t, "endsOn"),
    purpose: text(t, "purpose"),
    ordinal: t.exposeInt("ordinal", { nullable: true }),
    place: t.relation("place", { nullable: true }),
    forum: t.relation("forum", { nullable: true }),
    sidelinesOf: t.relation("sidelinesOf", { nullable: true }),
    sidelineMeetings: t.relatedConnection("sidelines", { cursor: "id", query: { orderBy: latestFirst } }),
    participants: t.relatedConnection("participants", { cursor: "id", query: { orderBy: bySeat } }),
    citations: t.relatedConnection("citations", { cursor: "id", query: { orderBy: byDocument } }),
  }),
});
// With `queryFromInfo` a seat's meeting is loaded together with all that is selected below it.
const MeetingPage = builder
  .objectRef("MeetingPage")
  .implement({ fields: (t) => ({ nodes: t.field({ type: [Meeting], resolve: ({ nodes }) => nodes }) }) });
const State = builder.prismaObject("Party", {
  variant: "State",
  interfaces: [Party],
  fields: (t) => ({
    meetings: t.field({
      type: MeetingPage,
      args: { first: t.arg.int(), filter: t.arg({ type: MeetingFilter }) },
      select: { id: true },
      resolve: async ({ id }, { first, filter }, context, info) => {
        const seats = await prisma.participant.findMany({
          where: { partyId: id, ...seatsDuring(filter.during) },
          orderBy: [{ meetingEarliest: "desc" }, { meetingId: "desc" }],
          take: first ?? 20,
          select: { meeting: queryFromInfo({ context, info, typeName: "Meeting", path: ["nodes"] }) },
        });
        return { nodes: seats.map(({ meeting }) => meeting) };
      },
    }),
  }),
});
builder.prismaObject("Party", { variant: "Organization", interfaces: [Party], fields: () => ({}) });
builder.prismaObject("Place", {
  fields: (t) => ({
    id: t.exposeID("id"),
    city: text(t, "city"),
    country: t.relation("state", { type: State, nullable: true }),
  }),
});
builder.prismaObject("Person", {
  fields: (t) => ({
    id: t.exposeID("id"),
    slug: text(t, "slug", false),
    name: text(t, "name", false),
    tenures: t.relation("tenures", { query: { orderBy: latestTenure } }),
  }),
});
builder.prismaObject("Office", {
  fields: (t) => ({
    id: t.exposeID("id"),
    title: text(t, "title", false),
    kind: t.expose("kind", { type: enums.OfficeKind }),
  }),
});
builder.prismaObject("Tenure", {
  fields: (t) => ({
    id: t.exposeID("id"),
    since: partialDate(t, "since"),
    until: partialDate(t, "until"),
    office: t.relation("office"),
  }),
});
builder.prismaObject("Participant", {
  fields: (t) => ({
    id: t.exposeID("id"),
    role: t.expose("role", { type: enums.ParticipantRole }),
    isExpected: t.exposeBoolean("isExpected"),
    party: t.relation("party", { type: Party }),
    person: t.relation("person", { nullable: true }),
    office: t.relation("office", { nullable: true }),
  }),
});
const Passage = builder.objectRef("Passage").implement({
  fields: (t) => ({ quote: text(t, "quote", false), start: t.exposeInt("start"), end: t.exposeInt("end") }),
});
builder.prismaObject("Citation", {
  fields: (t) => ({
    id: t.exposeID("id"),
    stance: t.expose("stance", { type: enums.CitationStance }),
    locator: text(t, "locator"),
    passage: t.field({
      type: Passage,
      nullable: true,
      select: { quote: true, start: true, end: true },
      resolve: passageOf,
    }),
    document: t.relation("document"),
  }),
});
builder.prismaObject("Document", {
  fields: (t) => ({
    id: t.exposeID("id"),
    title: text(t, "title", false),
    publisher: text(t, "publisher", false),
    publishedOn: partialDate(t, "publishedOn"),
    url: t.expose("url", { type: "URL", nullable: true }),
  }),
});
builder.prismaObject("Forum", {
  fields: (t) => ({
    id: t.exposeID("id"),
    slug: text(t, "slug", false),
    name: text(t, "name", false),
    sessions: t.relatedConnection("sessions", { cursor: "id", query: { orderBy: latestFirst } }),
    memberships: t.relatedConnection("memberships", {
      cursor: "id",
      args: { asOf: t.arg({ type: "Date" }) },
      query: ({ asOf }) => ({ where: inForce(asOf), orderBy: byMember }),
    }),
  }),
});
builder.prismaObject("ForumMembership", {
  fields: (t) => ({
    id: t.exposeID("id"),
    role: t.expose("role", { type: enums.MembershipRole }),
    since: partialDate(t, "since"),
    until: partialDate(t, "until"),
    hasEnded: t.exposeBoolean("hasEnded", { nullable: true }),
    party: t.relation("party", { type: Party }),
  }),
});

builder.queryType({
  fields: (t) => ({
    meeting: t.prismaField({
      type: "Meeting",
      nullable: true,
      args: { slug: t.arg.string({ required: true }) },
      resolve: (query, _, { slug }) => prisma.meeting.findUnique({ ...query, where: { slug } }),
    }),
    meetings: t.prismaConnection({
      type: "Meeting",
      cursor: "id",
      resolve: (query) =>
        prisma.meeting.findMany({ ...query, where: { onEarliest: { not: null } }, orderBy: latestFirst }),
    }),
    state: t.prismaField({
      type: State,
      nullable: true,
      args: { code: t.arg.string({ required: true }) },
      resolve: (query, _, { code }) => prisma.party.findUnique({ ...query, where: { code, kind: "STATE" } }),
    }),
    forum: t.prismaField({
      type: "Forum",
      nullable: true,
      args: { slug: t.arg.string({ required: true }) },
      resolve: (query, _, { slug }) => prisma.forum.findUnique({ ...query, where: { slug } }),
    }),
  }),
});

const yoga = createYoga({ schema: builder.toSchema(), graphiql: false, landingPage: false, logging: "error" });
createServer(yoga).listen(settings.port, "127.0.0.1", announce);
