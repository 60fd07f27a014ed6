import { request as httpRequest } from "node:http";
import { parse } from "csv-parse/sync";
import ICAL from "ical.js";
import jsonld from "jsonld";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createContextFactory } from "../../src/context.js";
import { participationColumns } from "../../src/packs/participations.js";
import { importPack } from "../../src/packs/import.js";
import { limits } from "../support/ask.js";
import { editorOf } from "../support/editors.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { removeFolders, writePack } from "../support/packs.js";
import { openService, type ExportService } from "./service.js";
import { settledCount, SOON } from "../support/time.js";

let seeded: Seeded;
let service: ExportService;
beforeAll(async () => {
  seeded = await openSeeded(["report", "facts"]);
  service = await openService(seeded.database);
});
afterAll(async () => {
  await service.close();
  await seeded.close();
  await removeFolders();
});

const get = (url: string, headers: Record<string, string> = {}) => service.app.inject({ url, headers });

interface Refused {
  readonly errors: readonly [{ readonly message: string; readonly extensions: { readonly code: string } }];
}

function rowsOf(text: string): Record<string, string>[] {
  return parse(text, { columns: true });
}

describe("/meetings.csv", () => {
  it("has a row for every seat of the record", async () => {
    const { participants } = (
      await seeded.ask<{ service: { counts: { participants: number } } }>("{ service { counts { participants } } }")
    ).service.counts;
    const answer = await get("/meetings.csv");
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8; header=present");
    expect(answer.headers["content-disposition"]).toBe('attachment; filename="meetings.csv"');
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
    expect(answer.body.startsWith(`${participationColumns.join(",")}\r\n`)).toBe(true);
    expect(rowsOf(answer.body)).toHaveLength(participants);
  });

  it("says of a seat what the record says of it", async () => {
    const rows = rowsOf((await get("/meetings.csv?party=IND&party=CHN&from=2024-11-20&to=2024-11-20")).body);
    expect(rows.map(({ party }) => party).sort()).toEqual(["CHN", "IND"]);
    const seat = rows.find(({ party }) => party === "IND");
    expect(seat).toMatchObject({
      meeting: "2024-11-20-ind-chn-vientiane",
      kind: "BILATERAL",
      format: "IN_PERSON",
      status: "HELD",
      on: "2024-11-20",
      place: "LAO/vientiane",
      city: "Vientiane",
      country: "LAO",
      sidelinesOf: "admm-plus-11",
      partyName: "India",
      person: "rajnath-singh",
      office: "IND/defence-minister",
      role: "PRINCIPAL",
      isExpected: "false",
    });
    expect(seat?.["sources"]).toContain('"document":"menafn-ians-2024-11-20-rajnath-dong-vientiane","quote":"');
  });

  it("is narrowed by every parameter as the list of meetings is by its filter", async () => {
    const cases: [string, string][] = [
      ["party=IND&status=EXPECTED", '{ parties: ["IND"], status: EXPECTED }'],
      ["person=rajnath-singh&kind=BILATERAL", '{ persons: ["rajnath-singh"], kind: BILATERAL }'],
      ["forum=admm-plus&from=2020-01-01", '{ forum: "admm-plus", during: { from: "2020-01-01" } }'],
      ["onSidelinesOf=admm-plus&country=LAO", '{ onSidelinesOf: "admm-plus", country: "LAO" }'],
      ["format=IN_PERSON&to=2023-12-31", '{ format: IN_PERSON, during: { to: "2023-12-31" } }'],
    ];
    for (const [parameters, filter] of cases) {
      const { meetings } = await seeded.ask<{
        meetings: { nodes: { slug: string; participants: { totalCount: number } }[] };
      }>(`{ meetings(first: 100, filter: ${filter}) { nodes { slug participants { totalCount } } } }`);
      const slugs = meetings.nodes.flatMap(({ slug, participants }) =>
        Array.from({ length: participants.totalCount }, () => slug),
      );
      expect(slugs.length, parameters).toBeGreaterThan(0);
      expect(
        rowsOf((await get(`/meetings.csv?${parameters}`)).body).map(({ meeting }) => meeting),
        parameters,
      ).toEqual(slugs);
    }
  });

  it.each([
    [
      "/meetings.csv?partys=IND",
      '"partys" is no parameter here; did you mean "party"; known are party, person, forum, onSidelinesOf, kind, format, status, from, to, country, topic, office, rank, knownAt',
    ],
    [
      "/meetings.csv?kind=BILATRAL",
      'kind has to be one of SESSION, MULTILATERAL, TRILATERAL, BILATERAL, but is "BILATRAL"',
    ],
    ["/meetings.csv?from=2024-11", 'from has to be a day such as 2024-11-20, but is "2024-11"'],
    ["/meetings.csv?from=2024-11-20&to=2024-11-19", "from (2024-11-20) lies after to (2024-11-19)"],
    ["/meetings.csv?forum=a&forum=b", "forum is given 2 times and can be given once"],
    ["/meetings.csv?party=", "party has no value"],
    ["/meetings.csv?party=%00", "party has no value"],
    ["/meetings.csv?__proto__=x", '"__proto__" is no parameter here'],
    ["/forums/admm-plus.ics?forum=brics", '"forum" is no parameter here'],
    ["/meetings/admm-plus-11.jsonld?status=HELD", '"status" is no parameter here'],
    ["/meetings.csv?knownAt=yesterday", 'knownAt has to be a moment such as 2024-11-20T09:30:00Z, but is "yesterday"'],
    ["/meetings.csv?knownAt=2999-01-01T00:00:00Z", "lies in the future"],
  ])("refuses %s by name", async (url, message) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<Refused>().errors[0]).toMatchObject({
      message: expect.stringContaining(message) as string,
      extensions: { code: "BAD_USER_INPUT" },
    });
    expect([answer.headers["etag"], answer.headers["cache-control"]]).toEqual([undefined, "no-store"]);
  });

  it.each(["/meetings.csv", "/meetings.ics", "/meetings.jsonld", "/persons/narendra-modi.ics"])(
    "%s takes as many repeated parameters as a list may have entries, and no more",
    async (url) => {
      const query = (times: number): string => `${url}?${Array.from({ length: times }, () => "party=IND").join("&")}`;
      const most = limits.maxListEntries;
      expect((await get(query(most))).statusCode).toBe(200);
      const refused = await get(query(most + 1));
      expect(refused.statusCode).toBe(400);
      expect(refused.json<Refused>().errors[0]).toMatchObject({
        message: `party is given ${String(most + 1)} times, and the most is ${String(most)} (service.limits.maxListEntries); leave out what is repeated or not needed.`,
        extensions: { code: "BAD_USER_INPUT" },
      });
    },
  );

  it("is read in smaller pages where the answer of a page would have too many bytes", async () => {
    const answered = async (maxAnswerBytes: number) => {
      const small = { ...limits, maxEventLoopDelayMs: 0, maxAnswerBytes };
      const createContext = createContextFactory({ database: seeded.database, limits: small, version: "0" });
      const [sizes, refusals]: [number[], number[]] = [[], []];
      const halved = await openService(seeded.database, {
        config: { limits: small },
        createContext,
        exportsFrom: (context) => ({
          ...context,
          answer: async (field) => {
            const text = await context.answer(field).catch((error: unknown) => {
              refusals.push(refusals.length);
              throw error;
            });
            sizes.push((JSON.parse(text) as { nodes?: unknown[] }).nodes?.length ?? 1);
            return text;
          },
        }),
      });
      try {
        return { answer: await halved.app.inject("/meetings.jsonld"), sizes, refusals };
      } finally {
        await halved.close();
      }
    };
    const whole = (await get("/meetings.jsonld")).body;
    const { answer, sizes, refusals } = await answered(100_000);
    expect(answer.body).toBe(whole);
    expect(refusals.length).toBeGreaterThan(0);
    expect(sizes.length).toBeGreaterThan(1);
    // A limit that not even one meeting keeps is an error of the export.
    const { answer: none } = await answered(1_000);
    expect([none.statusCode, none.json<Refused>().errors[0].extensions]).toMatchObject([
      400,
      { code: "LIMIT_EXCEEDED", limit: "maxAnswerBytes" },
    ]);
  });

  it("is read page by page, each meeting once and in order, seats and sources that fill pages included", async () => {
    const small = { ...limits, maxPageSize: 2, defaultPageSize: 2 };
    const paged = await openService(seeded.database, {
      config: { limits: small },
      createContext: createContextFactory({ database: seeded.database, limits: small, version: "0" }),
    });
    try {
      for (const url of [
        "/meetings.csv",
        "/meetings.jsonld",
        "/forums/admm-plus.ics",
        "/meetings/admm-plus-11.jsonld",
      ]) {
        expect((await paged.app.inject(url)).body, url).toBe((await get(url)).body);
      }
    } finally {
      await paged.close();
    }
  });

  it("has an ETag for revalidation, also for HEAD requests", async () => {
    const first = await get("/meetings.csv?party=LAO");
    expect(first.headers["cache-control"]).toBe("public, no-cache");
    const etag = String(first.headers["etag"]);
    const again = await get("/meetings.csv?party=LAO", { "if-none-match": etag });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
    expect((await get("/meetings.csv?party=JPN", { "if-none-match": etag })).statusCode).toBe(200);
    const head = await service.app.inject({ method: "HEAD", url: "/meetings.csv?party=LAO" });
    expect([head.statusCode, head.body, head.headers["etag"], head.headers["content-type"]]).toEqual([
      200,
      "",
      etag,
      first.headers["content-type"],
    ]);
    await importPack(seeded.database, await writePack({ "x.yaml": "places: [{key: nowhere, city: Nowhere}]\n" }));
    await vi.waitFor(async () => {
      expect((await get("/meetings.csv?party=LAO", { "if-none-match": etag })).statusCode).toBe(200);
    }, SOON);
  });

  it("is read as the record stood at a moment", async () => {
    const {
      rows: [before],
    } = await seeded.database.pool.query<{ now: Date }>("SELECT clock_timestamp() AS now");
    const stood = (await get("/meetings.csv?party=LAO")).body;
    await importPack(
      seeded.database,
      await writePack({
        "x.yaml":
          "meetings: [{slug: admm-plus-11, participants: [{party: LAO, role: CHAIR, note: Added., cite: [devdiscourse-2024-11-20-china-declines-austin]}]}]\n",
      }),
    );
    expect((await get("/meetings.csv?party=LAO")).body).not.toBe(stood);
    expect((await get(`/meetings.csv?party=LAO&knownAt=${String(before?.now.toISOString())}`)).body).toBe(stood);
    expect(rowsOf((await get("/meetings.csv?knownAt=1999-01-01T00:00:00Z")).body)).toEqual([]);
    for (const url of ["/forums/admm-plus.ics", "/meetings/admm-plus-11.jsonld"]) {
      expect((await get(`${url}?knownAt=${String(before?.now.toISOString())}`)).statusCode).toBe(200);
      expect((await get(`${url}?knownAt=1999-01-01T00:00:00Z`)).statusCode).toBe(404);
    }
  });

  it("has drafts for editors alone, whose responses are not stored", async () => {
    const editor = editorOf(seeded.database);
    const cite = [{ document: "devdiscourse-2024-11-20-china-declines-austin" }];
    const seat = { party: "LAO", role: "HOST", cite };
    const drafted = await editor.act("recordMeeting", {
      slug: "drafted",
      title: "Drafted",
      kind: "BILATERAL",
      on: "2024-11-23",
      draft: true,
      cite,
      participants: [seat],
    });
    expect(drafted.userErrors).toEqual([]);
    const editing = await openService(seeded.database, { authenticate: async () => editor.principal });
    try {
      for (const url of [
        "/meetings.csv?party=LAO",
        "/states/LAO.ics",
        "/meetings.jsonld?from=2024-11-23",
        "/meetings/drafted.jsonld",
      ]) {
        const open = await editing.app.inject(url);
        expect(open.body, url).not.toContain("Drafted");
        const answer = await editing.app.inject({
          url,
          headers: { authorization: "Bearer x", "if-none-match": String(open.headers["etag"]) },
        });
        expect(answer.body, url).toContain("Drafted");
        expect([answer.headers["cache-control"], answer.headers["etag"]]).toEqual(["private, no-store", undefined]);
      }
    } finally {
      await editing.close();
    }
  });

  it("tells browsers of other pages what they may send, and refuses credentials that are none", async () => {
    const asked = await service.app.inject({
      method: "OPTIONS",
      url: "/meetings.csv",
      headers: {
        origin: "https://example.org",
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match",
      },
    });
    expect([asked.statusCode, asked.headers["access-control-allow-headers"]]).toEqual([204, "if-none-match"]);
    const refused = await get("/meetings.csv", { authorization: "Bearer nobody" });
    expect([refused.statusCode, refused.json<Refused>().errors[0].extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
    expect(refused.headers["www-authenticate"]).toContain("Bearer");
  });
});

