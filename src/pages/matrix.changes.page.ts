import { matrixChangesPage, sharedChanges, type JointMembershipChangeKind, type JointMembershipRule, type MatrixChangesPageQuery, type PartFragment } from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, joined, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { numbers, partyLink, table } from "./lists.js";
import { askForRule, forumsShown, ruleIn, RULES } from "./matrix.page.js";
import { AddressError, dayIn, type Found, type PageRequest } from "./page.js";
import { pageIn, pagesOf } from "./paging.js";
import { counted, dateWords, roleWords } from "./words.js";

/** What is compared: two days by a rule, of all pairs, of one party or of two. */
interface Comparison {
  readonly from: string;
  readonly to: string;
  readonly rule: JointMembershipRule;
  readonly parties: readonly string[];
}

type Changed = MatrixChangesPageQuery["jointMembershipMatrixChanges"]["nodes"][number];

const KINDS: Readonly<Record<JointMembershipChangeKind, string>> = { GAINED: "gained", LOST: "lost", ROLE_CHANGED: "another role" };

/** How the forums that parties share changed between two days: of all pairs, or of the parties in `party`, forum by forum. */
export async function answerMatrixChanges(request: PageRequest): Promise<Found> {
  const asked = comparisonIn(request);
  const { from, to, rule, parties } = asked;
  const between = `between ${dateWords(from)} and ${dateWords(to)}`;
  const shown = parties.length === 0 ? await showPairs(asked, request) : await showParties(asked, request);
  return {
    kind: "page",
    title: `Shared forums ${between}`,
    description: `How the forums that ${parties.length === 0 ? "parties" : parties.join(" and ")} share changed ${between}, ${RULES[rule]}.`,
    canonical: `/matrix/changes?${new URLSearchParams([["from", from], ["to", to], ["rule", rule], ...parties.map((code): [string, string] => ["party", code])]).toString()}`,
    shelf: "/matrix",
    main: html`<p class="kind"><a href="${request.addresses.to("/matrix", { on: to, rule })}">Matrix</a> · Changes</p>
<h1>What changed ${between}</h1>
${askFor(asked, request)}
${shown}`,
  };
}

/** @throws AddressError for days in the wrong order and for a single party. */
function comparisonIn({ query, today }: PageRequest): Comparison {
  const to = dayIn(query, "to", today);
  const from = dayIn(query, "from", `${String(Number(to.slice(0, 4)) - 1).padStart(4, "0")}${to.slice(4) === "-02-29" ? "-02-28" : to.slice(4)}`);
  if (from > to) throw new AddressError(`“from” has to be a day before “to”, but ${from} comes after ${to}.`);
  const parties = [...new Set(query.getAll("party").flatMap((codes) => codes.split(/[\s,]+/)).filter((code) => code !== ""))];
  if (parties.length === 1) throw new AddressError("“party” takes two or more different codes, such as IND, CHN; without it all pairs are compared.");
  return { from, to, rule: ruleIn(query), parties };
}

function askFor({ from, to, rule, parties }: Comparison, request: PageRequest): Html {
  return html`<form class="ask" action="/matrix/changes"><label>From the day <input type="date" name="from" value="${from}" required></label><label>To the day <input type="date" name="to" value="${to}" required></label>
<label>Only these parties (codes) <input name="party" value="${parties.join(", ")}" size="14" maxlength="200" placeholder="IND, CHN"></label>
${askForRule(rule)}${hiddenMoment(request)}<button>Compare</button></form>`;
}

async function showPairs({ from, to, rule }: Comparison, request: PageRequest): Promise<Html> {
  const { jointMembershipMatrixChanges: changes } = await request.ask(matrixChangesPage, { from, to, rule, ...pageIn(request, 40) });
  const { nodes, pageInfo } = changes;
  const rows = nodes.map((pair) => showPair(pair, request.addresses));
  return html`<p class="sum">${nodes.length === 0 ? "No pair of parties shares other forums on the second day than on the first, as far as the record goes" : "These pairs of parties shared other forums on the second day than on the first"}; ${RULES[rule]}. Memberships that are not recorded may have changed as well.</p>
${rows.length > 0 && table({ caption: "Pairs of parties and how many forums they shared, most forums gained and lost first", head: ["Pair", ...numbers("Before", "After"), "Gained", "Lost", "In another role"], rows })}${pagesOf("/matrix/changes", pageInfo, request, { from, to, rule })}`;
}

function showPair({ parties, before, after, gained, lost, roleChanged }: Changed, addresses: Addresses): Html {
  const [one, other] = parties;
  return html`<tr><th scope="row"><a href="${addresses.pair(one?.code ?? "", other?.code ?? "")}">${joined(parties.map(({ name }) => name), " and ")}</a></th><td class="n">${before}</td><td class="n">${after}</td>${[gained, lost, roleChanged].map((forums) => html`<td>${forumsShown(forums)}</td>`)}</tr>`;
}

async function showParties({ from, to, rule, parties }: Comparison, request: PageRequest): Promise<Html> {
  const { ask, addresses } = request;
  const { jointMembershipChanges } = await ask(sharedChanges, { parties, from, to, rule, knownAt: addresses.knownAt });
  const rows = jointMembershipChanges.map(
    ({ forum, kind, before, after }) =>
      html`<tr><th scope="row"><a href="${addresses.forum(forum.slug)}">${forum.name}</a></th><td>${KINDS[kind]}</td>${[before, after].map((memberships) => html`<td>${listRoles(memberships, addresses)}</td>`)}</tr>`,
  );
  const codes = parties.length === 2 ? html`<a href="${addresses.pair(parties[0] ?? "", parties[1] ?? "")}">${parties.join(" and ")}</a>` : html`${parties.join(", ")}`;
  return html`<p class="sum">${codes}: ${rows.length === 0 ? "they share the same forums in the same roles on both days, as far as the record goes" : counted(rows.length, "forum")}; ${RULES[rule]}. Memberships that are not recorded may have changed as well.</p>
${rows.length > 0 && table({ caption: "Forums that they share on one of the days only, or in other roles", head: ["Forum", "What changed", dateWords(from), dateWords(to)], rows })}`;
}

function listRoles(memberships: readonly PartFragment[], addresses: Addresses): Html {
  if (memberships.length === 0) return html`<span class="unknown">not shared</span>`;
  return joined(memberships.map(({ party, role }) => html`${partyLink(party, addresses)}: ${roleWords(role).toLowerCase()}`), html`<br>`);
}
