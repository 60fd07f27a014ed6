import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { revokeKey } from "../../src/access/keys.js";
import { endSessions, listOpenSessions } from "../../src/access/sessions.js";
import { docxOf, wordParagraph } from "../texts/files.js";
import { openDesk, type Answer, type Browser, type Desk, type ListedSession } from "./service.js";

describe("sessions of the desk", () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await openDesk(["reference"]);
  });
  afterAll(() => desk.close());

  const who = "{ viewer { name scopes } }";
  const drafts = "{ drafts { totalCount } }";
  const inject = (browser: Browser, method: "GET" | "DELETE", url: string, headers: Record<string, string> = {}) =>
    desk.app.inject({
      method,
      url,
      headers: { cookie: browser.cookie, "sidelines-page-token": browser.token, ...headers },
    });

  it("are opened with a key that may edit, in a cookie that no script reads and no other site sends", async () => {
    const browser = await desk.signIn(await desk.makeKey("EDIT", "Ann"));
    expect(browser.response.statusCode).toBe(200);
    const cookie = String(browser.response.headers["set-cookie"]);
    expect(cookie).toMatch(/^sidelines_desk=[a-z2-7]{52}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=604800$/);
    expect((await browser.ask(who)).data.viewer).toEqual({ name: "Ann", scopes: ["READ", "EDIT"] });
    const { rows } = await desk.database.pool.query<{ all: string }>(
      `SELECT "DeskSession"::text AS "all" FROM "DeskSession"`,
    );
    expect(rows.map(({ all }) => all).join()).not.toContain(browser.cookie.split("=")[1]);
    expect((await desk.signIn(await desk.makeKey("READ"))).response.statusCode).toBe(403);
    expect((await desk.signIn("sdl_nothing")).response.statusCode).toBe(401);
  });

  it("count only with the page token, and only for pages of this service", async () => {
    const browser = await desk.signIn(await desk.makeKey("EDIT", "Ann"));
    const ask = async (headers: Record<string, string>): Promise<[number, string]> => {
      const response = await desk.app.inject({ method: "POST", url: "/graphql", headers, payload: { query: drafts } });
      return [response.statusCode, response.json<Answer>().errors?.[0]?.extensions.code ?? "none"];
    };
    const { cookie, token } = browser;
    // A form or a script of another site can make a browser send the cookie at most.
    expect(await ask({ cookie })).toEqual([401, "UNAUTHENTICATED"]);
    expect(await ask({ cookie, "sidelines-page-token": "guessed" })).toEqual([403, "FORBIDDEN"]);
    expect(await ask({ cookie, "sidelines-page-token": token, "sec-fetch-site": "cross-site" })).toEqual([
      403,
      "FORBIDDEN",
    ]);
    expect(await ask({ cookie, "sidelines-page-token": token, "sec-fetch-site": "same-site" })).toEqual([
      403,
      "FORBIDDEN",
    ]);
    expect(await ask({ cookie, "sidelines-page-token": token, origin: "https://evil.example" })).toEqual([
      403,
      "FORBIDDEN",
    ]);
    expect(
      await ask({ cookie, "sidelines-page-token": token, host: "desk.example", origin: "http://desk.example" }),
    ).toEqual([200, "none"]);
    expect(await ask({ "sidelines-page-token": token })).toEqual([401, "UNAUTHENTICATED"]);
    for (const url of ["/desk/session", "/desk/sessions"]) {
      const foreign = await inject(browser, "DELETE", url, { "sec-fetch-site": "cross-site" });
      expect(foreign.statusCode).toBe(403);
      expect((await desk.app.inject({ method: "DELETE", url, headers: { cookie } })).statusCode).toBe(403);
    }
    expect((await browser.ask(who)).data.viewer.name).toBe("Ann");
  });

  it("are listed and ended by operators; those of a revoked key are not open", async () => {
    const open = async (name: string) =>
      (await listOpenSessions(desk.database.pool)).filter(({ actorName }) => actorName === name);
    const [kept, revoked] = [await desk.makeKey("EDIT", "Kept"), await desk.makeKey("EDIT", "Revoked")];
    const [browser] = [await desk.signIn(kept), await desk.signIn(kept), await desk.signIn(revoked)];
    await revokeKey(desk.database.prisma, revoked.id);
    expect(await open("Revoked")).toEqual([]);
    const [latest, first] = await open("Kept");
    expect(await endSessions(desk.database.prisma, first?.id ?? "")).toBe(1);
    expect((await inject(browser, "GET", "/desk/sessions")).statusCode).toBe(401);
    expect(await open("Kept")).toEqual([latest]);
    expect(await endSessions(desk.database.prisma, latest?.actor ?? "")).toBe(1);
    expect(await open("Kept")).toEqual([]);
  });

  it("end when they are signed out, one or all, and at once when the key is revoked", async () => {
    const key = await desk.makeKey("EDIT", "Cleo");
    const [first, second, third] = [await desk.signIn(key), await desk.signIn(key), await desk.signIn(key)];
    const { sessions } = (await inject(first, "GET", "/desk/sessions")).json<{
      readonly sessions: readonly ListedSession[];
    }>();
    expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect(sessions).toHaveLength(3);
    const other = sessions.find(({ isCurrent }) => !isCurrent);
    expect((await inject(first, "DELETE", `/desk/sessions/${String(other?.id)}`)).json()).toEqual({ ended: 1 });
    const open = [await second.ask(who), await third.ask(who)].map(({ status }) => status);
    expect(open.sort()).toEqual([200, 401]);
    // The sessions of another key are not theirs to end.
    const stranger = await desk.signIn(await desk.makeKey("ADMIN", "Dan"));
    expect((await inject(stranger, "DELETE", `/desk/sessions/${String(sessions[0]?.id)}`)).json()).toEqual({
      ended: 0,
    });
    expect((await inject(first, "DELETE", "/desk/sessions")).json()).toEqual({ ended: 2 });
    expect((await first.ask(who)).status).toBe(401);
    const again = await desk.signIn(key);
    expect((await again.ask(who)).status).toBe(200);
    await revokeKey(desk.database.prisma, key.id);
    expect((await again.ask(who)).status).toBe(401);
    expect((await inject(again, "GET", "/desk/session")).json()).toMatchObject({ session: null });
  });

  it("end by themselves, after a time without use too", async () => {
    const key = await desk.makeKey("EDIT", "Eve");
    for (const column of [`"expiresAt" = now() - interval '1 minute'`, `"usedAt" = now() - interval '13 hours'`]) {
      const browser = await desk.signIn(key);
      await desk.database.pool.query(`UPDATE "DeskSession" SET ${column} WHERE "actor" = $1`, [`key:${key.id}`]);
      const answer = await browser.ask(who);
      expect([answer.status, answer.errors?.[0]?.message]).toEqual([
        401,
        expect.stringContaining("Sign in at the desk again") as unknown,
      ]);
    }
  });

  it("read the text of files, and say what to do with those that have none", async () => {
    const browser = await desk.signIn(await desk.makeKey("EDIT"));
    const upload = (payload: string | Buffer, name: string, type: string) =>
      desk.app.inject({
        method: "POST",
        url: `/desk/text?name=${name}`,
        headers: { cookie: browser.cookie, "sidelines-page-token": browser.token, "content-type": type },
        payload,
      });
    expect((await upload("\uFEFFOne\r\ntwo", "a.txt", "text/plain")).json()).toEqual({ text: "One\ntwo" });
    const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    const word = Buffer.from(docxOf(wordParagraph("One &amp; two.")));
    expect((await upload(word, "a.docx", type)).json()).toEqual({ text: "One & two.\n" });
    const page = '<meta charset="utf-8"><meta property="og:site_name" content="Us"><p>One.</p><script>two</script>';
    expect((await upload(page, "a.html", "text/html")).json()).toEqual({ text: "One.\n", publisher: "Us" });
    const damaged = await upload("%PDF-1.7", "a.pdf", "application/pdf");
    expect([damaged.statusCode, damaged.json<Answer>().errors?.[0]?.message]).toEqual([
      422,
      expect.stringContaining('"a.pdf" is damaged and cannot be read. Save it again') as unknown,
    ]);
    const long = Buffer.from(docxOf(wordParagraph("word ".repeat(50_000))));
    expect((await upload(long, "a.docx", type)).json<Answer>().errors?.[0]?.message).toContain(
      "at most 200000 are read",
    );
    expect(
      (await upload(Buffer.from([0xe9, 0x20]), "a.txt", "text/plain")).json<Answer>().errors?.[0]?.message,
    ).toMatch(/UTF-8/);
    expect((await upload("a".repeat(1_000_001), "a.txt", "text/plain")).statusCode).toBe(422);
    expect((await upload(Buffer.alloc(20_000_001, "a"), "a.pdf", "application/pdf")).statusCode).toBe(413);
    const anonymous = await desk.app.inject({
      method: "POST",
      url: "/desk/text?name=a.txt",
      headers: { "content-type": "text/plain" },
      payload: "a",
    });
    expect(anonymous.statusCode).toBe(401);
  });

  it("take reports of mistakes without an account, a few in an hour, and show them to editors as text", async () => {
    const send = (form: Record<string, string>, headers: Record<string, string> = {}) =>
      desk.app.inject({
        method: "POST",
        url: "/mistakes",
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        payload: new URLSearchParams(form).toString(),
      });
    const bad = "<script>alert(1)</script>";
    expect((await send({ page: "/meetings/x", text: "" })).statusCode).toBe(400);
    expect((await send({ page: "/meetings/x", text: bad, website: "spam" })).statusCode).toBe(400);
    expect((await send({ page: "/meetings/x", text: bad }, { "sec-fetch-site": "cross-site" })).statusCode).toBe(403);
    expect((await send({ page: "/meetings/x", text: bad }, { origin: "null" })).statusCode).toBe(403);
    const ours = { origin: "null", "sec-fetch-site": "same-origin" };
    const stored = await send({ page: "/meetings/x", text: bad, contact: "a@example.org" }, ours);
    expect([stored.statusCode, stored.body.includes("alert")]).toEqual([200, false]);
    expect((await send({ page: "/meetings/y", text: "two" })).statusCode).toBe(200);
    expect((await send({ page: "/meetings/y", text: "three" })).statusCode).toBe(200);
    expect((await send({ page: "/meetings/y", text: "four" })).statusCode).toBe(429);
    const browser = await desk.signIn(await desk.makeKey("EDIT", "Ann"));
    const listing =
      "query ($filter: MistakeReportFilter) { mistakeReports(filter: $filter) { totalCount nodes { id path text contact closedBy } } }";
    const { data } = await browser.ask(listing, { filter: { isOpen: true } });
    expect(data.mistakeReports.totalCount).toBe(3);
    expect(data.mistakeReports.nodes.at(-1)).toMatchObject({
      path: "/meetings/x",
      text: bad,
      contact: "a@example.org",
      closedBy: null,
    });
    const closing =
      "mutation ($input: CloseMistakeReportInput!) { closeMistakeReport(input: $input) { mistakeReport { closedBy closedAt } userErrors { code } } }";
    const closed = await browser.ask(closing, { input: { id: data.mistakeReports.nodes[0]?.id } });
    expect(closed.data.closeMistakeReport).toMatchObject({ mistakeReport: { closedBy: "Ann" }, userErrors: [] });
    expect((await browser.ask(listing, { filter: { isOpen: true } })).data.mistakeReports.totalCount).toBe(2);
  });
});
