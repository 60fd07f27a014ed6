import { matrixPage, type JointMembershipRule, type MatrixPageQuery } from "../generated/pages.js";
import { drawMatrix } from "./heat.map.js";
import { html, joined, type Html } from "./html.js";
import { table } from "./lists.js";
import { AddressError, dayIn, type Found, type PageRequest } from "./page.js";
import { counted, dateWords, timeOf } from "./words.js";

type Pair = MatrixPageQuery["jointMembershipMatrix"]["nodes"][number];

const RULES: Readonly<Record<JointMembershipRule, string>> = {
  FULL_MEMBERS: "both full members (the rule of the Correlates of War project)",
  ANY_ROLE: "any role counts",
};
/** How many pages of a hundred pairs are read. */
const MOST_PAGES = 12;

/** Which parties share how many forums on a day, by one of the two rules. */
export async function answerMatrix(request: PageRequest): Promise<Found> {
  const { query, today, addresses } = request;
  const asOf = dayIn(query, "on", today);
  const rule = ruleIn(query);
  const { totalCount, pairs } = await readPairs(request, asOf, rule);
  const day = dateWords(asOf);
  return {
    kind: "page",
    title: `Shared forums on ${day}`,
    description: `Which parties shared how many forums on ${day}, ${RULES[rule]}: ${counted(totalCount, "pair")}.`,
    canonical: `/matrix?on=${asOf}&rule=${rule}`,
    shelf: "/matrix",
    main: html`<p class="kind">Matrix</p>
<h1>Who shared how many forums on ${day}</h1>
${askFor(asOf, rule, addresses.knownAt)}
<p class="sum">${counted(totalCount, "pair")} of parties shared at least one forum on ${timeOf(asOf)}; ${RULES[rule]}.${rule === "FULL_MEMBERS" && " Roles other than full membership do not count."}</p>
${totalCount === 0 ? html`<p class="note">None that the record knows of. Memberships that are missing here may well have been in force.</p>` : html`${drawMatrix(`Shared forums on ${day}`, pairs, addresses)}${pairs.length < totalCount && html`<p class="note">The first ${pairs.length} pairs, those that share most.</p>`}${listPairs(pairs, request)}`}`,
  };
}

function ruleIn(query: URLSearchParams): JointMembershipRule {
  const given = query.get("rule") ?? "ANY_ROLE";
  if (given === "ANY_ROLE" || given === "FULL_MEMBERS") return given;
  throw new AddressError(`“rule” has to be ANY_ROLE or FULL_MEMBERS, but is “${given.slice(0, 40)}”.`);
}

async function readPairs({ ask, addresses: { knownAt } }: PageRequest, asOf: string, rule: JointMembershipRule): Promise<{ readonly totalCount: number; readonly pairs: readonly Pair[] }> {
  const read = async (after: string | null): Promise<MatrixPageQuery["jointMembershipMatrix"]> => (await ask(matrixPage, { asOf, rule, after, knownAt })).jointMembershipMatrix;
  let page = await read(null);
  const pairs = [...page.nodes];
  for (let count = 1; page.pageInfo.hasNextPage && count < MOST_PAGES; count += 1) {
    page = await read(page.pageInfo.endCursor);
    pairs.push(...page.nodes);
  }
  return { totalCount: page.totalCount, pairs };
}

function askFor(asOf: string, rule: JointMembershipRule, knownAt: string | undefined): Html {
  const choice = (value: JointMembershipRule, words: string): Html => html`<label class="choice"><input type="radio" name="rule" value="${value}"${value === rule && html` checked`}> ${words}</label>`;
  return html`<form class="ask" action="/matrix"><label>On the day <input type="date" name="on" value="${asOf}" required></label>
<fieldset><legend>What counts</legend>${choice("ANY_ROLE", "Any role")}${choice("FULL_MEMBERS", "Both full members (Correlates of War)")}</fieldset>
${knownAt !== undefined && html`<input type="hidden" name="knownAt" value="${knownAt}">`}<button>Show</button></form>`;
}

function listPairs(pairs: readonly Pair[], { addresses }: PageRequest): Html {
  const rows = pairs.map(
    ({ parties, count, forums }) =>
      html`<tr><th scope="row"><a href="${addresses.pair(parties[0]?.code ?? "", parties[1]?.code ?? "")}">${parties[0]?.name} and ${parties[1]?.name}</a></th><td class="n">${count}</td><td>${joined(forums.map(({ acronym, name }) => acronym ?? name), ", ")}</td></tr>`,
  );
  return html`<details><summary>The same as a table of ${counted(pairs.length, "pair")}</summary>${table({ caption: "Pairs of parties and the forums they share, most first", head: ["Pair", "Forums", "Which"], rows })}</details>`;
}

