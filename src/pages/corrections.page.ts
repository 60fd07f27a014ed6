import type {
  ChangedRecord,
  CorrectedRecord,
  Correction,
  CorrectionsFacts,
  CorrectionsQuery,
} from "./corrections.facts.js";
import { renderFrame } from "./frame.js";
import { html, type Content, type Html } from "./html.js";
import { FRAME_STYLE } from "./style.js";
import { counted } from "./words.js";

/** The page's only style, inline and allowed by its hash. */
export const CORRECTIONS_STYLE = `${FRAME_STYLE}
main{padding:2.6rem 0 0;max-width:52rem}
.log{list-style:none;margin:0;padding:0;border-top:2px solid var(--ink)}
.log>li{padding:1.5rem 0 1.6rem;border-bottom:1px solid var(--line)}
.log h2{margin:.1rem 0 .5rem;overflow-wrap:anywhere}
.log h2 a{color:inherit;text-decoration-color:var(--line)}
.log h2 a:hover{text-decoration-color:currentColor}
.when{color:var(--soft);font-size:.93rem;margin:0;font-variant-numeric:tabular-nums}
.when b{color:var(--warm);font-weight:600}
.why{margin:.2rem 0 .8rem;padding-left:.9rem;border-left:3px solid var(--accent);max-width:66ch;overflow-wrap:anywhere}
.log dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.35rem 1.2rem;margin:.4rem 0 0}
.log dt{color:var(--soft);font-size:.93rem;padding-top:.05rem}
.log dd{margin:0;overflow-wrap:anywhere}
.log h3{font:600 1rem/1.4 var(--sans);margin:.9rem 0 0}
del{color:var(--soft);text-decoration-thickness:1px}
ins{text-decoration:none;font-weight:550}
.more{margin:1.6rem 0 0}
@media (max-width:44rem){main{padding:1.8rem 0 0}.log dl{grid-template-columns:1fr;gap:0}.log dd{margin:0 0 .5rem}}
`;

/** Data of the corrections page. */
export interface CorrectionsPage {
  /** Null if the database is unavailable; the page then says so. */
  readonly facts: CorrectionsFacts | null;
  readonly asked: CorrectionsQuery;
  /** The service's base URL. */
  readonly origin: string;
  readonly hasPlayground: boolean;
}

/** Renders the log of corrections, which works without scripts. */
export function renderCorrections({ facts, asked, origin, hasPlayground }: CorrectionsPage): string {
  const heading = asked.of === undefined ? "Corrections, with reasons" : "Corrections to one record";
  return renderFrame({
    title: "Corrections · Sidelines",
    description:
      "Every correction to the record of defence diplomacy: the text before and after, who changed it, and why.",
    style: CORRECTIONS_STYLE,
    hasPlayground,
    address: `${origin}${addressOf({ after: undefined, of: asked.of })}`,
    footer: html`<span>The same over GraphQL: <code>corrections</code>, and <code>history</code> on every record.</span>`,
    main: html`<h1>${heading}</h1>
<p class="lede">Records are corrected, merged and withdrawn in the open. Each record keeps its earlier versions, and every list and look-up can be read as of any past moment.</p>
${asked.of !== undefined && html`<p><a href="/corrections">All corrections</a> · <a href="/records/${asked.of}">The current record</a></p>`}
${facts ? renderLog(facts, asked) : html`<p class="note" role="status">The record is unavailable at the moment. Please try again shortly.</p>`}`,
  });
}

function renderLog({ corrections }: CorrectionsFacts, asked: CorrectionsQuery): Html {
  const { nodes, pageInfo } = corrections;
  const first =
    asked.after !== undefined &&
    html`<p><a href="${addressOf({ ...asked, after: undefined })}">Back to the latest</a></p>`;
  if (nodes.length === 0)
    return html`${first}<p class="note">${asked.after === undefined ? "No corrections yet." : "No earlier corrections."}</p>`;
  const next =
    pageInfo.hasNextPage &&
    pageInfo.endCursor !== null &&
    html`<p class="more"><a href="${addressOf({ ...asked, after: pageInfo.endCursor })}" rel="next">Earlier corrections</a></p>`;
  const feed = asked.of === undefined ? "/corrections.atom" : `/corrections.atom?of=${encodeURIComponent(asked.of)}`;
  return html`${first}<ol class="log">${nodes.map(renderCorrection)}</ol>${next}<p><a href="${feed}">Feed of corrections (Atom)</a></p>`;
}