describe("under load", () => {
  it("is rejected before the first byte without a free slot, and so is HEAD", async () => {
    const full = await openService(seeded.database, { config: { limits: { ...limits, maxConcurrentOperations: 0 } } });
    try {
      for (const method of ["GET", "HEAD"] as const) {
        const answer = await full.app.inject({ method, url: "/meetings.csv" });
        expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "1"]);
      }
      // An unchanged export needs no slot.
      const { headers } = await get("/meetings.csv");
      expect(
        (await full.app.inject({ url: "/meetings.csv", headers: { "if-none-match": String(headers["etag"]) } }))
          .statusCode,
      ).toBe(304);
    } finally {
      await full.close();
    }
  });

  it("says that the record cannot be read, and nothing of why", async () => {
    const broken = await openService(seeded.database, {
      exportsFrom: () => {
        const fail = () => Promise.reject(new Error("select secret"));
        return { answer: fail, rows: fail };
      },
    });
    try {
      for (const url of ["/meetings.csv", "/persons.csv"]) {
        const answer = await broken.app.inject(url);
        expect(answer.statusCode).toBe(500);
        expect(answer.body).not.toContain("secret");
        expect(answer.json<Refused>().errors[0].extensions.code).toBe("INTERNAL_SERVER_ERROR");
      }
    } finally {
      await broken.close();
    }
  });

  it("reads no further than the client takes, and stops when it leaves", async () => {
    let asked = 0;
    const endless = await openService(seeded.database, {
      exportsFrom: (context) => ({
        ...context,
        answer: async () => {
          asked += 1;
          return JSON.stringify({ pageInfo: { hasNextPage: true, endCursor: String(asked) }, nodes: [endlessMeeting] });
        },
      }),
    });
    try {
      const address = await endless.app.listen({ host: "127.0.0.1", port: 0 });
      await new Promise<void>((resolve, reject) => {
        const call = httpRequest(`${address}/meetings.csv`, (response) => {
          response.once("data", () => {
            response.pause();
            const stopped = settledCount(() => asked).finally(() => call.destroy());
            stopped.then(() => resolve(), reject);
          });
        });
        call.on("error", () => undefined);
        call.end();
      });
      expect(await settledCount(() => asked)).toBeGreaterThan(2);
    } finally {
      await endless.close();
    }
  });
});

