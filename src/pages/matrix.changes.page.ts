import {
  matrixChangesPage,
  sharedChanges,
  type JointMembershipChangeKind,
  type JointMembershipRule,
  type MatrixChangesPageQuery,
  type PartFragment,
} from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, joined, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { numbers, partyLink, table } from "./lists.js";
import { askForRule, forumsShown, ruleIn, RULES } from "./matrix.page.js";
import { AddressError, dayIn, isDay, type PageResult, type PageRequest } from "./page.js";
import { pageIn, pager } from "./paging.js";
import { redirectToCodes, partyWords } from "./parties.js";
import { counted, dateWords, roleWords } from "./words.js";

/** The days, rule and parties of a comparison. Without parties, all pairs are compared. */
interface Comparison {
  readonly from: string;
  readonly to: string;
  readonly rule: JointMembershipRule;
  readonly parties: readonly string[];
}

type Changed = MatrixChangesPageQuery["jointMembershipMatrixChanges"]["nodes"][number];

const KINDS: Readonly<Record<JointMembershipChangeKind, string>> = {
  GAINED: "gained",
  LOST: "lost",
  ROLE_CHANGED: "role changed",
};

/** Spans to search for a change if no first day is given, in years. They are tried in order. */
const REACHES = [1, 2, 5, 10, 25, 50, 100];

/** A rendered comparison. */
interface Shown {
  readonly hasChanges: boolean;
  readonly main: Html;
}

/**
 * Changes in shared forums between two days, of all pairs or of the parties in `party`. Without a first day, the
 * shortest span with a change is shown.
 */
export async function answerMatrixChanges(request: PageRequest): Promise<PageResult> {
  const { asked, shown, reach } = await compare(request);
  const { from, to, rule, parties } = asked;
  const elsewhere = await redirectToCodes(parties, !shown.hasChanges, request);
  if (elsewhere) return elsewhere;
  const between = `between ${dateWords(from)} and ${dateWords(to)}`;
  return {
    kind: "page",
    title: `Shared forums ${between}`,
    description: `Changes in the forums that ${parties.length === 0 ? "parties" : parties.join(" and ")} share ${between}; ${RULES[rule]}.`,
    canonical: `/matrix/changes?${new URLSearchParams([["from", from], ["to", to], ["rule", rule], ...parties.map((code): [string, string] => ["party", code])]).toString()}`,
    section: "/matrix",
    main: html`<p class="kind"><a href="${request.addresses.to("/matrix", { on: to, rule })}">Matrix</a> · Changes</p>
<h1>Changes ${between}</h1>
${askFor(asked, request)}
${reach !== undefined && reach > 1 && html`<p class="note">${shown.hasChanges ? `The record holds no change within ${reachWords(shorter(reach))} before ${dateWords(to)}, so this page goes back ${reach} years.` : `The record holds no change within ${reachWords(reach)} before ${dateWords(to)}.`}</p>`}
${shown.main}`,
  };
}

/** Compares the requested days. Without a first day, goes back until there is a change. */
async function compare(
  request: PageRequest,
): Promise<{ readonly asked: Comparison; readonly shown: Shown; readonly reach?: number }> {
  const show = (asked: Comparison): Promise<Shown> =>
    asked.parties.length === 0 ? showPairs(asked, request) : showParties(asked, request);
  const { from, ...given } = comparisonIn(request);
  if (from !== undefined) return { asked: { ...given, from }, shown: await show({ ...given, from }) };
  for (const reach of REACHES) {
    const asked = { ...given, from: yearsBefore(given.to, reach) };
    const shown = await show(asked);
    if (shown.hasChanges || reach === REACHES.at(-1)) return { asked, shown, reach };
  }
  throw new Error("REACHES is empty.");
}

/** The same day some years earlier: 28 February for a leap day, and not before the year 1. */
function yearsBefore(day: string, years: number): string {
  const year = String(Math.max(1, Number(day.slice(0, 4)) - years)).padStart(4, "0");
  const rest = day.slice(4);
  return isDay(`${year}${rest}`) ? `${year}${rest}` : `${year}-02-28`;
}

function shorter(reach: number): number {
  return REACHES[REACHES.indexOf(reach) - 1] ?? 1;
}

function reachWords(years: number): string {
  return years === 1 ? "the year" : `the ${years} years`;
}

