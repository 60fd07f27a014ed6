import { gapsPage } from "../generated/pages.js";
import { choiceIn, choose } from "./choices.js";
import { GAP_KINDS, gapWords } from "./gaps.js";
import { html, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { AddressError, dayIn, type Found, type PageRequest } from "./page.js";
import { pageIn, pagesOf } from "./paging.js";
import { nameSubject } from "./subjects.js";
import { nameTogether, whoseIn } from "./whose.js";

interface Days {
  readonly from?: string;
  readonly to?: string;
}

/** The days that an address gives, either of which may be open. @throws AddressError for days in the wrong order. */
function daysIn({ query }: PageRequest): Days {
  const [from, to] = ["from", "to"].map((name) => dayIn(query, name, "") || undefined);
  if (from !== undefined && to !== undefined && from > to) throw new AddressError(`“from” has to be a day before “to”, but ${from} comes after ${to}.`);
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function askFor(whose: { readonly of: string; readonly with: string | undefined }, kind: (typeof GAP_KINDS)[number] | undefined, { from, to }: Days, request: PageRequest): Html {
  return html`<form class="ask" action="/gaps"><input type="hidden" name="of" value="${whose.of}">${whose.with !== undefined && html`<input type="hidden" name="with" value="${whose.with}">`}${choose("kind", "Lacking", GAP_KINDS, kind, gapWords)}<label>From the day <input type="date" name="from" value="${from}"></label><label>To the day <input type="date" name="to" value="${to}"></label>${hiddenMoment(request)}<button>Show</button></form>`;
}

/** What the record does not hold of somebody or of two, one by one, of all kinds or of the one in `kind`; with `from` or `to` what may lie on these days. */
export async function answerGaps(request: PageRequest): Promise<Found> {
  const { ask, addresses, today } = request;
  const whose = whoseIn(request, "A list of gaps is", "a party, a person or a forum");
  const kind = choiceIn(request.query, "kind", GAP_KINDS);
  const days = daysIn(request);
  const { nodes, gaps } = await ask(gapsPage, { ...whose, asOf: today, during: days, kinds: kind && [kind], ...pageIn(request) });
  const together = nameTogether(nodes, addresses);
  if (!together) return { kind: "missing", what: "party, person or forum", words: whose.whose.join(" ") };
  const entries = gaps.nodes.map(({ sentence, subject }) => {
    const { label, address } = nameSubject(subject, addresses);
    return html`<li><p>${sentence}</p><p class="aside"><a href="${address}">${label}</a></p></li>`;
  });
  const asked = { of: whose.of, ...(whose.with !== undefined && { with: whose.with }), ...(kind && { kind }), ...days };
  return {
    kind: "page",
    title: `Gaps: ${together.name}`,
    description: `What the record of defence diplomacy does not hold of ${together.name}.`,
    canonical: `/gaps?${new URLSearchParams(asked).toString()}`,
    shelf: "/gaps",
    main: html`<p class="kind">${kind ? `Gaps · ${gapWords(kind).toLowerCase()}` : "Gaps"}</p>
<h1>What the record does not hold</h1>
<p class="sum">${together.links}${kind && html` · <a href="${addresses.to("/gaps", { of: whose.of, with: whose.with, ...days })}">gaps of all kinds</a>`}</p>
${askFor(whose, kind, days, request)}
<p class="note">${entries.length === 0 ? "Of what is looked for nothing is lacking. That does not make the record complete." : "What is missing here may well have happened."}</p>
<ul class="rows">${entries}</ul>${pagesOf("/gaps", gaps.pageInfo, request, asked)}`,
  };
}