const none = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
const endlessMeeting = {
  id: "mtg_x",
  slug: "x",
  title: "t".repeat(50_000),
  kind: "BILATERAL",
  format: null,
  status: "HELD",
  on: null,
  endsOn: null,
  ordinal: null,
  topics: [],
  purpose: null,
  place: null,
  forum: null,
  sidelinesOf: null,
  participants: {
    ...none,
    nodes: [
      {
        id: "par_x",
        role: "PRINCIPAL",
        isExpected: false,
        attendance: null,
        note: null,
        party: { __typename: "State", id: "pty_x", code: "XXX", name: "X" },
        person: null,
        office: null,
        citations: none,
      },
    ],
  },
  citations: none,
};

describe("calendars", () => {
  async function eventsOf(url: string): Promise<{ calendar: ICAL.Component; events: ICAL.Event[] }> {
    const answer = await get(url);
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "text/calendar; charset=utf-8"]);
    for (const line of answer.body.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const calendar = new ICAL.Component(ICAL.parse(answer.body) as unknown[]);
    return { calendar, events: calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component)) };
  }
  const statusOf = (event: ICAL.Event): unknown => event.component.getFirstPropertyValue("status");

  it("of a forum hold its sessions and what is on their sidelines, on whole days", async () => {
    const { calendar, events } = await eventsOf("/forums/admm-plus.ics");
    expect(calendar.getFirstPropertyValue("x-wr-calname")).toBe("ASEAN Defence Ministers' Meeting-Plus");
    const session = events.find(({ summary }) => summary.includes("11th"));
    expect(session?.startDate.isDate).toBe(true);
    expect([session?.startDate.toString(), session?.endDate.toString(), session?.uid]).toEqual([
      "2024-11-21",
      "2024-11-22",
      expect.stringMatching(/^mtg_[a-z2-7]{16}@sidelines$/),
    ]);
    const met = events.find(({ summary }) => summary.includes("China") && summary.includes("India"));
    expect(met?.location).toBe("Vientiane, Laos");
    expect(met && statusOf(met)).toBe("CONFIRMED");
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  });

  it("call what is expected tentative, and leave out what has no day, with the number", async () => {
    const { calendar, events } = await eventsOf("/states/USA.ics");
    type Nodes = { meetings: { nodes: { id: string; on: string | null; status: string }[] } };
    const { meetings } = await seeded.ask<Nodes>(
      '{ meetings(first: 100, filter: { parties: ["USA"] }) { nodes { id on status } } }',
    );
    const dated = meetings.nodes.filter(({ on }) => on?.length === 10);
    expect(events.map(({ uid }) => uid)).toEqual(dated.map(({ id }) => `${id}@sidelines`));
    const expected: Record<string, string | null> = { EXPECTED: "TENTATIVE", HELD: "CONFIRMED" };
    expect(events.map(statusOf)).toEqual(dated.map(({ status }) => expected[status]));
    expect(meetings.nodes.length - dated.length).toBe(1);
    expect(calendar.getFirstPropertyValue("x-sidelines-without-day")).toBe("1");
    expect(calendar.getFirstPropertyValue("x-wr-caldesc")).toContain(
      "One meeting is left out because its day is not known",
    );
  });

  it("of persons and organizations are there, and narrowed", async () => {
    expect((await eventsOf("/persons/rajnath-singh.ics?party=CHN&status=HELD")).events.length).toBeGreaterThan(0);
    expect((await get("/organizations/ASEAN.ics")).statusCode).toBe(200);
  });

  it("are the same bytes as long as the record is", async () => {
    expect((await get("/forums/admm-plus.ics")).body).toBe((await get("/forums/admm-plus.ics")).body);
  });

  it.each([
    "/forums/none.ics",
    "/states/ASEAN.ics",
    "/persons/nobody.ics",
    "/meetings/none.jsonld",
    `/forums/${"x".repeat(150)}.ics`,
    "/states/%E0%A4%A.ics",
  ])("%s is not there", async (url) => {
    const answer = await get(url);
    expect([404, 400]).toContain(answer.statusCode);
    expect(answer.headers["etag"]).toBeUndefined();
  });
});

