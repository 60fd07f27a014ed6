import type { HomeFacts, HomeForum, HomeMeeting } from "./home.facts.js";
import { renderFrame, furtherLists, sections, serviceLinks, type PageLink } from "./frame.js";
import { html, joined, type Html } from "./html.js";
import { FRAME_STYLE } from "./style.js";
import { placeWords, whenOf } from "./words.js";

/** The page's only style, inline and allowed by its hash. */
export const HOME_STYLE = `${FRAME_STYLE}
.hero{padding:2.6rem 0 .6rem}
.hero h1{max-width:27ch;font-size:clamp(2.1rem,5vw,3.2rem)}
.hero .lede{margin-bottom:0}
.questions{display:grid;grid-template-columns:repeat(3,1fr);gap:1rem;padding:1.6rem 0 3rem}
.questions form{display:flex;flex-direction:column;padding:1.15rem 1.25rem 1.1rem;border:1px solid var(--line);border-top:3px solid var(--accent);border-radius:9px;background:var(--raised);min-width:0}
.questions h2{font-size:1.15rem;margin:0 0 .25rem}
.questions p{margin:0;color:var(--soft);font-size:.95rem}
.questions .fields{display:flex;flex-wrap:wrap;align-items:center;gap:.45rem;margin:.8rem 0 .9rem}
.questions .fields input,.questions .fields select{min-width:0;flex:1 1 4.2rem;width:4.2rem}
.questions .fields select{flex:1 1 100%}
.questions .fields input[type=date]{flex:1 1 8.4rem}
.questions .example{margin-top:auto;font-size:.9rem}
.actions{display:flex;flex-wrap:wrap;gap:.8rem;margin:0 0 1.2rem}
.button{display:inline-block;padding:.68rem 1.25rem;border-radius:7px;border:1px solid var(--line);background:var(--raised);color:var(--ink);text-decoration:none;font-weight:550}
.button:hover{border-color:var(--accent)}
.button.first{background:var(--accent);border-color:var(--accent);color:var(--accent-ink)}
.counts{display:grid;grid-template-columns:repeat(4,1fr);margin:0;border-top:2px solid var(--ink);border-bottom:1px solid var(--line)}
.counts div{padding:1.1rem 1rem 1rem 0;border-bottom:1px solid var(--line)}
.counts div:nth-last-child(-n+4){border-bottom:0}
.counts dt{font-size:.9rem;color:var(--soft);margin:0}
.counts dd{margin:0;font:500 2.1rem/1.15 var(--serif);font-variant-numeric:tabular-nums lining-nums}
.counts div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.meetings{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
.meetings li{display:grid;grid-template-columns:11rem 1fr;gap:.2rem 1rem;padding:.85rem 0;border-bottom:1px solid var(--line)}
.meetings .day{color:var(--warm);font-variant-numeric:tabular-nums;font-size:.95rem;padding-top:.08rem}
.meetings p{margin:0}
.meetings .where{color:var(--soft);font-size:.93rem}
.links{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1rem}
.link{display:block;padding:1.15rem 1.25rem 1.2rem;border:1px solid var(--line);border-radius:9px;background:var(--raised);color:inherit;text-decoration:none}
.link:hover{border-color:var(--accent)}
.link b{display:block;font:600 1.08rem/1.4 var(--serif);color:var(--accent)}
.link span{color:var(--soft);font-size:.95rem;line-height:1.5;display:block}
pre{margin:0;padding:1.15rem 1.3rem;background:var(--code);border:1px solid var(--line);border-radius:9px;overflow-x:auto;font:.87rem/1.65 var(--mono);tab-size:2}
.principles{display:grid;grid-template-columns:repeat(3,1fr);gap:1.6rem}
.principles h3{font:600 1.05rem/1.4 var(--serif);margin:0 0 .3rem}
.principles p{margin:0;color:var(--soft);font-size:.95rem;line-height:1.55}
@media (max-width:58rem){.questions{grid-template-columns:1fr}}
@media (max-width:44rem){.hero{padding:2rem 0 .8rem}.counts{grid-template-columns:repeat(2,1fr)}.counts div:nth-last-child(-n+4){border-bottom:1px solid var(--line)}.counts div:nth-last-child(-n+2){border-bottom:0}.meetings li{grid-template-columns:1fr}.principles{grid-template-columns:1fr;gap:1.1rem}.actions .button{flex:1 1 auto;text-align:center}pre{font-size:.8rem}}
@media print{.actions{display:none}}
`;

/** The counts shown, in this order. */
const COUNTED: readonly (readonly [keyof HomeFacts["counts"], string])[] = [
  ["meetings", "meetings and sessions"],
  ["participants", "seats at meetings"],
  ["persons", "persons"],
  ["states", "states"],
  ["forums", "forums"],
  ["memberships", "memberships"],
  ["documents", "sources"],
  ["citations", "citations"],
];

/** A short example operation. */
const EXAMPLE = '{ forum(slug: \\"admm-plus\\") { name memberships(asOf: \\"2024-11-20\\") { totalCount } } }';

/** Data of the first page. */
export interface HomePage {
  /** Null if the database is unavailable; the page then says so and still shows the links. */
  readonly facts: HomeFacts | null;
  /** The service's base URL, for the example. */
  readonly origin: string;
  readonly hasPlayground: boolean;
  /** The current day in UTC. */
  readonly today: string;
}

