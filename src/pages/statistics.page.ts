import { statisticsOfPairs, statisticsPage } from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { numbers, table } from "./lists.js";
import type { Found, PageRequest } from "./page.js";
import { cursorIn, wayOn } from "./paging.js";
import { byCodes, partyWords } from "./parties.js";
import { capital, formatWords, statusWords } from "./words.js";

/** A group of meetings and how many are in it. */
interface Row {
  readonly name: Html;
  readonly count: number;
}

/** How long the longest bar is, in pixels. */
const LONGEST = 240;

/** How many meetings there are by year, pair, forum, status and format; those of one party, if that is asked for. */
export async function answerStatistics(request: PageRequest): Promise<Found> {
  const { ask, query, addresses } = request;
  const parties = partyWords(query.getAll("party"));
  const asked = { filter: parties.length > 0 ? { parties } : undefined, knownAt: addresses.knownAt };
  const [{ byYear, byForum, byStatus, byFormat }, { byPair }] = await Promise.all([
    ask(statisticsPage, { ...asked, forums: cursorIn(request, "forums") }),
    ask(statisticsOfPairs, { ...asked, pairs: cursorIn(request, "pairs") }),
  ]);
  const elsewhere = parties.length > 0 && byYear.nodes.length === 0 ? await byCodes(parties, request) : undefined;
  if (elsewhere) return elsewhere;
  const unknown = html`<span class="unknown">not known</span>`;
  const whose = parties.length > 0 ? ` with ${parties.join(" and ")}` : "";
  return {
    kind: "page",
    title: `Statistics${whose}`,
    description: `How many meetings${whose} the record of defence diplomacy holds, by year, pair of parties, forum, status and format.`,
    canonical: parties.length > 0 ? `/statistics?${new URLSearchParams(parties.map((code): [string, string] => ["party", code])).toString()}` : "/statistics",
    shelf: "/statistics",
    main: html`<h1>Meetings in numbers${whose}</h1>
<p class="lede">What the record holds, planned and held. It is not complete: fewer meetings here does not mean that fewer took place.</p>
<form class="ask" action="/statistics"><label>Only with this party <input name="party" value="${parties.join(", ")}" size="14" maxlength="200" placeholder="India"></label>${addresses.knownAt !== undefined && html`<input type="hidden" name="knownAt" value="${addresses.knownAt}">`}<button>Show</button></form>
${countTable("years", "By year", "Year", byYear.nodes.map(({ count, year }) => ({ count, name: year === null ? html`<span class="unknown">day unknown</span>` : html`${String(year)}` })))}
${countTable("pairs", "Who met whom, most first", "Pair", byPair.nodes.map(({ count, parties: two }) => ({ count, name: html`<a href="${addresses.pair(two[0]?.code ?? "", two[1]?.code ?? "")}">${joined(two.map(({ name }) => name), " and ")}</a>` })), wayOn("pairs", byPair, "/statistics", request))}
${countTable("forums", "By forum, sessions and what was on their sidelines", "Forum", byForum.nodes.map(({ count, forum }) => ({ count, name: forum ? html`<a href="${addresses.forum(forum.slug)}">${forum.name}</a>` : html`<span class="unknown">none</span>` })), wayOn("forums", byForum, "/statistics", request))}
${countTable("statuses", "By what became of them", "Status", byStatus.nodes.map(({ count, status }) => ({ count, name: status === null ? unknown : html`${capital(statusWords(status))}` })))}
${countTable("formats", "By how they met", "How", byFormat.nodes.map(({ count, format }) => ({ count, name: format === null ? unknown : html`${capital(formatWords(format))}` })))}`,
  };
}

function countTable(id: string, heading: string, head: string, rows: readonly Row[], further: Html | null = null): Html {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const drawn = rows.map(({ name, count }) => html`<tr><th scope="row">${name}</th><td class="n">${count.toLocaleString("en")}</td><td><svg width="${LONGEST}" height="12" aria-hidden="true"><rect class="s4" width="${Math.max(2, Math.round((count / most) * LONGEST))}" height="12"/></svg></td></tr>`);
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>${rows.length === 0 ? html`<p class="note">None that the record holds.</p>` : table({ caption: `Meetings: ${heading.toLowerCase()}`, head: [head, ...numbers("Meetings"), "Drawn"], rows: drawn })}${further}</section>`;
}
