import { commitmentsPage, type CommitmentKind, type CommitmentStatus } from "../generated/pages.js";
import { choiceIn, choose, linkedFilters } from "./choices.js";
import { listCommitments } from "./commitments.js";
import { html, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { dayIn, type PageRequest, type PageResult } from "./page.js";
import { pageIn, pager } from "./paging.js";
import { partyWords, redirectToCodes } from "./parties.js";
import { counted, plainWords } from "./words.js";

const KINDS = ["JOINT_ACTION", "DIALOGUE", "ARRANGEMENT", "AGREEMENT"] as const satisfies readonly CommitmentKind[];
const STATUSES = ["SOUGHT", "AGREED", "SIGNED", "FULFILLED", "LAPSED"] as const satisfies readonly CommitmentStatus[];

/** All commitments, those made last first, optionally filtered. */
export async function answerCommitments(request: PageRequest): Promise<PageResult> {
  const { ask, query } = request;
  const party = partyWords(query.getAll("party"));
  const kind = choiceIn(query, "kind", KINDS);
  const status = choiceIn(query, "status", STATUSES);
  const [dueFrom, dueTo, openOn] = ["dueFrom", "dueTo", "openOn"].map((name) => dayIn(query, name, "") || undefined);
  const meeting = query.get("meeting") || undefined;
  const { commitments } = await ask(commitmentsPage, {
    ...pageIn(request),
    filter: {
      parties: party.length > 0 ? party : null,
      kind: kind ?? null,
      status: status ?? null,
      openOn: openOn ?? null,
      dueDuring: dueFrom === undefined && dueTo === undefined ? null : { from: dueFrom ?? null, to: dueTo ?? null },
      meeting: meeting ?? null,
    },
  });
  const elsewhere = await redirectToCodes(party, commitments.totalCount === 0, request);
  if (elsewhere) return elsewhere;
  const parameters = { party, kind, status, dueFrom, dueTo, openOn, meeting };
  const total = counted(commitments.totalCount, "commitment");
  return {
    kind: "page",
    title: "Commitments",
    description: `Undertakings of states, with their status and due days: ${total}.`,
    canonical: "/commitments",
    section: "/agreements",
    main: html`<h1>Commitments</h1><p class="lede">Undertakings of states, with their status and due days.</p>
${askFor(parameters, request)}
<p class="note">${total}.${commitments.totalCount === 0 && " There may be some that the record does not know."}</p>
${listCommitments(commitments.nodes, request)}${pager("/commitments", commitments.pageInfo, request, parameters)}`,
  };
}

interface Asked {
  readonly party: readonly string[];
  readonly kind: (typeof KINDS)[number] | undefined;
  readonly status: (typeof STATUSES)[number] | undefined;
  readonly dueFrom: string | undefined;
  readonly dueTo: string | undefined;
  readonly openOn: string | undefined;
  readonly meeting: string | undefined;
}

function askFor({ party, kind, status, dueFrom, dueTo, ...others }: Asked, request: PageRequest): Html {
  const linked = linkedFilters(others, "/commitments", "All commitments", request);
  return html`<form class="ask" action="/commitments"><label>Parties <input name="party" value="${party.join(", ")}" placeholder="India, Japan" size="14" maxlength="200"></label>${choose("kind", "Kind", KINDS, kind, plainWords)}${choose("status", "Status", STATUSES, status, plainWords)}<label>Due from <input type="date" name="dueFrom" value="${dueFrom}"></label><label>Due until <input type="date" name="dueTo" value="${dueTo}"></label>${linked.fields}${hiddenMoment(request)}<button>Show</button></form>
${linked.note}`;
}
