import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { CredentialError } from "../../src/access/errors.js";
import { anonymous, scopesUpTo, type Principal } from "../../src/access/principal.js";
import { authenticateStage } from "../../src/http/authenticate/authenticate.js";
import type { PipelineRequest } from "../../src/http/pipeline.js";
import { createLogger } from "../../src/lib/log.js";

const request = (authorization?: string): PipelineRequest => ({
  id: "1",
  raw: { headers: authorization === undefined ? {} : { authorization } } as IncomingMessage,
  log: createLogger({ level: "silent" }),
  principal: anonymous,
  client: undefined,
});

describe("the stage authenticate", () => {
  const editor: Principal = { actor: "key:editor", name: "Editor", scopes: scopesUpTo("EDIT") };
  const stage = authenticateStage(async (authorization) => {
    if (authorization === "Bearer right") return editor;
    if (authorization === "Bearer wrong") throw new CredentialError("This key is not known.");
    throw new Error("the database is away");
  });

  it("leaves a request without a credential anonymous, and does not wait", () => {
    const plain = request();
    expect([stage(plain), plain.principal]).toEqual([undefined, anonymous]);
  });

  it("finds the principal of a credential", async () => {
    const known = request("Bearer right");
    expect([await stage(known), known.principal]).toEqual([undefined, editor]);
  });

  it("refuses a credential that is wrong or cannot be checked, and never takes it for none", async () => {
    expect(await stage(request("Bearer wrong"))).toMatchObject({
      status: 401,
      code: "UNAUTHENTICATED",
      headers: { "www-authenticate": 'Bearer realm="sidelines", error="invalid_token"' },
    });
    expect(await stage(request("Bearer unlucky"))).toMatchObject({ status: 503, code: "SERVICE_UNAVAILABLE" });
    expect(await authenticateStage(undefined)(request("Bearer right"))).toMatchObject({ status: 401 });
  });
});
