import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kindOf } from "../../src/texts/kinds.js";
import { packageRoot } from "../../src/lib/root.js";
import { readText, readerFlags } from "../../src/texts/read.js";
import { docxOf, pdfBomb, pdfOf, shownLines, wordParagraph } from "./files.js";

const built = join(packageRoot(), "dist/texts/read.js");

const read = async (name: string, bytes: Uint8Array, limits = {}): Promise<string> =>
  (await readText({ name, bytes }, limits)).text;

describe("files", () => {
  let server: Server;
  let asked = 0;
  let address = "";
  beforeAll(async () => {
    server = createServer((_request, response) => {
      asked += 1;
      response.end("fetched");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => server.close());

  it("are read by a process of their own, and nothing that they refer to is fetched", async () => {
    const html = `<html><head><meta charset="utf-8"><link rel="stylesheet" href="${address}/a.css"><script src="${address}/a.js"></script></head>
      <body><p>Words.</p><img src="${address}/a.png"><iframe src="${address}/f"></iframe></body></html>`;
    expect(await read("a.html", Buffer.from(html))).toBe("Words.\n");
    const relation = `<w:p><w:hyperlink r:id="r9"><w:r><w:t>Words.</w:t></w:r></w:hyperlink><w:r><w:pict><v:imagedata src="${address}/x"/></w:pict></w:r></w:p>`;
    expect(await read("a.docx", docxOf(relation))).toBe("Words.\n");
    const action = pdfOf([{ bytes: shownLines(["Words."]) }], {
      trailer: `/OpenAction << /S /URI /URI (${address}/pdf) >>`,
    });
    expect(await read("a.pdf", action)).toBe("Words.\n");
    const mail = `Subject: Words\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>Words.</p><img src="${address}/m.png">`;
    expect(await read("a.eml", Buffer.from(mail))).toContain("Words.");
    expect(asked).toBe(0);
  });

  it("are given up when their process takes too much memory or time", async () => {
    const bomb = pdfBomb(300);
    expect(bomb.length).toBeLessThan(100_000);
    await expect(read("bomb.pdf", bomb, { memoryBytes: 400_000_000 })).rejects.toThrow(
      '"bomb.pdf" needs more than 400 MB of memory to read',
    );
    await expect(read("slow.pdf", pdfOf([{ bytes: shownLines(["x"]) }]), { withinMs: 20 })).rejects.toThrow(
      '"slow.pdf" took longer than 0.02 seconds to read',
    );
    const deep = Buffer.from(`<html><body>${"<div>".repeat(150_000)}x`);
    await expect(read("deep.html", deep)).rejects.toThrow("or more than 1000 within each other");
    expect(await read("next.docx", docxOf(wordParagraph("Words.")))).toBe("Words.\n");
  });

  it("are read by a process that can neither write files nor start programs", async () => {
    const run = (code: string): Promise<string> =>
      new Promise((resolve) => {
        execFile(process.execPath, [...readerFlags, "-e", code], { env: {} }, (_error, _stdout, stderr) =>
          resolve(stderr),
        );
      });
    expect(await run('fs.writeFileSync("/tmp/x", "")')).toContain("ERR_ACCESS_DENIED");
    expect(await run('child_process.execFileSync("ls")')).toContain("ERR_ACCESS_DENIED");
    expect(await run('new Function("return 1")()')).toContain("Code generation from strings disallowed");
  });

  it.skipIf(!existsSync(built))("are read with these limits by the built program", async () => {
    const { readText: readBuilt } = (await import(built)) as { readText: typeof readText };
    const files: [string, Uint8Array, string][] = [
      ["a.docx", docxOf(wordParagraph("Words.")), "Words.\n"],
      ["a.pdf", pdfOf([{ bytes: shownLines(["Words."]) }]), "Words.\n"],
      ["a.html", Buffer.from('<meta charset="utf-8"><p>Words.</p>'), "Words.\n"],
      ["a.eml", Buffer.from("Subject: Words\r\n\r\nWords.\r\n"), "Words\n\nWords.\n"],
    ];
    for (const [name, bytes, text] of files) expect((await readBuilt({ name, bytes })).text, name).toBe(text);
  });

  it("have limits of bytes before they are read, and of characters after", async () => {
    await expect(read("large.pdf", Buffer.alloc(20_000_001))).rejects.toThrow("has 20000001 bytes; at most 20000000");
    await expect(read("large.txt", Buffer.alloc(1_000_001, "a"))).rejects.toThrow("has 1000001 bytes; at most 1000000");
    await expect(read("long.docx", docxOf(wordParagraph("word ".repeat(500))), { characters: 1_000 })).rejects.toThrow(
      'The text of "long.docx" has 2500 characters; at most 1000 are read.',
    );
  });

  it("are all read when more come than are read at once", async () => {
    const files = Array.from({ length: 6 }, (_, index) =>
      read(`${String(index)}.docx`, docxOf(wordParagraph(`Number ${String(index)}`))),
    );
    expect(await Promise.all(files)).toEqual([0, 1, 2, 3, 4, 5].map((index) => `Number ${String(index)}\n`));
  });

  it.each([
    ["a.txt", "plain text", "plain"],
    ["a", "%PDF-1.7", "pdf"],
    ["a.txt", "<!DOCTYPE html><html>", "html"],
    ["a.html", "no tags", "html"],
    ["a.docx", "PK\x03\x04", "docx"],
    ["a.eml", "Subject: x", "mail"],
  ])("have a kind by their first bytes and their ending: %s", (name, head, kind) => {
    expect(kindOf({ name, bytes: Buffer.from(head, "latin1") })).toBe(kind);
  });

  it.each([
    ["a.doc", "\xd0\xcf\x11\xe0", "old Word file or one with a password"],
    ["a.rtf", "{\\rtf1", "is RTF"],
    ["a.png", "\x89PNG", "is a picture"],
    ["a.pdf", "hello", "is not a PDF"],
    ["a.docx", "hello", "is not a Word file"],
    ["a.bin", "hello", "is not plain text, HTML, PDF, DOCX or EML"],
  ])("that are not read say why and what to do: %s", (name, head, message) => {
    expect(() => kindOf({ name, bytes: Buffer.from(head, "latin1") })).toThrow(message);
  });

  it("of plain text may be UTF-16 with a byte order mark, and end lines in any way", async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Żółć\r\nb\rc", "utf16le")]);
    expect(await read("a.txt", bytes)).toBe("Żółć\nb\nc");
    await expect(read("a.txt", Buffer.from([0x41, 0xff]))).rejects.toThrow("is not UTF-8 text");
  });
});
