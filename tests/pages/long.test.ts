import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openService, type ExportService } from "../exports/service.js";
import { keeperOf } from "../support/keeper.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const DOCUMENT = "doc_qcotwrr32o2rdgjz";
/** Number of added passages, each of three letters and one letter after the one before. */
const PASSAGES = 520;
/** Number of added memberships, each of one day. */
const MEMBERSHIPS = 310;

/** The number as letters, as ids have them, so that their order is that of the numbers. */
const lettersOf = (prefix: string, number: string): string =>
  `'${prefix}_' || lpad(translate(${number}::text, '0123456789', 'abcdefghij'), 16, 'a')`;

describe("lists that are too long for one page", () => {
  let seeded: Seeded;
  let service: ExportService;

  beforeAll(async () => {
    seeded = await openSeeded(["report", "facts"]);
    await keeperOf(seeded).correct(
      "Much of everything.",
      `INSERT INTO "Citation" ("id", "key", "documentId", "quote", "start", "end", "partyId")
       SELECT ${lettersOf("cit", "n")}, 'test/' || n, d."id", substr(d."text", n + 1, 3), n, n + 3, (SELECT "id" FROM "Party" WHERE "code" = 'IND')
       FROM "Document" d, generate_series(0, ${PASSAGES - 1}) n WHERE d."id" = '${DOCUMENT}'`,
      `INSERT INTO "ForumMembership" ("id", "key", "forumId", "partyId", "role", "since", "sinceEarliest", "sinceLatest", "until", "untilEarliest", "untilLatest", "hasEnded")
       SELECT ${lettersOf("mem", "n")}, 'test/' || n, f."id", p."id", 'OBSERVER', day::text, day, day, (day + 1)::text, day + 1, day + 1, true
       FROM "Forum" f, "Party" p, generate_series(1, ${MEMBERSHIPS}) n, LATERAL (SELECT date '1900-01-01' + 2 * n AS day) AS days WHERE f."slug" = 'quad' AND p."code" = 'LAO'`,
    );
    service = await openService(seeded.database);
  });
  afterAll(async () => {
    await service.close();
    await seeded.close();
  });

  const visit = (url: string) => service.app.inject({ url });
  const marked = (body: string): string[] =>
    [...body.matchAll(/<i id="(cit_[a-z2-7]{16})">/g)].map(([, id]) => id as string);
  const linkOf = (body: string, rel: string, parameter: string): string =>
    (new RegExp(`<a${rel} href="([^"]*[?&]${parameter}=[^"]*)"`).exec(body)?.[1] ?? "").replaceAll("&amp;", "&");

  it("leads from each citation to the page of the source that holds it", async () => {
    const { document } = await seeded.ask<{ document: { citations: { totalCount: number; nodes: { id: string }[] } } }>(
      `{ document(id: "${DOCUMENT}") { citations(last: 50) { totalCount nodes { id } } } }`,
    );
    const first = marked((await visit(`/documents/${DOCUMENT}`)).body);
    expect(first).toHaveLength(500);
    const later = document.citations.nodes.map(({ id }) => id);
    expect(later.some((id) => first.includes(id))).toBe(false);
    for (const id of [first[0], later[0], later.at(-1)].map((one) => one ?? "")) {
      const { statusCode, headers } = await visit(`/records/${id}`);
      const [path = "", anchor] = String(headers["location"]).split("#");
      expect([statusCode, anchor]).toEqual([302, id]);
      expect(marked((await visit(path)).body)).toContain(id);
    }
  });

  it("walks all citations of a source, and says which part is marked", async () => {
    const { document } = await seeded.ask<{ document: { citations: { totalCount: number } } }>(
      `{ document(id: "${DOCUMENT}") { citations { totalCount } } }`,
    );
    const { totalCount } = document.citations;
    const { body } = await visit(`/documents/${DOCUMENT}`);
    expect(body).toContain(`with 500 of ${totalCount} citations; see the end of the page for more.`);
    const next = await visit(linkOf(body, ' rel="next"', "after"));
    expect(new Set([...marked(body), ...marked(next.body)]).size).toBe(totalCount);
    expect(next.body).toContain(`<a href="/documents/${DOCUMENT}">First page</a>`);
  });

  it("walks all memberships of a forum", async () => {
    const of = (body: string): string[] =>
      [...body.matchAll(/<tr id="([a-z]{3}_[a-z2-7]{16})">/g)].map(([, id]) => id as string);
    const { forum } = await seeded.ask<{ forum: { memberships: { totalCount: number } } }>(
      `{ forum(slug: "quad") { memberships { totalCount } } }`,
    );
    const { totalCount } = forum.memberships;
    const { body } = await visit("/forums/quad");
    expect(of(body)).toHaveLength(300);
    expect(body).toContain(`The chart shows 300 of ${totalCount} memberships, those in the table below.`);
    const next = await visit(linkOf(body, ' rel="next"', "memberships").split("#")[0] ?? "");
    expect(new Set([...of(body), ...of(next.body)]).size).toBe(totalCount);
    expect(next.body).toContain('<a href="/forums/quad#memberships">First page</a>');
  });
});