describe("/meetings/{slug or id}.jsonld", () => {
  const noNetwork = (url: string): never => {
    throw new Error(`nothing is to be fetched, but ${url} is`);
  };
  const expand = (text: string) => jsonld.expand(JSON.parse(text) as object, { documentLoader: noNetwork });

  it("is an Event with roles, persons, posts and quotations, all names resolved", async () => {
    const answer = await get("/meetings/2024-11-20-ind-chn-vientiane.jsonld");
    expect(answer.headers["content-type"]).toBe("application/ld+json; charset=utf-8");
    const [event = {}] = await expand(answer.body);
    expect(event["@type"]).toEqual(["https://schema.org/Event"]);
    expect(event["https://schema.org/eventStatus"]).toEqual([{ "@id": "https://schema.org/EventScheduled" }]);
    expect(event["https://schema.org/startDate"]).toEqual([
      { "@type": "https://schema.org/Date", "@value": "2024-11-20" },
    ]);
    expect(event["urn:sidelines:term:status"]).toEqual([{ "@value": "HELD" }]);
    const text = JSON.stringify(event);
    for (const term of [
      "https://schema.org/OrganizationRole",
      "http://www.w3.org/ns/person#Person",
      "http://www.w3.org/ns/org#Membership",
      "http://www.w3.org/ns/org#Post",
      "http://www.w3.org/ns/opengov#post",
      "https://schema.org/Quotation",
      "https://schema.org/Country",
    ])
      expect(text).toContain(term);
    expect(text).not.toMatch(/"(https:\/\/schema.org\/)?superEvent"/);
    const roles = event["https://schema.org/attendee"] as Record<string, unknown>[];
    expect(roles.map((role) => role["https://schema.org/roleName"])).toEqual([
      [{ "@value": "PRINCIPAL" }],
      [{ "@value": "PRINCIPAL" }],
    ]);
    expect(roles.every((role) => Array.isArray(role["https://schema.org/attendee"]))).toBe(true);
  });

  it("answers to the id as to the slug", async () => {
    const { meeting } = await seeded.ask<{ meeting: { id: string } }>('{ meeting(slug: "admm-plus-11") { id } }');
    expect((await get(`/meetings/${meeting.id}.jsonld`)).body).toBe((await get("/meetings/admm-plus-11.jsonld")).body);
    const { person } = await seeded.ask<{ person: { id: string } }>('{ person(slug: "rajnath-singh") { id } }');
    expect((await get(`/meetings/${person.id}.jsonld`)).statusCode).toBe(404);
  });

  it("is there for many at once", async () => {
    const all = await expand((await get("/meetings.jsonld?party=IND&status=HELD")).body);
    const { meetings } = await seeded.ask<{ meetings: { totalCount: number } }>(
      '{ meetings(filter: { parties: ["IND"], status: HELD }) { totalCount } }',
    );
    expect(all.length).toBe(meetings.totalCount);
    expect((await get("/meetings.jsonld?party=XXX")).json<{ "@graph": unknown[] }>()["@graph"]).toEqual([]);
  });
});
