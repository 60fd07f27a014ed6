import { describe, expect, it } from "vitest";
import { html, webAddress } from "../../src/pages/html.js";
import {
  dateWords,
  meetingStatusWords,
  periodOf,
  whenOf,
  whenWords,
  type DatedStatus,
  type Period,
} from "../../src/pages/words.js";

const plain = (text: string) => text.replace(/<[^>]*>/g, "");

describe("templates", () => {
  it("escape what is put in, in text and in attributes, and leave HTML as it is", () => {
    const hostile = `"><script>alert('x')</script>&`;
    expect(html`<a title="${hostile}">${[hostile, html`<b>1</b>`, 2, null, undefined, false]}</a>`.text).toBe(
      `<a title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;<b>1</b>2</a>`,
    );
  });

  it.each([
    ["https://example.org/a?b=c", "https://example.org/a?b=c"],
    ["http://example.org", "http://example.org"],
    ["javascript:alert(1)", null],
    [" javascript:alert(1)", null],
    ["data:text/html,x", null],
    ["file:///etc/passwd", null],
    ["//example.org", null],
    ["p. 12", null],
    [null, null],
  ])("follow %j as %j", (address, followed) => expect(webAddress(address)).toBe(followed));
});

describe("dates in words", () => {
  it.each([
    ["2024-11-20", "20 November 2024", "on 20 November 2024"],
    ["2024-10", "October 2024", "in October 2024"],
    ["2024", "2024", "in 2024"],
    ["0987", "987", "in 987"],
  ])("%s is %s", (date, words, when) => expect([dateWords(date), whenWords(date)]).toEqual([words, when]));

  it.each([
    [null, null, "day unknown"],
    ["2024-11-20", null, "20 November 2024"],
    ["2024-11-20", "2024-11-20", "20 November 2024"],
    ["2024-11-20", "2024-11-22", "20 to 22 November 2024"],
    ["2024-10-30", "2024-11-01", "30 October to 1 November 2024"],
    ["2024-12-30", "2025-01-02", "30 December 2024 to 2 January 2025"],
    ["2024-10", "2024-11-02", "October 2024 to 2 November 2024"],
  ])("%s to %s is %s", (on, endsOn, words) => expect(plain(whenOf(on, endsOn).text)).toBe(words));

  it("are there for programs too, as exact as they are", () =>
    expect(whenOf("2024-10").text).toBe(`<time datetime="2024-10">October 2024</time>`));

  const period: Period = { since: null, until: null, hasEnded: false, attestedOn: null };
  it.each<[Partial<Period>, string]>([
    [{ since: "2009-06-16" }, "since 16 June 2009"],
    [{ since: "1992-01", until: "1995-12", hasEnded: true }, "from January 1992 until December 1995"],
    [{ attestedOn: "2025-07" }, "start unknown, attested in July 2025"],
    [
      { attestedOn: "2025-07-06", until: "2025-08", hasEnded: true },
      "start unknown, attested on 6 July 2025 until August 2025",
    ],
    [{}, "start unknown"],
    [{ since: "2020", hasEnded: true }, "since 2020; ended, day unknown"],
    [{ since: "2020", hasEnded: null }, "since 2020; whether it has ended is unknown"],
  ])("the period %j is %s", (known, words) => expect(plain(periodOf({ ...period, ...known }).text)).toBe(words));
});

describe("the status of a meeting, in words", () => {
  const planned: DatedStatus = { status: "EXPECTED", on: "2024-11-20", endsOn: null };
  it.each<[Partial<DatedStatus>, string]>([
    [{}, "expected, no report since"],
    [{ on: "2024-11-22" }, "expected"],
    [{ on: "2024-11-21" }, "expected"],
    [{ on: "2024-11-20", endsOn: "2024-11-21" }, "expected"],
    [{ on: "2024-11" }, "expected"],
    [{ on: "2024-10" }, "expected, no report since"],
    [{ on: null }, "expected, day unknown"],
    [{ status: "HELD" }, "held"],
    [{ status: "DECLINED" }, "declined by one side"],
    [{ status: "UNKNOWN" }, "no source says whether it took place"],
  ])("%j on 21 November 2024 is %s", (known, words) =>
    expect(meetingStatusWords({ ...planned, ...known }, "2024-11-21")).toBe(words),
  );
});
