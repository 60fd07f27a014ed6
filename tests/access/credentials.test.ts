import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type JWK } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { revokeKey } from "../../src/access/keys.js";
import { bearer, startService, type TestService } from "./service.js";

const question = "{ viewer { actor name scopes } }";
const issuer = "https://issuer.example";
const audience = "sidelines";

/** A pair of keys of an issuer, with the public one as its list has it. */
interface Pair {
  readonly kid: string;
  readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];
  readonly listed: JWK;
}

async function makePair(kid: string): Promise<Pair> {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  return { kid, privateKey, listed: { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" } };
}

/** A token as the issuer makes one, but for what is said. */
function token(
  { kid, privateKey }: Pair,
  { claims = {}, lasts = "5m" }: { readonly claims?: Record<string, unknown>; readonly lasts?: string | number } = {},
): Promise<string> {
  return new SignJWT({ iss: issuer, aud: audience, sub: "desk", name: "The desk", scope: "EDIT", ...claims })
    .setProtectedHeader({ alg: "ES256", kid })
    .setExpirationTime(lasts)
    .sign(privateKey);
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

let service: TestService;
let list: Server;
let listed: JWK[] = [];
let fetched = 0;
let own: Pair;

beforeAll(async () => {
  own = await makePair("one");
  listed = [own.listed];
  list = createServer((_request, response) => {
    fetched += 1;
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: listed }));
  });
  await new Promise<void>((resolve) => list.listen(0, "127.0.0.1", resolve));
  const jwksUrl = `http://127.0.0.1:${String((list.address() as AddressInfo).port)}/keys`;
  service = await startService({ jwt: { issuer, audience, jwksUrl }, times: { keptFor: 60_000, atMostEvery: 0 } });
});
afterAll(async () => {
  await service.close();
  list.close();
});

/** The result of a request with a credential: the viewer, or status and message of the error. */
async function outcome(credential: string): Promise<unknown> {
  const before = service.statements.length;
  const { status, headers, data, errors, codes } = await service.ask({
    query: question,
    authorization: bearer(credential),
  });
  if (status === 200) return data?.["viewer"];
  expect(service.statements.length).toBe(before); // a rejected request reads nothing
  expect(headers["www-authenticate"]).toMatch(/^Bearer/);
  expect(codes).toEqual(["UNAUTHENTICATED"]);
  return `${String(status)} ${errors[0]?.message ?? ""}`;
}

describe("a key", () => {
  it("is known by its hash alone, and says who asks", async () => {
    const key = await service.makeKey("EDIT", { name: "Vientiane desk" });
    expect(await outcome(key.key)).toEqual({
      actor: `key:${key.id}`,
      name: "Vientiane desk",
      scopes: ["READ", "EDIT"],
    });
    const { rows } = await service.database.pool.query<{ kept: string }>(`SELECT "ApiKey"::text AS kept FROM "ApiKey"`);
    expect(rows.length).toBeGreaterThan(0);
    for (const { kept } of rows) expect(kept).not.toContain(key.key.slice("sdl_".length + 8));
    expect(service.log.join("")).not.toContain(key.key);
  });

  it("is refused where it is malformed, unknown, revoked or expired", async () => {
    const key = await service.makeKey("ADMIN");
    const other = key.key.endsWith("a") ? "b" : "a";
    expect(await outcome("sdl_short")).toBe(
      "401 The key is malformed: one begins with sdl_ and is followed by 40 letters and digits.",
    );
    expect(await outcome(`${key.key.slice(0, -1)}${other}`)).toBe("401 The key is not known here.");
    await revokeKey(service.database.prisma, key.prefix);
    expect(await outcome(key.key)).toBe("401 The key was revoked.");
    const brief = await service.makeKey("READ", { expiresAt: new Date(Date.now() + 2_000) });
    expect(await outcome(brief.key)).toMatchObject({ scopes: ["READ"] });
    await expect.poll(() => outcome(brief.key)).toBe("401 The key has expired.");
  });

  it("is rejected and not treated as anonymous, whichever way it is sent", async () => {
    for (const authorization of ["Basic x", "Bearer", "bearer  ", "sdl_x"]) {
      expect(await service.ask({ query: question, authorization })).toMatchObject({
        status: 401,
        codes: ["UNAUTHENTICATED"],
      });
    }
  });
});

describe("a token", () => {
  it("speaks for whom its issuer made it for", async () => {
    expect(await outcome(await token(own))).toEqual({ actor: "jwt:desk", name: "The desk", scopes: ["READ", "EDIT"] });
    expect(await outcome(await token(own, { claims: { scope: "openid profile" } }))).toMatchObject({
      scopes: ["READ"],
    });
  });

  it.each([
    ["expired", { lasts: Math.floor(Date.now() / 1000) - 60 }, "The token has expired."],
    ["of another issuer", { claims: { iss: "https://other.example" } }, "The token comes from another issuer."],
    ["for another audience", { claims: { aud: "another" } }, "The token was made for another audience."],
    ["for nobody", { claims: { sub: " " } }, "The token does not say whom it was made for (sub)."],
  ])("is refused where it is %s", async (_what, made, said) => {
    expect(await outcome(await token(own, made))).toBe(`401 ${said}`);
  });

  it("is refused where it is forged", async () => {
    const [head, , signature] = (await token(own)).split(".");
    const claims = {
      iss: issuer,
      aud: audience,
      sub: "desk",
      scope: "ADMIN",
      exp: Math.floor(Date.now() / 1000) + 300,
    };
    expect(await outcome(`${head ?? ""}.${encoded(claims)}.${signature ?? ""}`)).toBe(
      "401 The token's signature is not the issuer's.",
    );
    expect(await outcome(`${encoded({ alg: "none" })}.${encoded(claims)}.`)).toMatch(/^401 The token/);
    // The public key is not secret, so a token signed with it as a shared secret must be rejected.
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", kid: own.kid })
      .sign(Buffer.from(JSON.stringify(own.listed)));
    expect(await outcome(shared)).toBe("401 The token is signed with an algorithm that is not accepted here.");
    expect(await outcome(await token(await makePair("foreign")))).toBe(
      "401 The token is signed with a key that the issuer does not list.",
    );
    expect(await outcome("no.token")).toMatch(/^401 The token is malformed/);
  });

  it("is accepted under a key that the issuer has changed to", async () => {
    const next = await makePair("two");
    listed = [next.listed];
    const before = fetched;
    expect(await outcome(await token(next))).toMatchObject({ actor: "jwt:desk" });
    expect(fetched).toBeGreaterThan(before);
    expect(await outcome(await token(own))).toBe("401 The token is signed with a key that the issuer does not list.");
  });
});
