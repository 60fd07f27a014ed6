import { ledgerOfPair, ledgerPage, type AccountFragment } from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { showAccount } from "./ledgers.js";
import { AddressError, type Found, type PageRequest } from "./page.js";
import { pageIn, pagesOf } from "./paging.js";
import { byCodes, partyWords } from "./parties.js";
import { nameWhose } from "./whose.js";
import { counted } from "./words.js";

/** Whose ledger it is, and where the pages of it are. */
interface Whose {
  readonly name: string;
  readonly link: Html;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
}

/** The whole ledger of a party, a forum, a session or a journey by its id in `of`, or of two parties by their codes in `party`. */
export async function answerLedger(request: PageRequest): Promise<Found> {
  const { query } = request;
  const of = query.get("of");
  const between = partyWords(query.getAll("party"));
  if (of !== null && between.length === 0) return ofRecord(of, request);
  const [one, other] = between;
  if (of === null && one !== undefined && other !== undefined && between.length === 2) return ofPair(one, other, request);
  throw new AddressError("A ledger is asked for by “of”, the id of a party, a forum, a session or a journey, or by two codes of parties in “party”.");
}

async function ofRecord(id: string, request: PageRequest): Promise<Found> {
  const { node } = await request.ask(ledgerPage, { id, ...pageIn(request) });
  const named = node && nameWhose(node, request.addresses);
  if (!named || !("ledger" in node)) return { kind: "missing", what: "party, forum, session or journey", words: id };
  return ledgerOf({ name: named.label, link: html`<a href="${named.address}">${named.label}</a>`, query: { of: node.id } }, node.ledger, request);
}

async function ofPair(one: string, other: string, request: PageRequest): Promise<Found> {
  const { addresses, ask } = request;
  const pair = await ask(ledgerOfPair, { between: [one, other], one, other, ...pageIn(request) });
  const elsewhere = pair.one && pair.other ? undefined : await byCodes([one, other], request);
  if (!pair.one || !pair.other) return elsewhere ?? { kind: "missing", what: "pair of parties", words: `${one} ${other}` };
  const name = `${pair.one.name} and ${pair.other.name}`;
  return ledgerOf({ name, link: html`<a href="${addresses.pair(pair.one.code, pair.other.code)}">${name}</a>`, query: { party: [pair.one.code, pair.other.code] } }, pair.ledger, request);
}

function ledgerOf({ name, link, query }: Whose, ledger: AccountFragment, request: PageRequest): Found {
  const { totalCount, pageInfo } = ledger.entries;
  return {
    kind: "page",
    title: `Ledger of ${name}`,
    description: `What was announced of ${name} and what became of it, meeting by meeting: ${counted(totalCount, "meeting")}.`,
    canonical: `/ledger?${new URLSearchParams(Object.entries(query).flatMap(([parameter, values]) => [values].flat().map((value): [string, string] => [parameter, value]))).toString()}`,
    shelf: "/meetings",
    main: html`<p class="kind">Ledger</p>
<h1>What was announced, and what became of it</h1>
<p class="sum">${joined([link, counted(totalCount, "meeting")], " · ")}</p>
${showAccount(ledger, request)}${pagesOf("/ledger", pageInfo, request, query)}`,
  };
}
