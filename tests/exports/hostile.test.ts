import { parse } from "csv-parse/sync";
import fc from "fast-check";
import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { calendarEvents, calendarHead, calendarEnd } from "../../src/exports/calendar.js";
import type { MeetingFacts } from "../../src/exports/meetings.js";
import { meantCell, readSources, safeCell, sourcesCell } from "../../src/packs/participations.js";
import { importPack } from "../../src/packs/import.js";
import { anyDatabase } from "../support/database.js";
import { removeFolders, soundPack, writePack } from "../support/packs.js";
import { openService, type ExportService } from "./service.js";

const injected = "Talks\u0085END:VEVENT\u0085BEGIN:VEVENT, \\n; SUMMARY:x";

/** Meetings of every status and precision, with texts that programs could take for something else. */
const hostilePack = `
states:
  - {code: CCC, name: "=HYPERLINK(\\"http://example.org\\",\\"C\\")", cite: [page]}
forums:
  - {slug: hostile, name: Hostile talks, kind: DIALOGUE, cite: [page]}
places:
  - {key: AAA/minus, city: "-1+1", state: AAA}
meetings:
  - slug: formula
    title: "=cmd|' /C calc'!A0"
    kind: SESSION
    forum: hostile
    on: 2024-03-30
    endsOn: 2024-03-31
    place: AAA/minus
    cite: [page]
    participants:
      - {party: CCC, role: HOST, note: "@SUM(1)\\n+2, \\"quoted\\"; end", cite: [{document: page, locator: "-3, 4"}]}
      - {party: CCC, role: DELEGATE, note: "'=already", cite: [page]}
    statusReports: [{status: EXPECTED, reportedOn: 2024-03-01, cite: [page]}]
  - {slug: breaks, title: Talks, kind: SESSION, forum: hostile, on: 2024-02-29, purpose: "One\\u2028\\nEND:VEVENT\\nBEGIN:VALARM", cite: [page], statusReports: [{status: CANCELLED, reportedOn: 2024-02-01, cite: [page]}]}
  - {slug: put-off, title: Put off, kind: SESSION, forum: hostile, on: 2024-04-01, cite: [page], statusReports: [{status: POSTPONED, reportedOn: 2024-03-01, cite: [page]}]}
  - {slug: declined, title: Declined by one, kind: SESSION, forum: hostile, on: 2024-04-02, cite: [page], statusReports: [{status: DECLINED, reportedOn: 2024-03-01, cite: [page]}]}
  - {slug: untold, title: Untold, kind: SESSION, forum: hostile, on: 2024-04-03, endsOn: 2024-05, cite: [page]}
  - {slug: month, title: In a month, kind: SESSION, forum: hostile, on: 2024-05, cite: [page], participants: [{party: CCC, role: HOST, cite: [page]}]}
  - {slug: never, title: Without a date, kind: SESSION, forum: hostile, cite: [page]}
`;

let database: Database;
let service: ExportService;
beforeAll(async () => {
  database = await anyDatabase();
  await importPack(database, await writePack({ ...soundPack, "hostile.yaml": hostilePack }));
  // As an earlier version let it in.
  await database.pool.query(`UPDATE "Meeting" SET "title" = $1 WHERE "slug" = 'breaks'`, [injected]);
  await database.pool.query(`UPDATE "Forum" SET "name" = $1 WHERE "slug" = 'hostile'`, [
    "Forum\u0085END:VCALENDAR\u0085X-OWN:1",
  ]);
  service = await openService(database);
});
afterAll(async () => {
  await service.close();
  await database.close();
  await removeFolders();
});

describe("a table", () => {
  it("holds nothing that a spreadsheet takes for a formula, and every text as it was meant", async () => {
    const { body } = await service.app.inject("/meetings.csv?forum=hostile");
    const rows = parse(body, { columns: true }) as unknown as Record<string, string>[];
    for (const cell of rows.flatMap((row) => Object.values(row)))
      expect(cell).not.toMatch(/^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/);
    const meant = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, meantCell(cell)])),
    );
    expect(meant).toMatchObject([
      { meeting: "month", on: "2024-05" },
      {
        title: "=cmd|' /C calc'!A0",
        city: "-1+1",
        partyName: '=HYPERLINK("http://example.org","C")',
        note: '@SUM(1)\n+2, "quoted"; end',
        sources: '{"document":"page","locator":"-3, 4"}',
      },
      { title: "=cmd|' /C calc'!A0", note: "'=already", sources: "page" },
    ]);
  });

  it("gives back any text that is written into a cell", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^'{0,3}[=+@\t\r\n-].{0,5}$/)), (text) => {
        expect(meantCell(safeCell(text))).toBe(text);
        expect(safeCell(text)).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });

  it("gives back any sources that are written into a cell", () => {
    const source = fc.record(
      {
        document: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/),
        quote: fc.string({ unit: "binary" }),
        start: fc.nat(),
        locator: fc.string(),
      },
      { requiredKeys: ["document"] },
    );
    fc.assert(
      fc.property(fc.array(source, { maxLength: 5 }), (sources) => {
        expect(readSources(sourcesCell(sources))).toEqual(
          sources.map((one) => (Object.keys(one).length === 1 ? one.document : one)),
        );
      }),
    );
  });
});