/** Renders the first page, which works without scripts. */
export function renderHome({ facts, origin, hasPlayground, today }: HomePage): string {
  return renderFrame({
    title: "Sidelines: an open record of defence diplomacy",
    description:
      "An open record of defence diplomacy: meetings, participants, forums and memberships, each fact with its source. Served over GraphQL.",
    style: HOME_STYLE,
    hasPlayground,
    address: `${origin}/`,
    footer: renderFooter(facts),
    main: html`<div class="hero">
<h1>Defence diplomacy on record: who met whom, and who says so.</h1>
<p class="lede">Sidelines is an open record of meetings between defence officials, planned and held: the participants and their offices, the forums their states belonged to on the day, the statements and agreements. Every fact cites its source; if the record holds the source’s text, it cites the exact sentence.</p>
</div>
${renderQuestions(facts?.forums ?? [], today)}
${renderCounts(facts)}
${facts && facts.latest.length > 0 && renderLatest(facts.latest)}
<section aria-labelledby="sections">
<h2 id="sections">Browse the record</h2>
${renderLinks([...sections, ...furtherLists])}
</section>
<section aria-labelledby="developers">
<h2 id="developers">For developers</h2>
${hasPlayground && html`<p class="actions"><a class="button first" href="/playground">Open the playground</a><a class="button" href="/map">See the schema map</a></p>`}
${renderLinks(serviceLinks(hasPlayground))}
</section>
<section aria-labelledby="example">
<h2 id="example">From a terminal</h2>
<pre tabindex="0" role="region" aria-label="Example request">${exampleRequest(origin)}</pre>
<p class="note">The number of members of the ADMM-Plus on 20 November 2024; select more fields for their names and roles. The endpoint also accepts GET requests with <code>query</code> and <code>variables</code> in the query string.</p>
</section>
<section aria-labelledby="principles">
<h2 id="principles">Principles</h2>
<div class="principles">
<div><h3>No fact without a source</h3><p>A citation quotes its passage word for word and gives its position in the text. The quotation is checked against the text.</p></div>
<div><h3>Never more than the source</h3><p>A month stays a month. A meeting stays “expected” until a source reports it as held. “Unknown” is a valid answer.</p></div>
<div><h3>History is kept</h3><p>Memberships and offices have periods, so you can look up any day. If sources contradict each other, the record keeps both.</p></div>
</div>
</section>`,
  });
}

/** Forms for the most common questions. */
function renderQuestions(forums: readonly HomeForum[], today: string): Html {
  return html`<section class="questions" aria-label="Questions">
<form action="/pairs"><h2>When did two parties last meet?</h2><p>States or organizations, by name.</p>
<p class="fields"><input name="one" aria-label="First party" required maxlength="100" placeholder="India" size="7"><span>and</span><input name="other" aria-label="Second party" required maxlength="100" placeholder="China" size="7"><button>Show</button></p><p class="example">For example: <a href="/pairs/IND-CHN">India and China</a></p></form>
<form action="/forums"><h2>Who belonged to a forum?</h2><p>Members and partners, on any day.</p>
<p class="fields"><select name="forum" aria-label="Forum">${forums.map(({ slug, name, acronym }) => html`<option value="${slug}">${acronym ?? name}</option>`)}</select><input type="date" name="on" aria-label="Day" value="${today}" required><button>Show</button></p><p class="example">See also: <a href="/matrix">shared forums of all pairs</a></p></form>
<form action="/statistics"><h2>Who met most often?</h2><p>All pairs, or those of one party.</p>
<p class="fields"><input name="party" aria-label="Party" maxlength="100" placeholder="all" size="7"><button>Count</button></p><p class="example">See also: <a href="/statistics">by year, forum and status</a></p></form>
</section>`;
}

function renderLinks(links: readonly PageLink[]): Html {
  return html`<div class="links">${links.map(({ path, name, about }) => html`<a class="link" href="${path}"><b>${name}</b><span>${about}</span></a>`)}</div>`;
}

function renderCounts(facts: HomeFacts | null): Html {
  if (!facts)
    return html`<p class="note" role="status">The record is unavailable at the moment, so there are no numbers here. Please try again shortly.</p>`;
  const items = COUNTED.map(
    ([name, label]) => html`<div><dt>${label}</dt><dd>${facts.counts[name].toLocaleString("en")}</dd></div>`,
  );
  return html`<dl class="counts" aria-label="The record in numbers">${items}</dl>`;
}

function renderLatest(meetings: readonly HomeMeeting[]): Html {
  return html`<section aria-labelledby="latest">
<h2 id="latest">Latest bilateral meetings</h2>
<ul class="meetings">${meetings.map(renderMeeting)}</ul>
</section>`;
}

function renderMeeting({ slug, title, on, place, sidelinesOf }: HomeMeeting): Html {
  const aside = joined(
    [placeWords(place), sidelinesOf && `on the sidelines of the ${sidelinesOf.title.replace(/^the /i, "")}`],
    " · ",
  );
  return html`<li><span class="day">${whenOf(on)}</span><div><p><a href="/meetings/${encodeURIComponent(slug)}">${title}</a></p>${aside.text !== "" && html`<p class="where">${aside}</p>`}</div></li>`;
}

function exampleRequest(origin: string): string {
  return [
    `curl ${origin}/graphql \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '{"query":"${EXAMPLE}"}'`,
  ].join("\n");
}

function renderFooter(facts: HomeFacts | null): Html {
  if (!facts) return html`<span>Sidelines</span>`;
  const { version, recordVersion, limits } = facts;
  const parts = [
    `Sidelines ${version}`,
    `record version ${recordVersion.toLocaleString("en")}`,
    `limits: depth ${limits.maxDepth}, cost ${limits.maxCost.toLocaleString("en")}, ${limits.maxPageSize} a page`,
  ];
  return html`${parts.map((part) => html`<span>${part}</span>`)}`;
}
