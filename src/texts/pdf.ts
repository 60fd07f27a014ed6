import { getDocumentProxy } from "unpdf";
import { TextError } from "./errors.js";
import { joinParagraphs, type ExtractedText, type TextLimits } from "./extracted.js";
import { paragraphsOf, type Line } from "./lines.js";

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** A run of letters as the PDF has it. */
interface Run {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
}

/**
 * The text of a PDF in paragraphs. Scripts, forms, links and attachments of the file are not looked at, and nothing is
 * loaded.
 */
export async function pdfText(
  bytes: Uint8Array,
  name: string,
  { pages, characters }: TextLimits,
): Promise<ExtractedText> {
  const pdf = await open(bytes, name);
  if (pdf.numPages > pages) {
    const message = `"${name}" has ${String(pdf.numPages)} pages; at most ${String(pages)} are read. Save the pages that matter as a PDF of their own.`;
    throw new TextError(message);
  }
  const lines: Line[][] = [];
  let length = 0;
  for (let number = 1; number <= pdf.numPages && length <= characters; number += 1) {
    const found = await linesOn(pdf, number);
    length += found.reduce((sum, { text }) => sum + text.length, 0);
    lines.push(found);
  }
  const text = joinParagraphs(paragraphsOf(lines));
  if (text === "")
    throw new TextError(
      `"${name}" holds pictures of pages and no text. Recognize its text with another program, and paste the text.`,
    );
  return { text };
}

async function open(bytes: Uint8Array, name: string): Promise<Pdf> {
  try {
    // `isEvalSupported: false` compiles no fonts into code; nothing is drawn, so that fonts and pictures are not needed.
    return await getDocumentProxy(new Uint8Array(bytes), {
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      enableXfa: false,
      maxImageSize: 0,
      stopAtErrors: false,
      verbosity: 0,
    });
  } catch (error) {
    const isLocked = (error as Error | undefined)?.name === "PasswordException";
    throw new TextError(
      isLocked
        ? `"${name}" is protected with a password. Save it without one.`
        : `"${name}" is damaged and cannot be read. Save it again, or copy its text and paste it.`,
    );
  }
}

/** The lines of a page, in the order in which the file has them. */
async function linesOn(pdf: Pdf, number: number): Promise<Line[]> {
  const page = await pdf.getPage(number);
  const [, bottom = 0, , top = 0] = page.view;
  const { items } = await page.getTextContent();
  page.cleanup();
  const lines: Line[] = [];
  let runs: Run[] = [];
  const close = (): void => {
    const line = lineOf(runs, bottom, top);
    if (line) lines.push(line);
    runs = [];
  };
  for (const item of items) {
    if (!("str" in item)) continue;
    const run: Run = item;
    const last = runs.at(-1);
    const isBelow = last && Math.abs(yOf(last) - yOf(run)) > 0.5 * Math.max(last.height, run.height, 1);
    // Text that begins left of the last words stands in another line, even at the same height.
    const isLeft = last && xOf(run) < xOf(last) - 1 && run.str.trim() !== "";
    if (run.str !== "" && (isBelow || isLeft)) close();
    if (run.str !== "") runs.push(run);
    if (item.hasEOL) close();
  }
  close();
  return lines;
}

const xOf = ({ transform }: Run): number => transform[4] ?? 0;
const yOf = ({ transform }: Run): number => transform[5] ?? 0;

function lineOf(runs: readonly Run[], bottom: number, top: number): Line | undefined {
  const words = runs.filter(({ str }) => str.trim() !== "");
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return undefined;
  let text = "";
  let end: number | undefined;
  for (const run of runs) {
    const isApart = end !== undefined && xOf(run) - end > 0.2 * run.height;
    if (isApart && !/\s$/.test(text) && !/^\s/.test(run.str)) text += " ";
    text += run.str;
    end = xOf(run) + run.width;
  }
  return {
    text: text.replace(/\s+/g, " ").trim(),
    left: xOf(first),
    right: xOf(last) + last.width,
    y: yOf(first),
    size: Math.max(...words.map(({ height }) => height)),
    // From the top of the page, as a share of its height.
    place: top === bottom ? 0.5 : (top - yOf(first)) / (top - bottom),
  };
}
