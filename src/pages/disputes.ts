import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, joined, type Html } from "./html.js";
import { meetingLink } from "./lists.js";
import type { Sources } from "./sources.js";
import { capital, levelWords, plainWords, verdictWords, whenOf } from "./words.js";

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

/** Claims of first meetings since an event, each with the verdict of the record. */
export function listClaims(claims: readonly GQL.ClaimFragment[], context: PageContext): Html | null {
  return claims.length === 0
    ? null
    : html`<ul class="rows">${claims.map((claim) => html`<li id="${claim.id}">${showClaim(claim, context)}</li>`)}</ul>`;
}

function showClaim(
  { meeting, since, sinceOn, level, verdict, explanation, counterexamples, citation }: GQL.ClaimFragment,
  { addresses, sources }: PageContext,
): Html {
  const event =
    since === null
      ? sinceOn !== null && html` since ${whenOf(sinceOn)}`
      : since.__typename === "Milestone"
        ? html` since <a href="${addresses.to("/milestones")}#${since.id}">${since.label}</a> (${whenOf(since.on)})`
        : html` since ${meetingLink(since, addresses)}`;
  return html`<p>${meetingLink(meeting, addresses)} is said to be the first${event === false ? " ever" : event}, at the level of ${levelWords(level)}${citation.attributedTo !== null && html`, according to ${citation.attributedTo}`}.${sources.cite([citation])}</p>
<p><strong class="verdict verdict-${verdict.toLowerCase()}">${capital(verdictWords(verdict))}.</strong> ${
    counterexamples.length > 0
      ? html`They had met in between: ${joined(
          counterexamples.map((one) => meetingLink(one, addresses)),
          "; ",
        )}.`
      : explanation
  }</p>`;
}
