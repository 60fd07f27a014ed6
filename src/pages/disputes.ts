import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, joined, type Html } from "./html.js";
import { meetingLink } from "./lists.js";
import type { Sources } from "./sources.js";
import { capital, levelWords, plainWords, verdictWords, whenOf } from "./words.js";

/** What it takes to show what sources say against each other. */
interface Showing {
  readonly addresses: Addresses;
  readonly sources: Sources;
}

/** Where sources contradict each other: what each says, and which one the record follows. */
export function listConflicts(conflicts: readonly GQL.QuarrelFragment[], showing: Showing): Html | null {
  return conflicts.length === 0 ? null : html`${conflicts.map((conflict) => showConflict(conflict, showing))}`;
}

/** One contradiction, both sides and what the record makes of it. */
export function showConflict({ id, field, resolution, claims }: GQL.QuarrelFragment, { sources }: Showing): Html {
  const sides = claims.map(({ id: claim, value, citation }) => html`<li id="${claim}">${value}${sources.cite([citation])}</li>`);
  return html`<div id="${id}"><h3>Sources disagree about: ${fieldWords(field)}</h3><ul class="sides">${sides}</ul>
<p>${resolution === null ? html`<span class="tag">open</span> The record takes no side.` : html`<strong>The record follows:</strong> ${resolution}`}</p></div>`;
}

/** `sidelinesOf` as a reader would write it. */
export function fieldWords(field: string): string {
  const known: Readonly<Record<string, string>> = { on: "the day", endsOn: "the last day", since: "the start", until: "the end", foundedOn: "the founding" };
  // The code of a party stays as it is: `participants.AUS.office`.
  const words = (part: string): string => (/^[A-Z]+$/.test(part) ? part : plainWords(part.replace(/[A-Z]/g, (letter) => ` ${letter}`)));
  return known[field] ?? field.split(".").map(words).join(", ");
}

/** Claims that a meeting was the first since something, each beside what the record computes. */
export function listClaims(claims: readonly GQL.ClaimFragment[], showing: Showing): Html | null {
  return claims.length === 0 ? null : html`<ul class="rows">${claims.map((claim) => html`<li id="${claim.id}">${showClaim(claim, showing)}</li>`)}</ul>`;
}

function showClaim({ meeting, since, level, verdict, explanation, counterexamples, citation }: GQL.ClaimFragment, { addresses, sources }: Showing): Html {
  const event = since.__typename === "Milestone" ? html`<a href="${addresses.to("/milestones")}#${since.id}">${since.label}</a> (${whenOf(since.on)})` : meetingLink(since, addresses);
  return html`<p>${meetingLink(meeting, addresses)} is said to be the first since ${event}, at the level of ${levelWords(level)}${citation.attributedTo !== null && html`, according to ${citation.attributedTo}`}.${sources.cite([citation])}</p>
<p><strong class="verdict verdict-${verdict.toLowerCase()}">${capital(verdictWords(verdict))}.</strong> ${counterexamples.length > 0 ? html`They had met in between: ${joined(counterexamples.map((one) => meetingLink(one, addresses)), "; ")}.` : explanation}</p>`;
}