/** @throws AddressError if the days are in the wrong order or only one party is given. */
function comparisonIn({ query, today }: PageRequest): Omit<Comparison, "from"> & { readonly from: string | undefined } {
  const to = dayIn(query, "to", today);
  const from = query.get("from") ? dayIn(query, "from", to) : undefined;
  if (from !== undefined && from > to)
    throw new AddressError(`“from” must be a day before “to”, but ${from} comes after ${to}.`);
  const parties = [...new Set(partyWords(query.getAll("party")))];
  if (parties.length === 1)
    throw new AddressError(
      "“party” needs two or more different parties, such as IND, CHN. Without it, all pairs are compared.",
    );
  return { from, to, rule: ruleIn(query), parties };
}

function askFor({ from, to, rule, parties }: Comparison, request: PageRequest): Html {
  return html`<form class="ask" action="/matrix/changes"><label>From <input type="date" name="from" value="${from}" required></label><label>To <input type="date" name="to" value="${to}" required></label>
<label>Only these parties <input name="party" value="${parties.join(", ")}" size="14" maxlength="200" placeholder="IND, CHN"></label>
${askForRule(rule)}${hiddenMoment(request)}<button>Compare</button></form>`;
}

async function showPairs({ from, to, rule }: Comparison, request: PageRequest): Promise<Shown> {
  const { jointMembershipMatrixChanges: changes } = await request.ask(matrixChangesPage, {
    from,
    to,
    rule,
    ...pageIn(request, 40),
  });
  const { nodes, pageInfo } = changes;
  const columns = COLUMNS.filter(({ of }) => nodes.some((pair) => of(pair).length > 0));
  const rows = nodes.map((pair) => showPair(pair, columns, request.addresses));
  const main = html`<p class="sum">${nodes.length === 0 ? "No recorded changes in the forums that pairs of parties share" : "Pairs of parties whose shared forums changed"}; ${RULES[rule]}. Memberships that are not recorded may have changed as well.</p>
${rows.length > 0 && table({ caption: "Pairs and the number of forums they shared, most changes first", head: ["Pair", ...numbers("Before", "After"), ...columns.map(({ head }) => head)], rows })}${pager("/matrix/changes", pageInfo, request, { from, to, rule })}`;
  return { hasChanges: nodes.length > 0, main };
}

/** A column of changes of one kind. */
interface Column {
  readonly head: string;
  readonly of: (pair: Changed) => Changed["gained"];
}

/** Columns without any entry are left out. */
const COLUMNS: readonly Column[] = [
  { head: "Gained", of: ({ gained }) => gained },
  { head: "Lost", of: ({ lost }) => lost },
  { head: "Role changed", of: ({ roleChanged }) => roleChanged },
];

function showPair(pair: Changed, columns: readonly Column[], addresses: Addresses): Html {
  const { parties, before, after } = pair;
  const [one, other] = parties;
  return html`<tr><th scope="row"><a href="${addresses.pair(one?.code ?? "", other?.code ?? "")}">${joined(
    parties.map(({ name }) => name),
    " and ",
  )}</a></th><td class="n">${before}</td><td class="n">${after}</td>${columns.map(({ of }) => html`<td>${forumsShown(of(pair))}</td>`)}</tr>`;
}

async function showParties({ from, to, rule, parties }: Comparison, request: PageRequest): Promise<Shown> {
  const { ask, addresses } = request;
  const { jointMembershipChanges } = await ask(sharedChanges, { parties, from, to, rule, knownAt: addresses.knownAt });
  const rows = jointMembershipChanges.map(
    ({ forum, kind, before, after }) =>
      html`<tr><th scope="row"><a href="${addresses.forum(forum.slug)}">${forum.name}</a></th><td>${KINDS[kind]}</td>${[before, after].map((memberships) => html`<td>${listRoles(memberships, addresses)}</td>`)}</tr>`,
  );
  const codes =
    parties.length === 2
      ? html`<a href="${addresses.pair(parties[0] ?? "", parties[1] ?? "")}">${parties.join(" and ")}</a>`
      : html`${parties.join(", ")}`;
  const main = html`<p class="sum">${codes}: ${rows.length === 0 ? "no recorded changes" : counted(rows.length, "forum")}; ${RULES[rule]}. Memberships that are not recorded may have changed as well.</p>
${rows.length > 0 && table({ caption: "Forums shared on only one of the days, or in other roles", head: ["Forum", "Change", dateWords(from), dateWords(to)], rows })}`;
  return { hasChanges: rows.length > 0, main };
}

function listRoles(memberships: readonly PartFragment[], addresses: Addresses): Html {
  if (memberships.length === 0) return html`<span class="unknown">not shared</span>`;
  return joined(
    memberships.map(({ party, role }) => html`${partyLink(party, addresses)}: ${roleWords(role).toLowerCase()}`),
    html`<br>`,
  );
}
