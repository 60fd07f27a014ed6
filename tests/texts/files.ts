import { deflateSync } from "node:zlib";
import { strToU8, zipSync, type Zippable } from "fflate";

/** A PDF with a content stream for each page. The streams name their filters, if they have any. */
export function pdfOf(
  streams: readonly { readonly bytes: Uint8Array; readonly filters?: string }[],
  { pages = streams.length, trailer = "" }: { readonly pages?: number; readonly trailer?: string } = {},
): Buffer {
  const objects: Buffer[] = [];
  const add = (...parts: (string | Uint8Array)[]): number =>
    objects.push(Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part))));
  add("<< /Type /Catalog /Pages 2 0 R >>");
  const first = 4 + streams.length;
  const kids = Array.from({ length: pages }, (_, index) => `${String(first + index)} 0 R`);
  add(`<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${String(pages)} >>`);
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (const { bytes, filters = "" } of streams)
    add(`<< /Length ${String(bytes.length)} ${filters} >>\nstream\n`, bytes, "\nendstream");
  for (let page = 0; page < pages; page += 1)
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${String(4 + (page % streams.length))} 0 R ` +
        "/Resources << /Font << /F1 3 0 R >> >> >>",
    );
  const chunks: Buffer[] = [Buffer.from("%PDF-1.7\n", "latin1")];
  let at = 9;
  const offsets = objects.map((object, index) => {
    const chunk = Buffer.concat([Buffer.from(`${String(index + 1)} 0 obj\n`), object, Buffer.from("\nendobj\n")]);
    chunks.push(chunk);
    const offset = at;
    at += chunk.length;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const size = String(objects.length + 1);
  chunks.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join("")}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\n` +
        `startxref\n${String(at)}\n%%EOF\n`,
      "latin1",
    ),
  );
  return Buffer.concat(chunks);
}

/** A content stream that shows lines of text from the top of a page. */
export function shownLines(lines: readonly string[]): Buffer {
  const escaped = lines.map((line) => `(${line.replace(/[\\()]/g, "\\$&")}) Tj T*`);
  return Buffer.from(`BT /F1 12 Tf 14 TL 72 760 Td ${escaped.join(" ")} ET`, "latin1");
}

/** Zeros compressed twice, which a small file says are the content of a page. */
export function pdfBomb(megabytes: number): Buffer {
  const once = deflateSync(Buffer.alloc(megabytes * 1_000_000, " "), { level: 9 });
  return pdfOf([{ bytes: deflateSync(once, { level: 9 }), filters: "/Filter [/FlateDecode /FlateDecode]" }]);
}

const relations =
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
  '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>' +
  "</Relationships>";

/** A Word file with the XML of its body. */
export function docxOf(body: string, more: Zippable = {}): Uint8Array {
  const document =
    '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
    `xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>${body}</w:body></w:document>`;
  return zipSync({
    "[Content_Types].xml": strToU8('<?xml version="1.0"?><Types/>'),
    "_rels/.rels": strToU8(relations),
    "word/document.xml": strToU8(document),
    ...more,
  });
}

/** A paragraph of a Word file. */
export function wordParagraph(text: string): string {
  return `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}
