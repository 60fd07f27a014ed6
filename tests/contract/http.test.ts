import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contractSchema, listen, startStandIn, type StandIn } from "../server/stand.in.js";

let standIn: StandIn;
let address: string;

beforeAll(async () => {
  standIn = await startStandIn({ schema: contractSchema() });
  address = await listen(standIn.app);
});

afterAll(() => standIn.app.close());

describe("GraphQL over HTTP", () => {
  const audits = serverAudits({ url: () => `${address}/graphql` });

  it("has 61 audits", () => expect(audits).toHaveLength(61));

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))("%s %s", async (_id, _name, audit) => {
    const result = await audit.fn();
    expect(result.status, "reason" in result ? result.reason : undefined).toBe("ok");
  });
});
