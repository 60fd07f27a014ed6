import { duplicatesPage, type DuplicateKind, type DuplicatesPageQuery } from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { choiceIn, choose } from "./choices.js";
import { html, type Html } from "./html.js";
import { hiddenMoment, indexPage } from "./indexes.page.js";
import type { PageRequest, PageResult } from "./page.js";
import { pageIn } from "./paging.js";
import { hasPage, nameSubject } from "./subjects.js";
import { capital } from "./words.js";

const WORDS: Readonly<Record<DuplicateKind, string>> = {
  DOCUMENT: "Sources",
  STATE: "States",
  ORGANIZATION: "Organizations",
  PERSON: "Persons",
  FORUM: "Forums",
  MEETING: "Meetings",
  VISIT: "Visits",
  AGREEMENT: "Agreements",
  ACTIVITY: "Activities",
};

const KINDS = Object.keys(WORDS) as readonly DuplicateKind[];

type Pair = DuplicatesPageQuery["duplicates"]["nodes"][number];

function linkTo(record: Pair["record"], addresses: Addresses): Html {
  if (record.__typename === "Document")
    return html`<a href="${addresses.document(record.id)}"><bdi>${record.title}</bdi></a>`;
  if (!hasPage(record)) return html`<a href="${addresses.record(record.id)}">${record.id}</a>`;
  const { label, address } = nameSubject(record, addresses);
  return html`<a href="${address}">${label}</a>`;
}

/** Pairs of records that are likely the same, with what they have in common. */
export async function answerDuplicates(request: PageRequest): Promise<PageResult> {
  const { ask, query, addresses } = request;
  const kind = choiceIn(query, "kind", KINDS);
  const { duplicates } = await ask(duplicatesPage, { kinds: kind && [kind], ...pageIn(request) });
  const index = {
    path: "/duplicates",
    title: "Likely duplicates",
    lede: "Records that may be the same, with what they have in common. An editor merges them, or says that they are different.",
    noun: ["pair", "pairs"],
  } as const;
  const form = html`<form class="ask" action="/duplicates">${choose("kind", "Kind", KINDS, kind, (one) => WORDS[one])}${hiddenMoment(request)}<button>Show</button></form>`;
  return indexPage(
    index,
    duplicates,
    request,
    ({ record, other, evidence, strength }) =>
      html`<li><p>${linkTo(record, addresses)} and ${linkTo(other, addresses)}</p><p class="aside">${capital(evidence.join("; "))}${strength === "STRONG" && " · strong evidence"}</p></li>`,
    form,
    kind ? { kind } : {},
  );
}
