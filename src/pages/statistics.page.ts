import { statisticsOfPairs, statisticsPage } from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { numbers, table } from "./lists.js";
import type { PageResult, PageRequest } from "./page.js";
import { cursorIn, listPager } from "./paging.js";
import { redirectToCodes, partyWords } from "./parties.js";
import { capital, formatWords, statusWords } from "./words.js";

/** A group of meetings with its size. */
interface Row {
  readonly name: Html;
  readonly count: number;
}

/** Width of the longest bar, in pixels. */
const LONGEST = 240;

/** Numbers of meetings by year, pair, forum, status and format, optionally of one party. */
export async function answerStatistics(request: PageRequest): Promise<PageResult> {
  const { ask, query, addresses } = request;
  const parties = partyWords(query.getAll("party"));
  const asked = { filter: parties.length > 0 ? { parties } : undefined, knownAt: addresses.knownAt };
  const [{ byYear, byForum, byStatus, byFormat }, { byPair }] = await Promise.all([
    ask(statisticsPage, { ...asked, forums: cursorIn(request, "forums") }),
    ask(statisticsOfPairs, { ...asked, pairs: cursorIn(request, "pairs") }),
  ]);
  const elsewhere = await redirectToCodes(parties, byYear.nodes.length === 0, request);
  if (elsewhere) return elsewhere;
  const unknown = html`<span class="unknown">not known</span>`;
  const whose = parties.length > 0 ? ` with ${parties.join(" and ")}` : "";
  return {
    kind: "page",
    title: `Statistics${whose}`,
    description: `Numbers of meetings${whose} in the record of defence diplomacy, by year, pair of parties, forum, status and format.`,
    canonical:
      parties.length > 0
        ? `/statistics?${new URLSearchParams(parties.map((code): [string, string] => ["party", code])).toString()}`
        : "/statistics",
    section: "/statistics",
    main: html`<h1>Statistics of meetings${whose}</h1>
<p class="lede">Meetings in the record, planned and held. It is not complete: a lower number here does not mean that fewer meetings took place.</p>
<form class="ask" action="/statistics"><label>Participants <input name="party" value="${parties.join(", ")}" size="14" maxlength="200" placeholder="India"></label>${addresses.knownAt !== undefined && html`<input type="hidden" name="knownAt" value="${addresses.knownAt}">`}<button>Show</button></form>
${countTable(
  "years",
  "By year",
  "Year",
  byYear.nodes.map(({ count, year }) => ({
    count,
    name: year === null ? html`<span class="unknown">day unknown</span>` : html`${String(year)}`,
  })),
)}
${countTable(
  "pairs",
  "By pair, most meetings first",
  "Pair",
  byPair.nodes.map(({ count, parties: two }) => ({
    count,
    name: html`<a href="${addresses.pair(two[0]?.code ?? "", two[1]?.code ?? "")}">${joined(
      two.map(({ name }) => name),
      " and ",
    )}</a>`,
  })),
  listPager("pairs", byPair, "/statistics", request),
)}
${countTable(
  "forums",
  "By forum, including sidelines",
  "Forum",
  byForum.nodes.map(({ count, forum }) => ({
    count,
    name: forum
      ? html`<a href="${addresses.forum(forum.slug)}">${forum.name}</a>`
      : html`<span class="unknown">none</span>`,
  })),
  listPager("forums", byForum, "/statistics", request),
)}
${countTable(
  "statuses",
  "By status",
  "Status",
  byStatus.nodes.map(({ count, status }) => ({
    count,
    name: status === null ? unknown : html`${capital(statusWords(status))}`,
  })),
)}
${countTable(
  "formats",
  "By format",
  "Format",
  byFormat.nodes.map(({ count, format }) => ({
    count,
    name: format === null ? unknown : html`${capital(formatWords(format))}`,
  })),
)}`,
  };
}

function countTable(
  id: string,
  heading: string,
  head: string,
  rows: readonly Row[],
  further: Html | null = null,
): Html {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const drawn = rows.map(
    ({ name, count }) =>
      html`<tr><th scope="row">${name}</th><td class="n">${count.toLocaleString("en")}</td><td><svg width="${LONGEST}" height="12" aria-hidden="true"><rect class="s4" width="${Math.max(2, Math.round((count / most) * LONGEST))}" height="12"/></svg></td></tr>`,
  );
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>${rows.length === 0 ? html`<p class="note">No meetings in the record.</p>` : table({ caption: `Meetings: ${heading.toLowerCase()}`, head: [head, ...numbers("Meetings"), "Chart"], rows: drawn })}${further}</section>`;
}
