import { html, type Html } from "./html.js";

/** The most characters of a report. */
export const largestMistake = 4_000;

/** The outcome of a report of a mistake. */
export type MistakeResult = "stored" | "empty" | "foreign" | "often" | "full";

/** A form on a page of the record for reporting a mistake, and for editors the way to its record at the desk. */
export function mistakeForm(path: string, record?: string): Html {
  return html`${record !== undefined && html`<p class="mistake note">For editors: <a href="/desk/records/${record}">history and corrections at the desk</a></p>`}
<details class="mistake"><summary>Report a mistake on this page</summary>
<form method="post" action="/mistakes"><input type="hidden" name="page" value="${path}">
<label>What is wrong, and which source says so?<textarea name="text" rows="4" required maxlength="${largestMistake}"></textarea></label>
<label>Your address, if we may ask back (optional)<input name="contact" maxlength="200" autocomplete="email"></label>
<label class="skip" aria-hidden="true">Leave this empty<input name="website" tabindex="-1" autocomplete="off"></label>
<button>Send</button><p class="note">Editors read it before anything changes. It is not published.</p></form></details>`;
}

const words: Readonly<Record<MistakeResult, { readonly title: string; readonly text: string }>> = {
  stored: { title: "Thank you", text: "Your report is with the editors. The page changes once a source supports it." },
  empty: { title: "Nothing was sent", text: "Go back and say what is wrong." },
  foreign: { title: "Nothing was sent", text: "Send the form from a page of this service." },
  often: { title: "Nothing was sent", text: "You have sent many reports in the last hour. Try again later." },
  full: { title: "Nothing was sent", text: "Many reports are waiting already. Try again in a few days." },
};

/** The notice after sending a report. */
export function showMistakeResult(result: MistakeResult): { readonly title: string; readonly main: Html } {
  const { title, text } = words[result];
  return { title, main: html`<p class="sum" role="status">${text}</p><p><a href="/">First page</a></p>` };
}
