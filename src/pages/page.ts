import type { Addresses } from "./addresses.js";
import type { Html } from "./html.js";
import type { PageOperation } from "./operation.js";
import type { Sources } from "./sources.js";

/** Asks one of the pages' operations, as a client would. */
export type AskPage = <D, V extends object>(operation: PageOperation<D, V>, variables: V) => Promise<D>;

/** What somebody asks for by an address, and what answering it takes. */
export interface PageRequest {
  /** The name in the path: a slug, a code, an id. */
  readonly name: string;
  /** The path itself. */
  readonly path: string;
  /** The parameters of the address. */
  readonly query: URLSearchParams;
  /** The day of whoever answers, in UTC. */
  readonly today: string;
  readonly ask: AskPage;
  readonly addresses: Addresses;
  readonly sources: Sources;
}

/** The same page for programs. */
export interface Export {
  readonly label: string;
  readonly type: string;
  readonly address: string;
}

/** A page about the record, without what all of them have. */
export interface Page {
  readonly kind: "page";
  readonly title: string;
  /** One sentence for search engines. */
  readonly description: string;
  /** The one address of what the page is about; where there are several ways to it, they name this one. */
  readonly canonical: string;
  /** The path of the shelf that it stands on. */
  readonly shelf: string;
  readonly exports?: readonly Export[];
  /** What was looked for. */
  readonly searched?: string;
  readonly main: Html;
}

/** What an address leads to. */
export type Found =
  | Page
  /** It is shown elsewhere; for good where the record was merged into the one that is shown there. */
  | { readonly kind: "moved"; readonly to: string; readonly isLasting?: true }
  /** It is nothing's. */
  | {
      readonly kind: "missing";
      readonly what: string;
      readonly words: string;
      /** A form that asks for another one, with what was asked for in it. */
      readonly again?: Html;
    };

/** A page of the service. */
export interface PageRoute {
  /** The address, with `:name` where the name of a record stands. */
  readonly path: string;
  readonly answer: (request: PageRequest) => Promise<Found>;
}

/** An address that may have been meant, and what it is called. */
export interface Meant {
  readonly kind: string;
  readonly label: string;
  readonly address: string;
}

/** Thrown for an address whose parameters cannot be used; the message says which and why. */
export class AddressError extends Error {
  override readonly name = "AddressError";
  constructor(
    message: string,
    /** What may have been meant. */
    readonly meant: readonly Meant[] = [],
  ) {
    super(message);
  }
}

/** The day that a parameter gives. @throws AddressError for anything but a whole day. */
export function dayIn(query: URLSearchParams, name: string, otherwise: string): string {
  const given = query.get(name);
  if (given === null || given === "") return otherwise;
  if (isDay(given)) return given;
  throw new AddressError(`“${name}” has to be a day such as 2024-11-20, but is “${given.slice(0, 40)}”.`);
}

/** Whether a text is a whole day that there is: not the thirtieth of February. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !text.startsWith("0000") && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}

/** Thrown where an operation of a page has no answer; the code and the message are those that a client would get. */
export class AnswerError extends Error {
  override readonly name = "AnswerError";
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
