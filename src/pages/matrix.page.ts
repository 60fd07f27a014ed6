import {
  matrixPage,
  matrixPicture,
  type JointMembershipRule,
  type MatrixPageQuery,
  type MatrixPictureQuery,
} from "../generated/pages.js";
import { drawMatrix, MOST_DRAWN, ranked, type Cell } from "./heat.map.js";
import { html, joined, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { numbers, section, table } from "./lists.js";
import { AddressError, dayIn, type PageResult, type PageRequest } from "./page.js";
import { pageIn, pager } from "./paging.js";
import { counted, dateWords, timeOf } from "./words.js";

type Matrix = MatrixPageQuery["jointMembershipMatrix"];

/** The rules for counting memberships, in words. */
export const RULES: Readonly<Record<JointMembershipRule, string>> = {
  FULL_MEMBERS: "both full members (the rule of the Correlates of War project)",
  ANY_ROLE: "any role counts",
};
/** Maximum number of pairs that are all drawn. With more, the first hundred determine the parties of the chart. */
const MOST_READ = 300;
/** Number of pairs per request and per page of the table. */
const AT_ONCE = 100;
/** Maximum number of forums named for a pair; the rest is counted. */
const NAMED = 8;

/** Numbers of shared forums of all pairs on a day, by one of two rules. */
export async function answerMatrix(request: PageRequest): Promise<PageResult> {
  const { query, today, addresses } = request;
  const asOf = dayIn(query, "on", today);
  const rule = ruleIn(query);
  const { jointMembershipMatrix: matrix } = await request.ask(matrixPage, { asOf, rule, ...pageIn(request, AT_ONCE) });
  const { totalCount } = matrix;
  const day = dateWords(asOf);
  return {
    kind: "page",
    title: `Shared forums on ${day}`,
    description: `Pairs of parties and the forums they shared on ${day}; ${RULES[rule]}: ${counted(totalCount, "pair")}.`,
    canonical: `/matrix?on=${asOf}&rule=${rule}`,
    section: "/matrix",
    main: html`<p class="kind">Matrix</p>
<h1>Shared forums on ${day}</h1>
<form class="ask" action="/matrix"><label>Date <input type="date" name="on" value="${asOf}" required></label>
${askForRule(rule)}${hiddenMoment(request)}<button>Show</button></form>
<p class="sum">${counted(totalCount, "pair")} of parties shared at least one forum on ${timeOf(asOf)}; ${RULES[rule]}.${rule === "FULL_MEMBERS" && " Roles other than full membership do not count."}</p>
${totalCount === 0 ? html`<p class="note">No known shared memberships. Memberships that the record does not hold may have been in force.</p>` : html`${!query.has("after") && !query.has("before") && (await drawPicture(`Shared forums on ${day}`, asOf, rule, matrix, request))}${listPairs(matrix, asOf, rule, request)}`}
${section("changes", "Changes", html`<p><a href="${addresses.to("/matrix/changes", { to: asOf, rule })}">Compare with an earlier day</a></p>`)}`,
  };
}

/** The rule in the address; any role by default. @throws AddressError for an unknown rule. */
export function ruleIn(query: URLSearchParams): JointMembershipRule {
  const given = query.get("rule") ?? "ANY_ROLE";
  if (given === "ANY_ROLE" || given === "FULL_MEMBERS") return given;
  throw new AddressError(`“rule” must be ANY_ROLE or FULL_MEMBERS, but is “${given.slice(0, 40)}”.`);
}

/** Form fields for the rule. */
export function askForRule(rule: JointMembershipRule): Html {
  const choice = (value: JointMembershipRule, words: string): Html =>
    html`<label class="choice"><input type="radio" name="rule" value="${value}"${value === rule && html` checked`}> ${words}</label>`;
  return html`<fieldset><legend>Memberships</legend>${choice("ANY_ROLE", "Any role")}${choice("FULL_MEMBERS", "Both full members (Correlates of War)")}</fieldset>`;
}

/** The acronyms of up to `NAMED` forums, and the number of others. */
export function forumsShown(forums: Cell["forums"]): Html {
  const more = forums.length - NAMED;
  return joined(
    [...forums.slice(0, NAMED).map(({ acronym, name }) => acronym ?? name), more > 0 && `and ${more} more`],
    ", ",
  );
}

/** Draws all pairs or, if there are too many, those of the parties that share most. */
async function drawPicture(
  title: string,
  asOf: string,
  rule: JointMembershipRule,
  { totalCount, nodes, pageInfo }: Matrix,
  request: PageRequest,
): Promise<Html> {
  const rest =
    totalCount <= MOST_READ && pageInfo.hasNextPage
      ? await readPairs(totalCount, asOf, rule, { after: pageInfo.endCursor }, request)
      : [];
  const first = [...nodes, ...rest];
  if (first.length === totalCount && ranked(first).length <= MOST_DRAWN)
    return html`${drawMatrix(title, first, request.addresses)}`;
  const drawn = ranked(first)
    .slice(0, MOST_DRAWN)
    .map(({ code }) => code);
  const pairs = await readPairs((drawn.length * (drawn.length - 1)) / 2, asOf, rule, { parties: drawn }, request);
  return html`${drawMatrix(title, pairs, request.addresses)}<p class="note">The chart shows the ${drawn.length} parties that share most forums; the table has all pairs.</p>`;
}

/** Reads pages of pairs, most shared forums first, until there are at least `most`. */
async function readPairs(
  most: number,
  asOf: string,
  rule: JointMembershipRule,
  from: { readonly parties?: readonly string[]; readonly after?: string | null },
  { ask, addresses: { knownAt } }: PageRequest,
): Promise<readonly Cell[]> {
  const pairs: Cell[] = [];
  let { after = null } = from;
  do {
    const { jointMembershipMatrix: page }: MatrixPictureQuery = await ask(matrixPicture, {
      asOf,
      rule,
      parties: from.parties,
      first: AT_ONCE,
      after,
      knownAt,
    });
    pairs.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null && pairs.length < most);
  return pairs;
}

function listPairs({ nodes, pageInfo }: Matrix, asOf: string, rule: JointMembershipRule, request: PageRequest): Html {
  const rows = nodes.map(
    ({ parties, count, forums }) =>
      html`<tr><th scope="row"><a href="${request.addresses.pair(parties[0]?.code ?? "", parties[1]?.code ?? "")}">${parties[0]?.name} and ${parties[1]?.name}</a></th><td class="n">${count}</td><td>${forumsShown(forums)}</td></tr>`,
  );
  return html`<section aria-labelledby="pairs"><h2 id="pairs">All pairs</h2>${table({ caption: "Pairs of parties and the forums they share, most first", head: ["Pair", ...numbers("Count"), "Forums"], rows })}${pager("/matrix", pageInfo, request, { on: asOf, rule })}</section>`;
}
