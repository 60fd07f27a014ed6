import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { docxText } from "../../src/texts/docx.js";
import { mailText } from "../../src/texts/mail.js";
import { readLimits } from "../../src/texts/read.js";
import { docxOf, wordParagraph } from "./files.js";

const textIn = (bytes: Uint8Array): string => docxText(bytes, "report.docx", readLimits).text;

describe("the text of a Word file", () => {
  it("is its paragraphs, with rows of tables as lines, and without deleted, hidden and doubled words", () => {
    const body = [
      '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Contents 1</w:t></w:r></w:p>',
      "<w:p><w:r><w:t>Minister Ann </w:t></w:r><w:ins><w:r><w:t>Example</w:t></w:r></w:ins><w:del><w:r><w:delText>Wrong</w:delText></w:r></w:del>",
      "<w:r><w:t> met Bob</w:t><w:tab/><w:t>Other &amp; others</w:t></w:r>",
      "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>.</w:t></w:r>",
      '<w:r><w:instrText> HYPERLINK "http://127.0.0.1:9/" </w:instrText></w:r></w:p>',
      "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Day</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>4 March</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
      "<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>",
      wordParagraph(" "),
      wordParagraph("They agreed."),
    ].join("");
    expect(textIn(docxOf(body))).toBe(
      "Minister Ann Example met Bob Other & others.\n\nDay 4 March\n\nBox\n\nThey agreed.\n",
    );
  });

  it("leaves macros and external entities alone", () => {
    const macro = docxOf(wordParagraph("Words."), { "word/vbaProject.bin": strToU8("Sub AutoOpen()") });
    expect(textIn(macro)).toBe("Words.\n");
    const entities = zipSync({
      "word/document.xml": strToU8(
        '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>' +
          "<w:document><w:body><w:p><w:r><w:t>Words &b;&f;.</w:t></w:r></w:p></w:body></w:document>",
      ),
    });
    expect(textIn(entities)).not.toMatch(/aaaa|root:/);
  });

  it("is refused with a way out for other archives, damaged files, and parts that unpack to too much", () => {
    expect(() => textIn(zipSync({ "xl/workbook.xml": strToU8("<x/>") }))).toThrow("is a spreadsheet. Save it as PDF");
    expect(() => textIn(zipSync({ mimetype: strToU8("x") }))).toThrow("OpenDocument or EPUB");
    expect(() => textIn(zipSync({ "a.txt": strToU8("x") }))).toThrow("is an archive and no Word file");
    expect(() => textIn(docxOf(wordParagraph("x")).subarray(0, 300))).toThrow("is damaged");
    expect(() => textIn(docxOf(wordParagraph(" ")))).toThrow("has no text");
    const bomb = docxOf(wordParagraph("x".repeat(60_000_000)));
    expect(bomb.length).toBeLessThan(100_000);
    expect(() => textIn(bomb)).toThrow(/unpacks to 60\d{6} bytes; at most 50000000 are read/);
  });

  it("is cut where an archive unpacks to more than it says", () => {
    const lying = Buffer.from(docxOf(wordParagraph("x".repeat(100_000))));
    // The uncompressed size of the last part, in its local header and in the central directory.
    for (const [mark, at] of [
      ["PK\x03\x04", 22],
      ["PK\x01\x02", 24],
    ] as const)
      lying.writeUInt32LE(400, lying.lastIndexOf(Buffer.from(mark, "latin1")) + at);
    const found = ((): string => {
      try {
        return textIn(lying);
      } catch (error) {
        return String(error);
      }
    })();
    expect(found.length).toBeLessThan(600);
  });
});

describe("the text of an e-mail", () => {
  const header =
    "From: Ministry Press <press@example.org>\r\nSubject: Visit\r\nDate: Thu, 05 Dec 2024 10:00:00 +0900\r\nMIME-Version: 1.0\r\n";

  it("is its words under the subject, with day and sender", async () => {
    const plain = Buffer.from(
      `${header}Content-Type: text/plain; charset=utf-8\r\n\r\nMinister Ann met Bob.\r\n\r\nThey agreed.\r\n`,
    );
    expect(await mailText(plain, "a.eml")).toMatchObject({
      text: "Visit\n\nMinister Ann met Bob.\n\nThey agreed.\n",
      publisher: "Ministry Press",
      publishedOn: "2024-12-05",
    });
    const html = Buffer.from(
      `${header}Content-Type: text/html; charset=utf-8\r\n\r\n<p>Minister <b>Ann</b> met Bob.</p><img src="http://127.0.0.1:9/x.png">`,
    );
    expect((await mailText(html, "a.eml")).text).toBe("Visit\n\nMinister Ann met Bob.\n");
  });

  it("is refused where only an attachment has words", async () => {
    const attached = Buffer.from(
      `${header}Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n`,
    );
    await expect(mailText(attached, "a.eml")).rejects.toThrow("Save its attachment, and upload that");
  });
});
