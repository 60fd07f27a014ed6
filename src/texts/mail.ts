import PostalMime from "postal-mime";
import { TextError } from "./errors.js";
import { joinParagraphs, type ExtractedText } from "./extracted.js";
import { dayOf, pageText } from "./html.js";

/** The text of an e-mail or a saved page (MHTML), under its subject. Attachments are not read. */
export async function mailText(bytes: Uint8Array, name: string): Promise<ExtractedText> {
  const mail = await PostalMime.parse(bytes, { maxNestingDepth: 20, maxHeadersSize: 1_000_000 }).catch(() => {
    throw new TextError(`"${name}" is not a complete e-mail. Save it again, or copy its text and paste it.`);
  });
  const subject = (mail.subject ?? "").replace(/\s+/g, " ").trim();
  const words = mail.text?.trim() ?? "";
  const facts = {
    publisher: mail.from?.name === undefined || mail.from.name === "" ? undefined : mail.from.name,
    publishedOn: dayOf(mail.date),
  };
  if (words !== "" && mail.html === undefined) {
    const paragraphs = words.replace(/\r\n?/g, "\n").split(/\n\s*\n/);
    return { ...facts, title: subject, text: joinParagraphs(subject === "" ? paragraphs : [subject, ...paragraphs]) };
  }
  if (mail.html !== undefined && mail.html.trim() !== "") {
    const page = pageText(mail.html, name);
    const isTitled = subject === "" || page.text.startsWith(subject);
    return {
      ...facts,
      ...page,
      publisher: page.publisher ?? facts.publisher,
      publishedOn: page.publishedOn ?? facts.publishedOn,
      title: subject === "" ? page.title : subject,
      text: isTitled ? page.text : `${subject}\n\n${page.text}`,
    };
  }
  const attached = mail.attachments.length > 0 ? " Save its attachment, and upload that." : "";
  throw new TextError(`"${name}" is an e-mail without a text.${attached}`);
}