describe("a calendar", () => {
  it("holds each event once, whatever its texts say, in every reader's lines", async () => {
    const { body } = await service.app.inject("/forums/hostile.ics");
    expect(body).not.toMatch(/[\v\f\x1c-\x1e\u0085\u2028\u2029]/u);
    expect(body.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const calendar = new ICAL.Component(ICAL.parse(body) as unknown[]);
    const events = calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component));
    expect(calendar.getAllSubcomponents().length).toBe(events.length);
    expect(calendar.getFirstPropertyValue("x-own")).toBeNull();
    expect(calendar.getFirstPropertyValue("x-wr-calname")).toBe("Forum END:VCALENDAR X-OWN:1");
    expect(calendar.getFirstPropertyValue("x-wr-caldesc")).toContain("2 meetings are left out");
    const told = events.map((event) => [
      event.summary,
      event.component.getFirstPropertyValue("status"),
      event.startDate.toString(),
      event.endDate.toString(),
    ]);
    expect(told).toEqual([
      ["Untold", null, "2024-04-03", "2024-04-04"],
      ["Declined: Declined by one", "CANCELLED", "2024-04-02", "2024-04-03"],
      ["Postponed: Put off", "CANCELLED", "2024-04-01", "2024-04-02"],
      ["=cmd|' /C calc'!A0", "TENTATIVE", "2024-03-30", "2024-04-01"],
      ["Cancelled: Talks END:VEVENT BEGIN:VEVENT, \\n; SUMMARY:x", "CANCELLED", "2024-02-29", "2024-03-01"],
    ]);
    expect(events.at(-1)?.description).toContain("Purpose: One \nEND:VEVENT\nBEGIN:VALARM");
    expect(events[0]?.description).toContain("Lasts until 2024-05; the day is not known.");
  });

  it("counts the versions of a meeting, and is stamped with the last one", async () => {
    const stamped = async (): Promise<[unknown, string]> => {
      const { body } = await service.app.inject("/meetings.ics?from=2024-04-01&to=2024-04-01");
      const [event] = new ICAL.Component(ICAL.parse(body) as unknown[]).getAllSubcomponents("vevent");
      expect(event?.getFirstPropertyValue("last-modified")?.toString()).toBe(
        event?.getFirstPropertyValue("dtstamp")?.toString(),
      );
      return [event?.getFirstPropertyValue("sequence"), String(event?.getFirstPropertyValue("dtstamp"))];
    };
    const [before, first] = await stamped();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await importPack(database, await writePack({ "more.yaml": "meetings: [{slug: put-off, purpose: To talk.}]\n" }));
    const [after, last] = await stamped();
    expect(after).toBe(Number(before) + 1);
    expect(last > first).toBe(true);
    expect(await stamped()).toEqual([after, last]);
  });

  it("holds one event whatever is written into it", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", minLength: 1 }).filter((text) => !/\p{Surrogate}/u.test(text)),
        (text) => {
          const citation = {
            stance: "SUPPORTS",
            attributedTo: null,
            locator: null,
            passage: null,
            document: { id: "d", key: "d", title: text, publisher: text, language: "en", publishedOn: null, url: null },
          };
          const party = { __typename: "State", id: "p", code: "XXX", name: text, identifiers: [] } as const;
          const meeting: MeetingFacts = {
            id: "mtg_x",
            identifiers: [],
            slug: "x",
            title: text,
            kind: "BILATERAL",
            format: null,
            status: "HELD",
            on: "2024-02-28",
            endsOn: null,
            ordinal: null,
            topics: [],
            purpose: text,
            forum: null,
            sidelinesOf: { id: "y", slug: "y", title: text },
            place: { key: "k", city: text, country: { code: "XXX", alpha2: null, name: text } },
            participants: [
              {
                id: "s",
                role: "HOST",
                isExpected: false,
                attendance: null,
                note: text,
                party,
                person: null,
                office: null,
                citations: [citation],
              },
            ],
            citations: [citation],
          };
          const written = calendarHead({ name: text, withoutDay: 0 }) + calendarEvents([meeting]) + calendarEnd();
          const calendar = new ICAL.Component(ICAL.parse(written) as unknown[]);
          expect(calendar.getAllSubcomponents().map(({ name }) => name)).toEqual(["vevent"]);
          expect(calendar.getAllSubcomponents()[0]?.getAllProperties().length).toBe(15);
          expect(calendar.getAllSubcomponents()[0]?.getAllSubcomponents()).toEqual([]);
        },
      ),
    );
  });
});

describe("linked data", () => {
  it("keeps every text as it is", async () => {
    const answer = await service.app.inject("/meetings/breaks.jsonld");
    const meeting = answer.json<{ name: string; "@type": string }>();
    expect([meeting["@type"], meeting.name]).toEqual(["Event", injected]);
  });
});
