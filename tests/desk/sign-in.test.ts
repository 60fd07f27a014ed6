import { generateKeyPair, exportJWK, SignJWT, type JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readProviders, type ProviderConfig } from "../../src/lib/oidc.providers.js";
import { createSignIn } from "../../src/access/oidc.js";
import { createSessions } from "../../src/access/sessions.js";
import { listen, openProvider, passProvider, type Server } from "./provider.js";
import { openDesk, type Answer, type Desk, type ListedSession } from "./service.js";

const host = "127.0.0.1:4999";
const addressOf = (id: string): string => `http://${host}/desk/sign-in/${id}/callback`;

const people = {
  ann: { name: "Ann Example", groups: ["editors"] },
  pat: { name: "Pat Example", groups: ["staff", "publishers"] },
  "<b>dan</b>": { name: "Dan", groups: ["staff"] },
  "by-name": { name: "Eve", groups: [] },
};

function provided(given: object): ProviderConfig {
  const read = readProviders(JSON.stringify([given]));
  if ("faults" in read) throw new Error(read.faults.join());
  return read.providers[0] as ProviderConfig;
}

describe("signing in at the desk with an OpenID provider", () => {
  let server: Server;
  let forging: Server;
  let gone: Server;
  let desk: Desk;
  let providers: readonly ProviderConfig[];
  /** The next ID token of the forging provider, from the nonce that was asked for. */
  let forged: (nonce: string) => Promise<string>;
  let asked = "";

  beforeAll(async () => {
    const secure = "https://desk.example/desk/sign-in/secure/callback";
    server = await openProvider(people, [...["corp", "open", "wrong"].map(addressOf), secure]);
    gone = await listen(async () => () => undefined);
    await gone.close();
    forging = await openForger(
      (nonce) => forged(nonce),
      (nonce) => (asked = nonce),
    );
    const common = { issuer: server.origin, roleClaim: "groups", scopes: "openid profile groups" };
    const roles = { EDIT: ["editors"], PUBLISH: ["publishers"] };
    const corp = { ...common, clientId: "desk", clientSecret: "the-secret-of-the-desk", roles };
    providers = [
      provided({ ...corp, id: "corp", name: "Ministry", redirectUri: addressOf("corp") }),
      provided({ ...corp, id: "secure", name: "Ministry", redirectUri: secure }),
      provided({ ...corp, id: "wrong", name: "Ministry", redirectUri: addressOf("wrong"), clientSecret: "another" }),
      provided({
        id: "open",
        name: "Open",
        issuer: server.origin,
        clientId: "public-desk",
        redirectUri: addressOf("open"),
        subjects: { ADMIN: ["by-name"] },
      }),
      provided({ ...corp, id: "gone", name: "Gone", issuer: gone.origin, redirectUri: addressOf("gone") }),
      provided({ ...corp, id: "forged", name: "Forged", issuer: forging.origin, redirectUri: addressOf("forged") }),
    ];
    desk = await openDesk(["reference", "report", "facts"], { providers });
  });
  afterAll(async () => {
    await desk.close();
    await forging.close();
    await server.close();
  });

  const get = (url: string, headers: Record<string, string> = {}) =>
    desk.app.inject({ method: "GET", url, headers: { host, ...headers } });
  const cookiesOf = (response: { readonly headers: Readonly<Record<string, unknown>> }): readonly string[] =>
    [response.headers["set-cookie"] ?? []].flat().map(String);
  const pairOf = (cookie: string | undefined): string => cookie?.split(";", 1)[0] ?? "";

  /** Begins a sign-in. */
  async function begin(id = "corp", query = "", headers: Record<string, string> = {}) {
    const response = await get(`/desk/sign-in/${id}${query}`, headers);
    const [cookie] = cookiesOf(response);
    return { response, cookie, url: String(response.headers.location) };
  }

  /** Signs in, through the forms of the provider. */
  async function signIn(login: string, { id = "corp", query = "" } = {}) {
    const begun = await begin(id, query);
    const back = await passProvider(begun.url, login);
    const response = await get(back.pathname + back.search, {
      cookie: pairOf(begun.cookie),
      "sec-fetch-site": "cross-site",
    });
    const session = cookiesOf(response).find((each) => each.startsWith("sidelines_desk="));
    return { ...begun, back, response, session };
  }

  /** The page of a session, which sends its page token. */
  async function pageOf(cookie: string | undefined) {
    const found = (await get("/desk/session", { cookie: pairOf(cookie) })).json<{
      readonly session: { readonly pageToken: string; readonly actor: string; readonly name: string; scopes: string[] };
    }>();
    const headers = { cookie: pairOf(cookie), "sidelines-page-token": found.session?.pageToken ?? "" };
    const send = (method: "GET" | "DELETE", url: string) =>
      desk.app.inject({ method, url, headers: { host, ...headers } });
    const ask = async (query: string) => {
      const response = await desk.app.inject({ method: "POST", url: "/graphql", headers, payload: { query } });
      return { ...response.json<Answer>(), status: response.statusCode };
    };
    return { session: found.session, send, ask };
  }

  it("asks the provider with state, nonce, PKCE and the exact address of the settings", async () => {
    const { response, cookie, url } = await begin();
    expect(response.statusCode).toBe(303);
    const sent = new URL(url);
    expect(sent.origin).toBe(server.origin);
    const values = Object.fromEntries(sent.searchParams);
    expect(values).toMatchObject({
      client_id: "desk",
      response_type: "code",
      redirect_uri: addressOf("corp"),
      scope: "openid profile groups",
      code_challenge_method: "S256",
    });
    const [state, nonce, challenge] = [values["state"], values["nonce"], values["code_challenge"]];
    expect(new Set([state, nonce, challenge]).size).toBe(3);
    for (const value of [state, nonce, challenge]) expect(value).toMatch(/^[\w-]{43}$/);
    expect(cookie).toMatch(
      /^sidelines_sign_in=[a-z2-7]{52}; Path=\/desk\/sign-in\/corp\/callback; HttpOnly; SameSite=Lax; Max-Age=600$/,
    );
    const { rows } = await desk.database.pool.query(`SELECT * FROM "DeskSignIn"`);
    expect(JSON.stringify(rows)).not.toContain(pairOf(cookie).split("=")[1]);
    expect(new URL((await begin()).url).searchParams.get("state")).not.toBe(state);
  });

  it("opens a session as a key does, named by issuer and subject, with the name and scope of the account", async () => {
    const { response, session, back } = await signIn("ann", { query: "?return=/desk/reports/sub_1" });
    expect(back.href.startsWith(`${addressOf("corp")}?`)).toBe(true);
    expect([response.statusCode, response.headers.location]).toEqual([303, "/desk/reports/sub_1"]);
    expect(session).toMatch(/^sidelines_desk=[a-z2-7]{52}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=604800$/);
    expect(response.headers["cache-control"]).toBe("no-store");
    const ann = await pageOf(session);
    expect(ann.session).toMatchObject({
      actor: `oidc:${server.origin}#ann`,
      name: "Ann Example",
      scopes: ["READ", "EDIT"],
    });
    const draft = `mutation { recordPerson(input: { slug: "zed", name: "Zed Example", draft: true,
      cite: [{ document: "statesman-2024-11-18-admm-plus-plan" }] }) { userErrors { message } } }`;
    expect((await ann.ask(draft)).data).toEqual({ recordPerson: { userErrors: [] } });
    const { data } = await ann.ask("{ drafts { totalCount nodes { id title actor } } }");
    const [drafted] = (data.drafts as unknown as { nodes: { id: string }[] }).nodes;
    expect(drafted).toMatchObject({ title: "Zed Example", actor: "Ann Example" });
    await ann.ask(`mutation { publishDrafts(input: { ids: ["${String(drafted?.id)}"] }) { userErrors { message } } }`);
    const { rows } = await desk.database.pool.query(
      `SELECT "actor", "actorName" FROM "Act" WHERE "actor" LIKE 'oidc:%'`,
    );
    expect(rows).toEqual([{ actor: `oidc:${server.origin}#ann`, actorName: "Ann Example" }]);
  });

  it("gives the highest scope of the roles and subjects in the settings", async () => {
    const pat = await pageOf((await signIn("pat")).session);
    expect(pat.session.scopes).toEqual(["READ", "EDIT", "PUBLISH"]);
    // A client without a secret, whose settings name a subject and no claim.
    const eve = await pageOf((await signIn("by-name", { id: "open" })).session);
    expect(eve.session).toMatchObject({ name: "Eve", scopes: ["READ", "EDIT", "PUBLISH", "ADMIN"] });
  });

  it("tells an account that may not edit its subject, as text, and opens no session", async () => {
    const { response, session } = await signIn("<b>dan</b>");
    expect([response.statusCode, session]).toEqual([403, undefined]);
    expect(response.body).toContain("Ministry signed you in as &lt;b&gt;dan&lt;/b&gt;");
    expect(response.body).toContain("Ask an administrator");
    expect(response.body).not.toContain("<b>dan");
    expect(response.headers["content-security-policy"]).toContain("default-src 'none'");
  });

  it.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/desk/../x",
    "/desk//evil.example",
    "/graphql",
    "/desk?x=https://evil.example",
    "/desk/%0d%0aset-cookie:x=1",
  ])("leads to the desk and not to %s afterwards", async (place) => {
    const { response } = await signIn("ann", { query: `?return=${encodeURIComponent(place)}` });
    expect([response.statusCode, response.headers.location]).toEqual([303, "/desk"]);
  });

  it("takes an answer once, in the browser that began, and within ten minutes", async () => {
    const expectExpired = (response: { statusCode: number; body: string }): void => {
      expect([response.statusCode, response.body.includes("This sign-in has expired")]).toEqual([400, true]);
    };
    const used = await signIn("ann");
    const path = used.back.pathname + used.back.search;
    expectExpired(await get(path, { cookie: pairOf(used.cookie) }));
    const begun = await begin();
    const back = await passProvider(begun.url, "ann");
    // Another browser has no cookie, or that of a sign-in of its own.
    expectExpired(await get(back.pathname + back.search));
    const own = await begin();
    expectExpired(await get(back.pathname + back.search, { cookie: pairOf(own.cookie) }));
    expectExpired(await get(`${back.pathname}?code=x&state=guessed`, { cookie: pairOf(begun.cookie) }));
    await desk.database.pool.query(`UPDATE "DeskSignIn" SET "expiresAt" = now() - interval '1 second'`);
    expectExpired(await get(back.pathname + back.search, { cookie: pairOf(begun.cookie) }));
  });

  it("refuses the code of another sign-in, which PKCE binds to its browser", async () => {
    const [theirs, own] = [await begin(), await begin()];
    const [stolen, mine] = [await passProvider(theirs.url, "pat"), await passProvider(own.url, "ann")];
    mine.searchParams.set("code", stolen.searchParams.get("code") ?? "");
    const response = await get(mine.pathname + mine.search, { cookie: pairOf(own.cookie) });
    expect([response.statusCode, response.body.includes("was not accepted")]).toEqual([403, true]);
    expect(cookiesOf(response)).toEqual([]);
  });

  it("says what to do if it was cancelled, the provider is unreachable, or the settings are wrong", async () => {
    const begun = await begin();
    const state = new URL(begun.url).searchParams.get("state") ?? "";
    const query = new URLSearchParams({ error: "access_denied", state, iss: server.origin }).toString();
    const cancelled = await get(`/desk/sign-in/corp/callback?${query}`, { cookie: pairOf(begun.cookie) });
    expect([cancelled.statusCode, cancelled.body.includes("Try again, or sign in with a key.")]).toEqual([403, true]);
    const { response } = await begin("gone");
    expect([response.statusCode, response.headers["retry-after"]]).toEqual([503, "60"]);
    expect(response.body).toContain("Gone cannot be reached");
    const wrong = await signIn("ann", { id: "wrong" });
    expect([wrong.response.statusCode, wrong.session]).toEqual([503, undefined]);
    expect(wrong.response.body).toContain("SIDELINES_OIDC_PROVIDERS");
    for (const { body } of [cancelled, response, wrong.response]) expect(body).toContain('href="/desk"');
  });

  it("takes up with a provider that is back", async () => {
    const back = await openProvider(people, [addressOf("gone")], gone.port);
    const again = await begin("gone");
    expect([again.response.statusCode, /<h1>.*?<\/h1>/.exec(again.response.body)?.[0]]).toEqual([303, undefined]);
    await back.close();
  });

  it("refuses ID tokens with another nonce, audience, issuer, key or time", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    const now = Math.floor(Date.now() / 1000);
    const token = (nonce: string, claims: JWTPayload = {}, key: Parameters<SignJWT["sign"]>[0] = forgerKey) =>
      new SignJWT({
        iss: forging.origin,
        aud: "desk",
        sub: "ann",
        nonce,
        iat: now,
        exp: now + 60,
        groups: ["editors"],
        name: "Ann",
        ...claims,
      })
        .setProtectedHeader({ alg: "RS256", kid: "one" })
        .sign(key);
    const outcomes: Record<string, number> = {};
    for (const [name, make] of Object.entries({
      good: (nonce: string) => token(nonce),
      nonce: () => token("another"),
      audience: (nonce: string) => token(nonce, { aud: "other" }),
      issuer: (nonce: string) => token(nonce, { iss: server.origin }),
      key: (nonce: string) => token(nonce, {}, privateKey),
      time: (nonce: string) => token(nonce, { exp: now - 60 }),
      unsigned: async (nonce: string) => {
        const [, payload] = (await token(nonce)).split(".");
        return `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload ?? ""}.`;
      },
    })) {
      forged = make;
      const begun = await begin("forged");
      const sent = new URL(begun.url);
      asked = sent.searchParams.get("nonce") ?? "";
      const query = new URLSearchParams({ code: "x", state: sent.searchParams.get("state") ?? "" }).toString();
      const response = await get(`/desk/sign-in/forged/callback?${query}`, { cookie: pairOf(begun.cookie) });
      outcomes[name] = response.statusCode;
    }
    expect(outcomes).toEqual({ good: 303, nonce: 403, audience: 403, issuer: 403, key: 403, time: 403, unsigned: 403 });
  });

  it("signs out one or all browsers of an account, and ends all at once when the settings change", async () => {
    const [first, second, third] = [
      await pageOf((await signIn("pat")).session),
      await pageOf((await signIn("pat")).session),
      await pageOf((await signIn("pat")).session),
    ];
    const { sessions } = (await first.send("GET", "/desk/sessions")).json<{ readonly sessions: ListedSession[] }>();
    expect(sessions.length).toBeGreaterThanOrEqual(3);
    expect((await second.send("DELETE", "/desk/session")).statusCode).toBe(200);
    const who = "{ viewer { name } }";
    expect([(await second.ask(who)).status, (await third.ask(who)).status]).toEqual([401, 200]);
    expect((await first.send("DELETE", "/desk/sessions")).statusCode).toBe(200);
    expect((await third.ask(who)).status).toBe(401);

    const { session } = await signIn("pat");
    const secret = pairOf(session).split("=")[1] ?? "";
    const scopesWith = async (changed: readonly ProviderConfig[]): Promise<readonly string[] | string> => {
      const { scopeOf } = createSignIn(desk.database.pool, changed);
      return createSessions(desk.database.pool, scopeOf)
        .find(secret)
        .then(
          ({ principal }) => [...principal.scopes],
          (error: unknown) => (error as Error).message,
        );
    };
    const [corp] = providers as [ProviderConfig];
    const ended = "Your account may not edit here any more. Ask an administrator.";
    expect(await scopesWith(providers)).toEqual(["READ", "EDIT", "PUBLISH"]);
    expect(await scopesWith([{ ...corp, roles: { EDIT: ["publishers"] } }])).toEqual(["READ", "EDIT"]);
    expect(await scopesWith([{ ...corp, roles: { EDIT: ["others"] } }])).toBe(ended);
    expect(await scopesWith([{ ...corp, issuer: "https://other.example" }])).toBe(ended);
    expect(await scopesWith([])).toBe(ended);
  });

  it("begins for pages of this service alone, at the address that the provider knows", async () => {
    const foreign = await begin("corp", "", { "sec-fetch-site": "cross-site" });
    expect([foreign.response.statusCode, foreign.url, foreign.cookie]).toEqual([303, "/desk", undefined]);
    const elsewhere = await begin("corp", "", { host: "other.example" });
    expect([elsewhere.response.statusCode, elsewhere.cookie]).toEqual([400, undefined]);
    expect(elsewhere.response.body).toContain(`href="http://${host}/desk"`);
    expect((await begin("none")).url).toBe("/desk");
  });

  it("has Secure cookies if the provider knows the desk by https", async () => {
    const begun = await begin("secure", "", { host: "desk.example" });
    expect(begun.cookie).toMatch(/; Secure$/);
    const back = await passProvider(begun.url, "ann");
    expect(back.origin).toBe("https://desk.example");
    const response = await get(back.pathname + back.search, { cookie: pairOf(begun.cookie), host: "desk.example" });
    const cookies = cookiesOf(response);
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly; SameSite=(Strict|Lax); Max-Age=\d+; Secure$/);
  });

  it("names the providers to the sign-in page, and none without the setting", async () => {
    const { providers: named } = (await get("/desk/session")).json<{ readonly providers: unknown }>();
    expect(named).toContainEqual({ id: "corp", name: "Ministry" });
    expect(JSON.stringify(named)).not.toContain("secret");
  });

  let forgerKey: Parameters<SignJWT["sign"]>[0];

  /** A provider that answers with whatever ID token the test makes. */
  async function openForger(make: (nonce: string) => Promise<string>, _see: (nonce: string) => void): Promise<Server> {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    forgerKey = privateKey;
    const key = { ...(await exportJWK(publicKey)), alg: "RS256", use: "sig", kid: "one" };
    return listen(async (origin) => (request, response) => {
      const answers: Readonly<Record<string, () => Promise<unknown>>> = {
        "/.well-known/openid-configuration": async () => ({
          issuer: origin,
          authorization_endpoint: `${origin}/auth`,
          token_endpoint: `${origin}/token`,
          jwks_uri: `${origin}/jwks`,
        }),
        "/jwks": async () => ({ keys: [key] }),
        "/token": async () => ({ access_token: "x", token_type: "Bearer", id_token: await make(asked) }),
      };
      void answers[request.url ?? ""]?.().then((body) =>
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body)),
      );
    });
  }
});
