import type { Column, Table } from "../exports/tables/table.js";
import { renderFrame } from "./frame.js";
import { html, type Html } from "./html.js";
import { PAGE_STYLE } from "./style.js";

/** Styles of the codebook. */
export const CODEBOOK_STYLE = `${PAGE_STYLE}
.codebook h2{margin-top:2.4rem}
.codebook .contents{columns:16rem 3;padding-left:1.1rem}
.codebook table{width:100%}
.codebook td{vertical-align:top}
.codebook td ul{margin:.3rem 0 0;padding-left:1.1rem}
.codebook code{font:.88em var(--mono);overflow-wrap:anywhere}
`;

/** The tables of the codebook. */
export interface CodebookTables {
  readonly records: readonly Table[];
  readonly pairs: readonly Table[];
}

/** The page that describes every table of the record, and every column, for people. */
export function renderCodebook(
  { records, pairs }: CodebookTables,
  { origin, hasPlayground }: Readonly<{ origin: string; hasPlayground: boolean }>,
): string {
  const tables = [...records, ...pairs];
  return renderFrame({
    title: "Codebook · Sidelines",
    description: "Every table of the record as CSV and JSON Lines, with the meaning of each column.",
    style: CODEBOOK_STYLE,
    hasPlayground,
    address: `${origin}/codebook`,
    main: html`<div class="codebook"><h1>Codebook</h1>
<p>Every kind of record is a table, and so is every list within a record. All of them can be downloaded as CSV and as JSON Lines, also <a href="/docs/exports">as they were at an earlier moment</a>. For programs, <a href="/datapackage.json">datapackage.json</a> describes the same columns as a Frictionless Data Package.</p>
<p>An empty cell means that the record does not have the value. Ids are permanent; join tables by them. The statements of the record may be used under the licence <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>; passages of documents belong to their publishers.</p>
<ul class="contents">${tables.map(({ name, title }) => html`<li><a href="#${name}">${title}</a></li>`)}</ul>
${tables.map(renderTable)}</div>`,
    footer: html`<span>An open record of defence diplomacy.</span>`,
  });
}

function renderTable({ name, title, description, columns, parameters }: Table): Html {
  return html`<section aria-labelledby="${name}"><h2 id="${name}">${title}</h2>
<p>${inCode(description)} <a href="/${name}.csv">CSV</a> <a href="/${name}.jsonl">JSON Lines</a></p>
${parameters.size > 0 && html`<p>Parameters: ${[...parameters].map(([parameter, { meaning }], index) => html`${index > 0 && "; "}<code>${parameter}</code> (${inCode(meaning)})`)}.</p>`}
<div class="wide" tabindex="0" role="region" aria-label="Columns of ${name}"><table><thead><tr><th scope="col">Column</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>
${columns.map(renderColumn)}</tbody></table></div></section>
`;
}

function renderColumn({ name, type, description, values, isRequired, refersTo }: Column): Html {
  return html`<tr><th scope="row"><code>${name}</code></th><td>${type}${isRequired === true && ", always given"}</td><td>${inCode(description)}${refersTo !== undefined && html` See <a href="#${refersTo}">${refersTo}</a>.`}
${values && html`<ul>${values.map((value) => html`<li><code>${value.name}</code> ${inCode(value.description)}</li>`)}</ul>`}</td></tr>
`;
}

/** A text with the parts between backticks as code. */
function inCode(text: string): Html {
  return html`${text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
