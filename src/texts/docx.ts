import { unzipSync, type Unzipped } from "fflate";
import { Parser } from "htmlparser2";
import { TextError } from "./errors.js";
import { joinParagraphs, type ExtractedText, type TextLimits } from "./extracted.js";

/** Parts of other files in the same container, by which an error names them. */
const others: readonly (readonly [part: RegExp, name: string])[] = [
  [/^xl\//, "a spreadsheet. Save it as PDF, or copy its text and paste it"],
  [/^ppt\//, "a presentation. Save it as PDF, or copy its text and paste it"],
  [/^mimetype$/, "an OpenDocument or EPUB file. Save it as .docx or PDF"],
];

/**
 * The text of a Word file: its main part alone. Macros, pictures, comments, headers and embedded files are not even
 * unpacked; deleted and hidden words are left out.
 */
export function docxText(bytes: Uint8Array, name: string, { unpackedBytes }: TextLimits): ExtractedText {
  const seen: string[] = [];
  const part = (wanted: string): string | undefined => {
    const found: Unzipped = unpack(bytes, name, ({ name: path, originalSize }) => {
      seen.push(path);
      if (path !== wanted) return false;
      if (originalSize > unpackedBytes) {
        const message = `"${name}" unpacks to ${String(originalSize)} bytes; at most ${String(unpackedBytes)} are read. Copy the part that matters and paste it.`;
        throw new TextError(message);
      }
      return true;
    });
    return found[wanted] && new TextDecoder().decode(found[wanted]);
  };
  const main = mainPart(part("_rels/.rels") ?? "");
  const xml = part(main);
  if (xml === undefined) {
    const other = others.find(([path]) => seen.some((one) => path.test(one)));
    throw new TextError(`"${name}" is ${other?.[1] ?? "an archive and no Word file. Unpack it first"}.`);
  }
  const text = joinParagraphs(wordParagraphs(xml));
  if (text === "")
    throw new TextError(`"${name}" has no text. If it holds pictures of pages, recognize their text first.`);
  return { text };
}

type Filter = NonNullable<NonNullable<Parameters<typeof unzipSync>[1]>["filter"]>;

function unpack(bytes: Uint8Array, name: string, filter: Filter): Unzipped {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof TextError) throw error;
    throw new TextError(`"${name}" is damaged: it cannot be unpacked. Open it in Word and save it again.`);
  }
}

/** The path of the main part, which the relations of the container name. */
function mainPart(relations: string): string {
  let path = "word/document.xml";
  const parser = new Parser(
    {
      onopentag(_name, { Type: type = "", Target: target = "" }) {
        if (/\/officeDocument$/.test(type) && target !== "") path = target.replace(/^\//, "");
      },
    },
    { xmlMode: true },
  );
  parser.end(relations);
  return path;
}

/** Elements whose words are not part of the text: deleted, moved away, field codes, and second forms of the same. */
const leftOut = new Set([
  "w:del",
  "w:moveFrom",
  "w:instrText",
  "w:delText",
  "mc:Fallback",
  "w:rPrChange",
  "w:pPrChange",
]);

function wordParagraphs(xml: string): string[] {
  const paragraphs: string[] = [];
  let current = "";
  let row: string[] | undefined;
  let [without, cells] = [0, 0];
  let [isText, isHidden, isContents] = [false, false, false];
  const close = (): void => {
    if (isContents) current = "";
    if (row && cells > 0) row.push(current);
    else paragraphs.push(current);
    [current, isContents] = ["", false];
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (leftOut.has(name)) without += 1;
        if (without > 0) return;
        const value = attributes["w:val"];
        if (name === "w:p" && current !== "") close();
        else if (name === "w:pStyle") isContents = /^TOC\d/i.test(value ?? "");
        else if (name === "w:r") isHidden = false;
        else if (name === "w:vanish") isHidden = value === undefined || !/^(?:0|false|off)$/.test(value);
        else if (name === "w:t") isText = !isHidden;
        else if (name === "w:tab") current += isHidden ? "" : " ";
        else if (name === "w:br" || name === "w:cr") current += "\n";
        else if (name === "w:noBreakHyphen") current += "-";
        else if (name === "w:tr" && cells === 0) row = [];
        else if (name === "w:tc") cells += 1;
      },
      ontext(words) {
        if (isText && without === 0) current += words.replaceAll("\u00ad", "");
      },
      onclosetag(name) {
        if (leftOut.has(name)) without -= 1;
        else if (without > 0) return;
        else if (name === "w:t") isText = false;
        else if (name === "w:p") close();
        else if (name === "w:tc") cells -= 1;
        else if (name === "w:tr" && cells === 0 && row) {
          paragraphs.push(row.filter((cell) => cell.trim() !== "").join(" "));
          row = undefined;
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  if (current !== "") close();
  return paragraphs;
}
