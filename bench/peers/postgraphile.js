// PostGraphile 5 with its recommended preset, short names and the filter plugin; no console, no watching, no explaining,
// as its page on production advises.
import "./node22.js";
import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { PgSimplifyInflectionPreset } from "@graphile/simplify-inflection";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";
import { jsonPgSmartTags } from "postgraphile/utils";
import { connections } from "./contract.js";
import { announce, settings } from "./process.js";

// Prisma makes unique indexes where PostGraphile looks for constraints, and columns without an index of their own are no
// filters unless somebody says so; its smart tags do both.
const uniqueBy = (column) => ({ tags: { unique: column } });
const filteredBy = (...columns) => ({
  attribute: Object.fromEntries(columns.map((name) => [name, { tags: { behavior: "+filterBy" } }])),
});
const tags = jsonPgSmartTags({
  version: 1,
  config: {
    class: {
      "public.Meeting": uniqueBy("slug"),
      "public.Forum": uniqueBy("slug"),
      "public.Party": uniqueBy("code"),
      "public.Participant": filteredBy("meetingLatest"),
      "public.ForumMembership": filteredBy("sinceLatest", "attestedOnLatest", "untilEarliest", "hasEnded"),
    },
  },
});

const instance = postgraphile({
  extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset, PostGraphileConnectionFilterPreset],
  plugins: [tags],
  pgServices: [
    makePgService({
      connectionString: settings.url,
      schemas: ["public"],
      pubsub: false,
      poolConfig: { max: connections, min: connections },
    }),
  ],
  schema: {
    connectionFilterRelations: false,
    connectionFilterComputedColumns: false,
    connectionFilterSetofFunctions: false,
  },
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false, websockets: false },
  grafast: { explain: false },
});

const server = createServer();
server.on("error", (error) => {
  throw error;
});
await instance.createServ(grafserv).addTo(server);
server.listen(settings.port, "127.0.0.1", announce);
