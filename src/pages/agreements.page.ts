import { agreementsPage, type AgreementKind, type AgreementStatus } from "../generated/pages.js";
import { listAgreements } from "./agreements.js";
import { choiceIn, choose, linkedFilters } from "./choices.js";
import { html, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { dayIn, type PageRequest, type PageResult } from "./page.js";
import { pageIn, pager } from "./paging.js";
import { partyWords, redirectToCodes } from "./parties.js";
import { chooseTopic, topicsIn, type TopicName } from "./topics.js";
import { agreementStatusWords, counted, plainWords } from "./words.js";

const KINDS = [
  "ALLIANCE",
  "TREATY",
  "STATUS_OF_FORCES",
  "BASING",
  "LOGISTICS",
  "INFORMATION_SHARING",
  "COOPERATION_AGREEMENT",
  "FRAMEWORK",
  "PARTNERSHIP",
  "MEMORANDUM",
  "ARRANGEMENT",
  "LETTER_OF_INTENT",
  "JOINT_DECLARATION",
  "ROADMAP",
  "OTHER",
] as const satisfies readonly AgreementKind[];

const STATUSES = [
  "ANNOUNCED",
  "SIGNED",
  "IN_FORCE",
  "RENEWED",
  "SUSPENDED",
  "SUPERSEDED",
  "EXPIRED",
  "TERMINATED",
  "ENDED",
  "UNKNOWN",
] as const satisfies readonly AgreementStatus[];

/** All agreements, the last signed first, optionally filtered. */
export async function answerAgreements(request: PageRequest): Promise<PageResult> {
  const { ask, query } = request;
  const party = partyWords(query.getAll("party"));
  const kind = choiceIn(query, "kind", KINDS);
  const status = choiceIn(query, "status", STATUSES);
  const inForceOn = dayIn(query, "inForceOn", "") || undefined;
  const topic = topicsIn(query);
  const [meeting, person] = ["meeting", "person"].map((name) => query.get(name) || undefined);
  const { agreements, topics } = await ask(agreementsPage, {
    ...pageIn(request),
    filter: {
      parties: party.length > 0 ? party : null,
      kind: kind ?? null,
      status: status ?? null,
      inForceOn: inForceOn ?? null,
      topics: topic.length > 0 ? topic : null,
      meeting: meeting ?? null,
      person: person ?? null,
    },
  });
  const elsewhere = await redirectToCodes(party, agreements.totalCount === 0, request);
  if (elsewhere) return elsewhere;
  const parameters = { party, kind, status, inForceOn, topic, meeting, person };
  const total = counted(agreements.totalCount, "agreement");
  return {
    kind: "page",
    title: "Agreements",
    description: `Treaties, arrangements, memoranda and other papers, the last signed first: ${total}.`,
    canonical: "/agreements",
    section: "/agreements",
    main: html`<h1>Agreements</h1><p class="lede">Treaties, arrangements, memoranda and other papers, the last signed first.</p>
${askFor(parameters, topics, request)}
<p class="note">${total}.${agreements.totalCount === 0 && " There may be some that the record does not know."}</p>
${listAgreements(agreements.nodes, request)}${pager("/agreements", agreements.pageInfo, request, parameters)}`,
  };
}

interface Asked {
  readonly party: readonly string[];
  readonly kind: (typeof KINDS)[number] | undefined;
  readonly status: (typeof STATUSES)[number] | undefined;
  readonly inForceOn: string | undefined;
  readonly topic: readonly string[];
  readonly meeting: string | undefined;
  readonly person: string | undefined;
}

function askFor(
  { party, kind, status, inForceOn, topic, ...others }: Asked,
  topics: readonly TopicName[],
  request: PageRequest,
): Html {
  const linked = linkedFilters({ ...others, topic: topic.slice(1) }, "/agreements", "All agreements", request);
  return html`<form class="ask" action="/agreements"><label>Parties <input name="party" value="${party.join(", ")}" placeholder="India, Japan" size="14" maxlength="200"></label>${choose("kind", "Kind", KINDS, kind, plainWords)}${choose("status", "Status", STATUSES, status, agreementStatusWords)}<label>In force on <input type="date" name="inForceOn" value="${inForceOn}"></label>${chooseTopic(topics, topic)}${linked.fields}${hiddenMoment(request)}<button>Show</button></form>
${linked.note}`;
}
