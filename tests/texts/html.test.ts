import { describe, expect, it } from "vitest";
import { htmlText } from "../../src/texts/html.js";

const report = [
  "SEOUL, Thursday, 5 December 2024 - Acting Defence Minister Kim Seon-ho received the Polish minister here on Thursday, and both spoke about tanks.",
  "The two ministers will meet again in Warsaw next spring, the ministry said in a statement that it put on its pages in the evening.",
];

const page = (body: string, head = '<meta charset="utf-8">'): Buffer =>
  Buffer.from(`<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`);
const textIn = (bytes: Uint8Array): string => htmlText(bytes, "page.html").text;
const paragraphs = report.map((text) => `<p>${text}</p>`).join("");

describe("the text of a page", () => {
  it("is its article, without navigation, related stories, forms and what is hidden", () => {
    const bytes = page(`
      <header><a href="/">The Example Times</a></header>
      <nav><ul><li><a href="/a">World</a><li><a href="/b">Sport</a></ul></nav>
      <main><article><h1>Polish minister in Seoul</h1>
        <p hidden>Draft of the desk</p><p style="display: none">Only for subscribers</p>${paragraphs}
        <aside><h2>Read more</h2><p>Five facts about tanks</p></aside>
        <form><label>Your mail</label><button>Subscribe</button></form></article></main>
      <footer>All rights reserved</footer><script>document.write("injected")</script>`);
    expect(textIn(bytes)).toBe(`Polish minister in Seoul\n\n${report.join("\n\n")}\n\nYour mail\n`);
  });

  it("is found by its sentences where the page marks no article", () => {
    const links = Array.from(
      { length: 30 },
      (_, index) => `<li><a href="/${String(index)}">Item ${String(index)}</a></li>`,
    );
    const text = textIn(
      page(`<div class="menu"><ul>${links.join("")}</ul></div><div id="content"><h1>Polish minister in Seoul</h1>
        <div class="body">${paragraphs}${paragraphs}</div></div><div class="footer sidebar"><ul>${links.join("")}</ul></div>`),
    );
    expect(text).toContain(report.join("\n\n"));
    expect(text.startsWith("Polish minister in Seoul\n\n")).toBe(true);
    expect(text).not.toContain("Item 3");
  });

  it("keeps sentences whole over links, emphasis and line breaks of the source", () => {
    const bytes = page(
      "<p>Minister <a href='/x'>Ann\n  Example</a> met <b>Bob</b>&nbsp;Other<sup>[1]</sup>\n in Oslo&shy;.<br><br>They agreed.</p><table><tr><td>Day</td><td>4 March</td></tr></table>",
    );
    expect(textIn(bytes)).toBe("Minister Ann Example met Bob Other in Oslo.\n\nThey agreed.\n\nDay 4 March\n");
  });

  it.each([
    ["windows-1251", "Министр обороны Сергей Шойгу"],
    ["koi8-r", "Министр обороны Сергей Шойгу"],
  ])("is decoded by the encoding that the page declares: %s", (encoding, words) => {
    const byLetter = new Map(
      Array.from({ length: 256 }, (_, byte) => [new TextDecoder(encoding).decode(Uint8Array.of(byte)), byte]),
    );
    const encoded = Uint8Array.from([...words].map((letter) => byLetter.get(letter) ?? 63));
    for (const meta of [
      `<meta charset="${encoding}">`,
      `<meta http-equiv="Content-Type" content="text/html; charset=${encoding}">`,
    ]) {
      const bytes = Buffer.concat([
        Buffer.from(`<html><head>${meta}</head><body><p>`),
        encoded,
        Buffer.from("</p></body>"),
      ]);
      expect(textIn(bytes)).toBe(`${words}\n`);
    }
  });

  it("is refused if the page declares no encoding and is not UTF-8, or an unknown one", () => {
    const latin = Buffer.from("<html><body><p>Malaca\xf1ang</p>", "latin1");
    expect(() => textIn(latin)).toThrow("is not UTF-8 text");
    expect(() => textIn(page("<p>x</p>", '<meta charset="klingon">'))).toThrow('declares the encoding "klingon"');
    expect(textIn(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("<html><body>Żółć</body>", "utf16le")]))).toBe(
      "Żółć\n",
    );
  });

  it("is refused if only a script would write it", () => {
    expect(() => textIn(page('<div id="app"></div><script>render()</script>'))).toThrow("has no words in its HTML");
  });

  it("comes with what the page says about itself", () => {
    const data = {
      "@graph": [{ "@type": "NewsArticle", headline: "Other", datePublished: "2024-12-06T01:00:00+09:00" }],
    };
    const head = `<meta charset="utf-8"><meta property="og:title" content="Polish minister in Seoul">
      <meta property="og:site_name" content="Example Times"><link rel="canonical" href="https://example.org/a">
      <script type="application/ld+json">${JSON.stringify(data)}</script>`;
    expect(htmlText(page(paragraphs, head), "page.html")).toMatchObject({
      title: "Polish minister in Seoul",
      publisher: "Example Times",
      publishedOn: "2024-12-06",
      url: "https://example.org/a",
      language: "en",
      text: `Polish minister in Seoul\n\n${report.join("\n\n")}\n`,
    });
    const wrong =
      '<meta property="article:published_time" content="2024-13-45"><link rel="canonical" href="javascript:alert(1)">';
    expect(htmlText(page(paragraphs, wrong), "page.html")).toMatchObject({ publishedOn: undefined, url: undefined });
  });
});
