import { ledgerOfPair, ledgerPage, type AccountFragment } from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { showAccount } from "./ledgers.js";
import { AddressError, type PageResult, type PageRequest } from "./page.js";
import { pageIn, pager } from "./paging.js";
import { redirectToCodes, partyWords } from "./parties.js";
import { nameWhose } from "./whose.js";
import { counted } from "./words.js";

/** The subject of a ledger, and the parameters of its page. */
interface LedgerSubject {
  readonly name: string;
  readonly link: Html;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
}

/** The whole ledger of a party, forum, session or visit by its id in `of`, or of two parties by their codes in `party`. */
export async function answerLedger(request: PageRequest): Promise<PageResult> {
  const { query } = request;
  const of = query.get("of");
  const between = partyWords(query.getAll("party"));
  if (of !== null && between.length === 0) return ofRecord(of, request);
  const [one, other] = between;
  if (of === null && one !== undefined && other !== undefined && between.length === 2)
    return ofPair(one, other, request);
  throw new AddressError(
    "A ledger needs “of”, the id of a party, forum, session or visit, or two codes of parties in “party”.",
  );
}

async function ofRecord(id: string, request: PageRequest): Promise<PageResult> {
  const { node } = await request.ask(ledgerPage, { id, ...pageIn(request) });
  const named = node && nameWhose(node, request.addresses);
  if (!named || !("ledger" in node)) return { kind: "missing", what: "party, forum, session or visit", words: id };
  return ledgerOf(
    { name: named.label, link: html`<a href="${named.address}">${named.label}</a>`, query: { of: node.id } },
    node.ledger,
    request,
  );
}

async function ofPair(one: string, other: string, request: PageRequest): Promise<PageResult> {
  const { addresses, ask } = request;
  const pair = await ask(ledgerOfPair, { between: [one, other], one, other, ...pageIn(request) });
  const elsewhere = await redirectToCodes([one, other], !pair.one || !pair.other, request);
  if (elsewhere) return elsewhere;
  if (!pair.one || !pair.other) return { kind: "missing", what: "pair of parties", words: `${one} ${other}` };
  const name = `${pair.one.name} and ${pair.other.name}`;
  return ledgerOf(
    {
      name,
      link: html`<a href="${addresses.pair(pair.one.code, pair.other.code)}">${name}</a>`,
      query: { party: [pair.one.code, pair.other.code] },
    },
    pair.ledger,
    request,
  );
}

function ledgerOf({ name, link, query }: LedgerSubject, ledger: AccountFragment, request: PageRequest): PageResult {
  const { totalCount, pageInfo } = ledger.entries;
  return {
    kind: "page",
    title: `Ledger of ${name}`,
    description: `Announced meetings of ${name} and their outcomes: ${counted(totalCount, "meeting")}.`,
    canonical: `/ledger?${new URLSearchParams(Object.entries(query).flatMap(([parameter, values]) => [values].flat().map((value): [string, string] => [parameter, value]))).toString()}`,
    section: "/meetings",
    main: html`<p class="kind">Ledger</p>
<h1>Announcements and outcomes</h1>
<p class="sum">${joined([link, counted(totalCount, "meeting")], " · ")}</p>
${showAccount(ledger, request)}${pager("/ledger", pageInfo, request, query)}`,
  };
}