function addressOf({ after, of }: { readonly after: string | undefined; readonly of?: string | undefined }): string {
  const search = new URLSearchParams({
    ...(of === undefined ? {} : { of }),
    ...(after === undefined ? {} : { after }),
  }).toString();
  return search === "" ? "/corrections" : `/corrections?${search}`;
}

function renderCorrection(correction: Correction): Html {
  const { actor, at, reason } = correction;
  const { verb, heading, rest } = summaryOf(correction);
  return html`<li id="${correction.id}">
<p class="when"><b>${verb}</b> <time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 16)} UTC</time> by ${actor}</p>
<h2>${heading}</h2>
${reason !== null && html`<p class="why">${reason}</p>`}
${rest}
</li>`;
}

/** The heading of an entry, and its other changes. */
function summaryOf({ merged, withdrawn, changed, created }: Correction): {
  readonly verb: string;
  readonly heading: Html;
  readonly rest: Content;
} {
  const [source] = merged.nodes;
  if (source) {
    const target =
      source.record &&
      html` into ${recordLink({ recordId: source.record.id, title: source.record.history.nodes[0]?.title ?? "another record" })}`;
    return {
      verb: "Merged",
      heading: html`${recordLink(source)}${target}`,
      rest: others(merged.totalCount - 1 + withdrawn.totalCount + changed.totalCount, "also changed"),
    };
  }
  const main = [...withdrawn.nodes].sort((one, other) => weightOf(one) - weightOf(other))[0];
  if (main)
    return {
      verb: "Withdrawn",
      heading: recordLink(main),
      rest: others(withdrawn.totalCount - 1 + changed.totalCount, "also withdrawn or changed"),
    };
  const withFields = changed.nodes.filter(({ fields }) => fields.length > 0);
  const [first, ...more] = withFields.length > 0 ? withFields : changed.nodes;
  const [added] = created.nodes;
  if (!first)
    return {
      verb: "Added",
      heading: added ? recordLink(added) : html`Nothing`,
      rest: others(created.totalCount - 1, "also added"),
    };
  const rest = more.map((change) => html`<h3>${recordLink(change)}</h3>${renderFields(change)}`);
  return {
    verb: "Corrected",
    heading: recordLink(first),
    rest: [renderFields(first), rest, others(changed.totalCount - 1 - more.length, "also changed")],
  };
}

/** Order of importance: a meeting comes before its participants, and a record before its citations. */
const WEIGHTS = ["Meeting", "Forum", "Person", "State", "Organization", "Document"];

function weightOf({ recordType }: CorrectedRecord): number {
  if (recordType === "Citation") return WEIGHTS.length + 1;
  const place = WEIGHTS.indexOf(recordType);
  return place < 0 ? WEIGHTS.length : place;
}

function others(count: number, change: string): Html | null {
  return count > 0 ? html`<p class="note">${counted(count, "other record")} ${change}.</p>` : null;
}

function recordLink({ recordId, title }: Pick<CorrectedRecord, "recordId" | "title">): Html {
  return html`<a href="${addressOf({ after: undefined, of: recordId })}">${shortened(title)}</a>`;
}

function renderFields({ fields }: ChangedRecord): Html | null {
  if (fields.length === 0) return null;
  return html`<dl>${fields.map(({ field, before, after }) => html`<dt>${inWords(field)}</dt><dd>${shownValue(before, "del", "not stated")} → ${shownValue(after, "ins", "no longer stated")}</dd>`)}</dl>`;
}

function shownValue(value: string | null, element: "del" | "ins", otherwise: string): Html {
  if (value === null) return html`<span class="note">${otherwise}</span>`;
  return element === "del" ? html`<del>${shortened(value)}</del>` : html`<ins>${shortened(value)}</ins>`;
}

/** A field name in plain words: `sidelinesOf` is "sidelines of". */
function inWords(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Maximum length of a value, in characters. */
const SHOWN = 300;

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")} …` : text;
}
