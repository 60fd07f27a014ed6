import { statementsPage } from "../generated/pages.js";
import { linkedFilters } from "./choices.js";
import { html, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { dayIn, type PageRequest, type PageResult } from "./page.js";
import { pageIn, pager } from "./paging.js";
import { partyWords, redirectToCodes } from "./parties.js";
import { listStatements } from "./statements.js";
import { chooseTopic, topicsIn, type TopicName } from "./topics.js";
import { counted } from "./words.js";

/** All statements, latest first, optionally filtered. */
export async function answerStatements(request: PageRequest): Promise<PageResult> {
  const { ask, query } = request;
  const party = partyWords(query.getAll("party")).slice(0, 1);
  const topic = topicsIn(query);
  const [from, to] = ["from", "to"].map((name) => dayIn(query, name, "") || undefined);
  const [speaker, meeting] = ["speaker", "meeting"].map((name) => query.get(name) || undefined);
  const { statements, topics } = await ask(statementsPage, {
    ...pageIn(request),
    filter: {
      party: party[0] ?? null,
      speaker: speaker ?? null,
      meeting: meeting ?? null,
      topics: topic.length > 0 ? topic : null,
      during: from === undefined && to === undefined ? null : { from: from ?? null, to: to ?? null },
    },
  });
  const elsewhere = await redirectToCodes(party, statements.totalCount === 0, request);
  if (elsewhere) return elsewhere;
  const parameters = { party, topic, from, to, speaker, meeting };
  const total = counted(statements.totalCount, "statement");
  return {
    kind: "page",
    title: "Statements",
    description: `Statements of persons and parties, latest first: ${total}.`,
    canonical: "/statements",
    section: "/statements",
    main: html`<h1>Statements</h1><p class="lede">Statements of persons and parties, latest first.</p>
${askFor(parameters, topics, request)}
<p class="note">${total}.${statements.totalCount === 0 && " There may be some that the record does not know."}</p>
${listStatements(statements.nodes, topics, request)}${pager("/statements", statements.pageInfo, request, parameters)}`,
  };
}

interface Asked {
  readonly party: readonly string[];
  readonly topic: readonly string[];
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly speaker: string | undefined;
  readonly meeting: string | undefined;
}

function askFor(
  { party, topic, from, to, ...others }: Asked,
  topics: readonly TopicName[],
  request: PageRequest,
): Html {
  const linked = linkedFilters({ ...others, topic: topic.slice(1) }, "/statements", "All statements", request);
  return html`<form class="ask" action="/statements"><label>Party <input name="party" value="${party.join(", ")}" placeholder="India" size="14" maxlength="200"></label>${chooseTopic(topics, topic)}<label>From <input type="date" name="from" value="${from}"></label><label>To <input type="date" name="to" value="${to}"></label>${linked.fields}${hiddenMoment(request)}<button>Show</button></form>
${linked.note}`;
}
