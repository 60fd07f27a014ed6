// Apollo Server 5 in Fastify, resolvers over Prisma, DataLoader against the N+1 problem: what most guides end with.
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import fastifyApollo, { fastifyApolloDrainPlugin } from "@as-integrations/fastify";
import DataLoader from "dataloader";
import { fastify } from "fastify";
import { contract, passageOf, typeOfParty } from "./contract.js";
import { byDocument, byMember, bySeat, inForce, latestFirst, latestTenure, openPrisma, seatsDuring } from "./prisma.js";
import { announce, settings } from "./process.js";

const prisma = openPrisma();
const page = (nodes) => ({ nodes });

/** The loaders of one request. */
function createLoaders() {
  const kept = new Map();
  const keep = (name, make) => kept.get(name) ?? kept.set(name, make()).get(name);
  /** One row by id. */
  const byId = (model, id) =>
    id === null
      ? null
      : keep(
          model,
          () =>
            new DataLoader(async (ids) => {
              const rows = new Map(
                (await prisma[model].findMany({ where: { id: { in: [...ids] } } })).map((row) => [row.id, row]),
              );
              return ids.map((wanted) => rows.get(wanted) ?? null);
            }),
        ).load(id);
  /** Rows below an object, by a relation of its model; each combination of arguments has a loader of its own. */
  const below = (model, relation, options, id) =>
    keep(
      `${model}.${relation}/${JSON.stringify(options)}`,
      () =>
        new DataLoader(async (ids) => {
          const rows = await prisma[model].findMany({
            where: { id: { in: [...ids] } },
            select: { id: true, [relation]: options },
          });
          const found = new Map(rows.map((row) => [row.id, row[relation]]));
          return ids.map((wanted) => found.get(wanted) ?? []);
        }),
    ).load(id);
  return { byId, below };
}

const resolvers = {
  Query: {
    meeting: (_, { slug }) => prisma.meeting.findUnique({ where: { slug } }),
    meetings: async (_, { first = 20 }) =>
      page(await prisma.meeting.findMany({ where: { onEarliest: { not: null } }, orderBy: latestFirst, take: first })),
    state: (_, { code }) => prisma.party.findUnique({ where: { code, kind: "STATE" } }),
    forum: (_, { slug }) => prisma.forum.findUnique({ where: { slug } }),
  },
  Party: { __resolveType: typeOfParty },
  State: {
    meetings: async ({ id }, { first = 20, filter }) => {
      const seats = await prisma.participant.findMany({
        where: { partyId: id, ...seatsDuring(filter.during) },
        orderBy: [{ meetingEarliest: "desc" }, { meetingId: "desc" }],
        take: first,
        select: { meeting: true },
      });
      return page(seats.map(({ meeting }) => meeting));
    },
  },
  Meeting: {
    place: ({ placeId }, _, { byId }) => byId("place", placeId),
    forum: ({ forumId }, _, { byId }) => byId("forum", forumId),
    sidelinesOf: ({ sidelinesOfId }, _, { byId }) => byId("meeting", sidelinesOfId),
    sidelineMeetings: async ({ id }, { first = 20 }, { below }) =>
      page(await below("meeting", "sidelines", { orderBy: latestFirst, take: first }, id)),
    participants: async ({ id }, { first = 20 }, { below }) =>
      page(await below("meeting", "participants", { orderBy: bySeat, take: first }, id)),
    citations: async ({ id }, { first = 20 }, { below }) =>
      page(await below("meeting", "citations", { orderBy: byDocument, take: first }, id)),
  },
  Place: { country: ({ stateId }, _, { byId }) => byId("party", stateId) },
  Participant: {
    party: ({ partyId }, _, { byId }) => byId("party", partyId),
    person: ({ personId }, _, { byId }) => byId("person", personId),
    office: ({ officeId }, _, { byId }) => byId("office", officeId),
  },
  Citation: { passage: passageOf, document: ({ documentId }, _, { byId }) => byId("document", documentId) },
  Person: { tenures: ({ id }, _, { below }) => below("person", "tenures", { orderBy: latestTenure }, id) },
  Tenure: { office: ({ officeId }, _, { byId }) => byId("office", officeId) },
  Forum: {
    sessions: async ({ id }, { first = 20 }, { below }) =>
      page(await below("forum", "sessions", { orderBy: latestFirst, take: first }, id)),
    memberships: async ({ id }, { first = 20, asOf }, { below }) =>
      page(await below("forum", "memberships", { where: inForce(asOf), orderBy: byMember, take: first }, id)),
  },
  ForumMembership: { party: ({ partyId }, _, { byId }) => byId("party", partyId) },
};

const app = fastify();
const apollo = new ApolloServer({
  typeDefs: contract,
  resolvers,
  introspection: false,
  plugins: [fastifyApolloDrainPlugin(app), ApolloServerPluginLandingPageDisabled()],
});
await apollo.start();
await app.register(fastifyApollo(apollo), { context: async () => createLoaders() });
await app.listen({ port: settings.port, host: "127.0.0.1" });
announce();
