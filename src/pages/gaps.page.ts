import { gapsPage } from "../generated/pages.js";
import { choiceIn, choose } from "./choices.js";
import { GAP_KINDS, gapWords } from "./gaps.js";
import { html, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { AddressError, dayIn, type PageResult, type PageRequest } from "./page.js";
import { pageIn, pager } from "./paging.js";
import { nameSubject } from "./subjects.js";
import { nameTogether, whoseIn } from "./whose.js";

interface Days {
  readonly from?: string;
  readonly to?: string;
}

/** The period in the address; either end may be open. @throws AddressError if it ends before it begins. */
function daysIn({ query }: PageRequest): Days {
  const [from, to] = ["from", "to"].map((name) => dayIn(query, name, "") || undefined);
  if (from !== undefined && to !== undefined && from > to)
    throw new AddressError(`“from” must be a day before “to”, but ${from} comes after ${to}.`);
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function askFor(
  whose: { readonly of: string; readonly with: string | undefined },
  kind: (typeof GAP_KINDS)[number] | undefined,
  { from, to }: Days,
  request: PageRequest,
): Html {
  return html`<form class="ask" action="/gaps"><input type="hidden" name="of" value="${whose.of}">${whose.with !== undefined && html`<input type="hidden" name="with" value="${whose.with}">`}${choose("kind", "Kind of gap", GAP_KINDS, kind, gapWords)}<label>From <input type="date" name="from" value="${from}"></label><label>To <input type="date" name="to" value="${to}"></label>${hiddenMoment(request)}<button>Show</button></form>`;
}

/**
 * Gaps of the record about one or two parties, persons or forums. `kind` selects one kind of gap, `from` and `to` those
 * that may fall into a period.
 */
export async function answerGaps(request: PageRequest): Promise<PageResult> {
  const { ask, addresses, today } = request;
  const whose = whoseIn(request, "A list of gaps is", "a party, a person or a forum");
  const kind = choiceIn(request.query, "kind", GAP_KINDS);
  const days = daysIn(request);
  const { nodes, gaps } = await ask(gapsPage, {
    ...whose,
    asOf: today,
    during: days,
    kinds: kind && [kind],
    ...pageIn(request),
  });
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
    description: `Known gaps in the record of defence diplomacy about ${together.name}.`,
    canonical: `/gaps?${new URLSearchParams(asked).toString()}`,
    section: "/gaps",
    main: html`<p class="kind">${kind ? `Gaps · ${gapWords(kind).toLowerCase()}` : "Gaps"}</p>
<h1>Gaps in the record</h1>
<p class="sum">${together.links}${kind && html` · <a href="${addresses.to("/gaps", { of: whose.of, with: whose.with, ...days })}">all kinds of gaps</a>`}</p>
${askFor(whose, kind, days, request)}
<p class="note">${entries.length === 0 ? "No gaps of this kind. That does not make the record complete." : "The record is incomplete: an event that it lacks may still have happened."}</p>
<ul class="rows">${entries}</ul>${pager("/gaps", gaps.pageInfo, request, asked)}`,
  };
}
