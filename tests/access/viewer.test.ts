import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "../../src/access/principal.js";
import { scopesUpTo } from "../../src/access/principal.js";
import type { Database } from "../../src/database/open.js";
import { createAsker } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});
afterAll(() => database.close());

const QUESTION = "{ viewer { actor name scopes } }";

it("says that a client without a credential may read", async () => {
  expect(await createAsker(database).ask(QUESTION)).toEqual({ viewer: { actor: null, name: null, scopes: ["READ"] } });
});

it("tells who asks, and everything that the credential allows", async () => {
  const principal: Principal = { actor: "key:key_x", name: "the desk", scopes: scopesUpTo("ADMIN") };
  expect(await createAsker(database, { principal }).ask(QUESTION)).toEqual({
    viewer: { actor: "key:key_x", name: "the desk", scopes: ["READ", "EDIT", "PUBLISH", "ADMIN"] },
  });
});
