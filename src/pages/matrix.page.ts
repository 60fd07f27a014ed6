import { matrixPage, matrixPicture, type JointMembershipRule, type MatrixPageQuery, type MatrixPictureQuery } from "../generated/pages.js";
import { drawMatrix, MOST_DRAWN, ranked, type Cell } from "./heat.map.js";
import { html, joined, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { numbers, section, table } from "./lists.js";
import { AddressError, dayIn, type Found, type PageRequest } from "./page.js";
import { pageIn, pagesOf } from "./paging.js";
import { counted, dateWords, timeOf } from "./words.js";

type Matrix = MatrixPageQuery["jointMembershipMatrix"];

/** Which memberships count, in words. */
export const RULES: Readonly<Record<JointMembershipRule, string>> = {
  FULL_MEMBERS: "both full members (the rule of the Correlates of War project)",
  ANY_ROLE: "any role counts",
};
/** Up to how many pairs all are read and drawn; of more, the first hundred say which parties are. */
const MOST_READ = 300;
/** How many pairs an operation asks for, and the table shows, at once. */
const AT_ONCE = 100;
/** How many forums of a pair are named; the others are counted. */
const NAMED = 8;

/** Which parties share how many forums on a day, by one of the two rules. */
export async function answerMatrix(request: PageRequest): Promise<Found> {
  const { query, today, addresses } = request;
  const asOf = dayIn(query, "on", today);
  const rule = ruleIn(query);
  const { jointMembershipMatrix: matrix } = await request.ask(matrixPage, { asOf, rule, ...pageIn(request, AT_ONCE) });
  const { totalCount } = matrix;
  const day = dateWords(asOf);
  return {
    kind: "page",
    title: `Shared forums on ${day}`,
    description: `Which parties shared how many forums on ${day}, ${RULES[rule]}: ${counted(totalCount, "pair")}.`,
    canonical: `/matrix?on=${asOf}&rule=${rule}`,
    shelf: "/matrix",
    main: html`<p class="kind">Matrix</p>
<h1>Who shared how many forums on ${day}</h1>
<form class="ask" action="/matrix"><label>On the day <input type="date" name="on" value="${asOf}" required></label>
${askForRule(rule)}${hiddenMoment(request)}<button>Show</button></form>
<p class="sum">${counted(totalCount, "pair")} of parties shared at least one forum on ${timeOf(asOf)}; ${RULES[rule]}.${rule === "FULL_MEMBERS" && " Roles other than full membership do not count."}</p>
${totalCount === 0 ? html`<p class="note">None that the record knows of. Memberships that are missing here may well have been in force.</p>` : html`${!query.has("after") && !query.has("before") && (await drawPicture(`Shared forums on ${day}`, asOf, rule, matrix, request))}${listPairs(matrix, asOf, rule, request)}`}
${section("changes", "How it changed", html`<p><a href="${addresses.to("/matrix/changes", { to: asOf, rule })}">What changed before that day, or between any two</a></p>`)}`,
  };
}

/** The rule that an address asks for; any role where it says nothing. @throws AddressError for any other. */
export function ruleIn(query: URLSearchParams): JointMembershipRule {
  const given = query.get("rule") ?? "ANY_ROLE";
  if (given === "ANY_ROLE" || given === "FULL_MEMBERS") return given;
  throw new AddressError(`“rule” has to be ANY_ROLE or FULL_MEMBERS, but is “${given.slice(0, 40)}”.`);
}

/** The part of a form that asks for a rule. */
export function askForRule(rule: JointMembershipRule): Html {
  const choice = (value: JointMembershipRule, words: string): Html => html`<label class="choice"><input type="radio" name="rule" value="${value}"${value === rule && html` checked`}> ${words}</label>`;
  return html`<fieldset><legend>What counts</legend>${choice("ANY_ROLE", "Any role")}${choice("FULL_MEMBERS", "Both full members (Correlates of War)")}</fieldset>`;
}

/** Forums by their short names; only so many of them, and how many more. */
export function forumsShown(forums: Cell["forums"]): Html {
  const more = forums.length - NAMED;
  return joined([...forums.slice(0, NAMED).map(({ acronym, name }) => acronym ?? name), more > 0 && `and ${more} more`], ", ");
}

/** Draws all pairs, or those of the parties of the first ones. */
async function drawPicture(title: string, asOf: string, rule: JointMembershipRule, { totalCount, nodes, pageInfo }: Matrix, request: PageRequest): Promise<Html> {
  const rest = totalCount <= MOST_READ && pageInfo.hasNextPage ? await readPairs(totalCount, asOf, rule, { after: pageInfo.endCursor }, request) : [];
  const first = [...nodes, ...rest];
  if (first.length === totalCount && ranked(first).length <= MOST_DRAWN) return html`${drawMatrix(title, first, request.addresses)}`;
  const drawn = ranked(first).slice(0, MOST_DRAWN).map(({ code }) => code);
  const pairs = await readPairs((drawn.length * (drawn.length - 1)) / 2, asOf, rule, { parties: drawn }, request);
  return html`${drawMatrix(title, pairs, request.addresses)}<p class="note">Drawn are ${drawn.length} parties, those of the pairs that share most; the table has all pairs.</p>`;
}

/** The first pairs, those that share most first, page after page: at least so many, if there are. */
async function readPairs(most: number, asOf: string, rule: JointMembershipRule, from: { readonly parties?: readonly string[]; readonly after?: string | null }, { ask, addresses: { knownAt } }: PageRequest): Promise<readonly Cell[]> {
  const pairs: Cell[] = [];
  let { after = null } = from;
  do {
    const { jointMembershipMatrix: page }: MatrixPictureQuery = await ask(matrixPicture, { asOf, rule, parties: from.parties, first: AT_ONCE, after, knownAt });
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
  return html`<section aria-labelledby="pairs"><h2 id="pairs">The same as a table</h2>${table({ caption: "Pairs of parties and the forums they share, most first", head: ["Pair", ...numbers("Forums"), "Which"], rows })}${pagesOf("/matrix", pageInfo, request, { on: asOf, rule })}</section>`;
}
