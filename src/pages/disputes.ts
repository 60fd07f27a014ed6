import { groupedBy } from "../lib/grouped.js";
import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, joined, type Html } from "./html.js";
import { meetingLink } from "./lists.js";
import type { Sources } from "./sources.js";
import { capital, counted, inSentence, levelWords, plainWords, verdictWords, whenOf } from "./words.js";

/** Links and footnotes of the page on which a conflict or claim is shown. */
interface PageContext {
  readonly addresses: Addresses;
  readonly sources: Sources;
}

/** Conflicting claims of sources, with the side that the record follows. */
export function listConflicts(conflicts: readonly GQL.QuarrelFragment[], context: PageContext): Html | null {
  return conflicts.length === 0 ? null : html`${conflicts.map((conflict) => showConflict(conflict, context))}`;
}

/** One conflict with both sides and its resolution. */
export function showConflict({ id, field, resolution, claims }: GQL.QuarrelFragment, { sources }: PageContext): Html {
  const sides = claims.map(
    ({ id: claim, value, citation }) => html`<li id="${claim}">${value}${sources.cite([citation])}</li>`,
  );
  return html`<div id="${id}"><h3>Sources disagree about: ${fieldWords(field)}</h3><ul class="sides">${sides}</ul>
<p>${resolution === null ? html`<span class="tag">open</span> The record takes no side.` : html`<strong>The record follows:</strong> ${resolution}`}</p></div>`;
}

/** A field name in plain words: `sidelinesOf` is "sidelines of". */
export function fieldWords(field: string): string {
  const known: Readonly<Record<string, string>> = {
    on: "the day",
    endsOn: "the last day",
    since: "the start",
    until: "the end",
    foundedOn: "the founding",
  };
  // Codes of parties are kept: `participants.AUS.office`.
  const words = (part: string): string =>
    /^[A-Z]+$/.test(part) ? part : plainWords(part.replace(/[A-Z]/g, (letter) => ` ${letter}`));
  return known[field] ?? field.split(".").map(words).join(", ");
}

/**
 * Claims of first meetings since an event, each with the verdict of the record. Several about one meeting follow a
 * sentence that sums them up, and those that say the same are one entry with all their sources.
 */
export function listClaims(claims: readonly GQL.ClaimFragment[], context: PageContext): Html | null {
  if (claims.length === 0) return null;
  const meetings = groupedBy(claims, ({ meeting }) => meeting.slug);
  return html`${[...meetings.values()].map((about) => {
    const entries = [...groupedBy(about, sameClaim).values()].flatMap((same) => {
      const [first, ...others] = same;
      if (!first) return [];
      return [
        html`<li id="${first.id}">${others.map(({ id }) => html`<span id="${id}"></span>`)}${showClaim(first, same, context)}</li>`,
      ];
    });
    return html`${about.length > 1 && html`<p class="sum">${sumUp(about, context)}</p>`}<ul class="rows">${entries}</ul>`;
  })}`;
}

/** Claims of the same words but for their sources have the same key. */
function sameClaim({ since, sinceOn, level, verdict }: GQL.ClaimFragment): string {
  const event = since === null ? sinceOn : since.__typename === "Milestone" ? since.id : since.slug;
  return JSON.stringify([event, level, verdict]);
}

/** Several claims about one meeting in one sentence. */
function sumUp(claims: readonly GQL.ClaimFragment[], { addresses }: PageContext): Html {
  const verdicts = (["SUPPORTED", "CONTRADICTED", "UNVERIFIABLE"] as const).flatMap((verdict) => {
    const count = claims.filter((claim) => claim.verdict === verdict).length;
    return count === 0 ? [] : [`${VERBS[verdict]} ${String(count)}`];
  });
  const meetings = claims.slice(0, 1).map(({ meeting }) => meetingLink(meeting, addresses));
  return html`${meetings} is called the first of its kind in ${counted(claims.length, "claim")}: the record ${inSentence(verdicts)}.`;
}

const VERBS: Readonly<Record<GQL.ClaimVerdict, string>> = {
  SUPPORTED: "supports",
  CONTRADICTED: "contradicts",
  UNVERIFIABLE: "cannot decide",
};

/** The persons and bodies to whom sources attribute equal claims; empty if no source names anybody. */
function attributions(claims: readonly GQL.ClaimFragment[]): string {
  const named = claims.flatMap(({ citation: { attributedTo } }) => attributedTo ?? []);
  if (named.length === 0) return "";
  return `, ${named.length < claims.length ? "partly " : ""}according to ${inSentence([...new Set(named)])}`;
}

/**
 * Claims that say the same, as one.
 * @param claims the first one and the others, for their sources.
 */
function showClaim(
  { meeting, since, sinceOn, level, verdict, explanation, counterexamples }: GQL.ClaimFragment,
  claims: readonly GQL.ClaimFragment[],
  { addresses, sources }: PageContext,
): Html {
  const event =
    since === null
      ? sinceOn !== null && html` since ${whenOf(sinceOn)}`
      : since.__typename === "Milestone"
        ? html` since <a href="${addresses.to("/milestones")}#${since.id}">${since.label}</a> (${whenOf(since.on)})`
        : html` since ${meetingLink(since, addresses)}`;
  return html`<p>${meetingLink(meeting, addresses)} is said to be the first${event === false ? " ever" : event}, at the level of ${levelWords(level)}${attributions(claims)}.${sources.cite(claims.map(({ citation }) => citation))}</p>
<p><strong class="verdict verdict-${verdict.toLowerCase()}">${capital(verdictWords(verdict))}.</strong> ${
    counterexamples.length > 0
      ? html`They had met in between: ${joined(
          counterexamples.map((one) => meetingLink(one, addresses)),
          "; ",
        )}.`
      : explanation
  }</p>`;
}
