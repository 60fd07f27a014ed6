import { gapsPage } from "../generated/pages.js";
import { choiceIn } from "./choices.js";
import { GAP_KINDS, gapWords } from "./gaps.js";
import { html } from "./html.js";
import type { Found, PageRequest } from "./page.js";
import { pageIn, pagesOf } from "./paging.js";
import { nameSubject } from "./subjects.js";
import { nameTogether, whoseIn } from "./whose.js";

/** What the record does not hold of somebody or of two, one by one, of all kinds or of the one in `kind`. */
export async function answerGaps(request: PageRequest): Promise<Found> {
  const { ask, addresses, today } = request;
  const whose = whoseIn(request, "A list of gaps is", "a party, a person or a forum");
  const kind = choiceIn(request.query, "kind", GAP_KINDS);
  const { nodes, gaps } = await ask(gapsPage, { ...whose, asOf: today, kinds: kind && [kind], ...pageIn(request) });
  const together = nameTogether(nodes, addresses);
  if (!together) return { kind: "missing", what: "party, person or forum", words: whose.whose.join(" ") };
  const entries = gaps.nodes.map(({ sentence, subject }) => {
    const { label, address } = nameSubject(subject, addresses);
    return html`<li><p>${sentence}</p><p class="aside"><a href="${address}">${label}</a></p></li>`;
  });
  const asked = { of: whose.of, ...(whose.with !== undefined && { with: whose.with }), ...(kind && { kind }) };
  return {
    kind: "page",
    title: `Gaps: ${together.name}`,
    description: `What the record of defence diplomacy does not hold of ${together.name}.`,
    canonical: `/gaps?${new URLSearchParams(asked).toString()}`,
    shelf: "/gaps",
    main: html`<p class="kind">${kind ? `Gaps · ${gapWords(kind).toLowerCase()}` : "Gaps"}</p>
<h1>What the record does not hold</h1>
<p class="sum">${together.links}${kind && html` · <a href="${addresses.to("/gaps", { of: whose.of, with: whose.with })}">gaps of all kinds</a>`}</p>
<p class="note">${entries.length === 0 ? "Of what is looked for nothing is lacking. That does not make the record complete." : "What is missing here may well have happened."}</p>
<ul class="rows">${entries}</ul>${pagesOf("/gaps", gaps.pageInfo, request, asked)}`,
  };
}
