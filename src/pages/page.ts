import type { Addresses } from "./addresses.js";
import type { Html } from "./html.js";
import type { PageOperation } from "./operation.js";
import type { Sources } from "./sources.js";

/** Executes an operation of a page, like one that a client sends. */
export type AskPage = <D, V extends object>(operation: PageOperation<D, V>, variables: V) => Promise<D>;

/** A request for a page, with the means to answer it. */
export interface PageRequest {
  /** The name in the path: a slug, code or id. */
  readonly name: string;
  readonly path: string;
  /** The parameters of the address. */
  readonly query: URLSearchParams;
  /** The current day in UTC. */
  readonly today: string;
  readonly ask: AskPage;
  readonly addresses: Addresses;
  readonly sources: Sources;
}

/** The page's data in another format. */
export interface Export {
  readonly label: string;
  readonly type: string;
  readonly address: string;
}

/** Content of a page about the record, without the layout. */
export interface Page {
  readonly kind: "page";
  /** The id of the record that the page is about, if it is about one. */
  readonly record?: string;
  readonly title: string;
  /** One sentence for search engines. */
  readonly description: string;
  /** The canonical path, if there are several for the same content. */
  readonly canonical: string;
  /** The path of the section that the page belongs to. */
  readonly section: string;
  readonly exports?: readonly Export[];
  /** The search terms. */
  readonly searched?: string;
  readonly main: Html;
}

/** The result of a request: a page, a redirect, or nothing. */
export type PageResult =
  | Page
  /** A redirect; permanent if the record was merged into the one that is shown there. */
  | { readonly kind: "moved"; readonly to: string; readonly isPermanent?: true }
  /** Data for a script of a page, as JSON. */
  | { readonly kind: "data"; readonly data: unknown }
  /** The record has no such name. */
  | {
      readonly kind: "missing";
      readonly what: string;
      readonly words: string;
      /** A form to try another name, with the given one filled in. */
      readonly again?: Html;
    };

/** A page of the service. */
export interface PageRoute {
  /** The path, with `:name` for the name of a record. */
  readonly path: string;
  readonly answer: (request: PageRequest) => Promise<PageResult>;
}

/** A link to a page that the user may have meant. */
export interface Suggestion {
  readonly kind: string;
  readonly label: string;
  readonly address: string;
}

/** Thrown for invalid parameters. The message says which and why, for the page's readers. */
export class AddressError extends Error {
  override readonly name = "AddressError";
  constructor(
    message: string,
    readonly suggestions: readonly Suggestion[] = [],
  ) {
    super(message);
  }
}

/** The day in a parameter. @throws AddressError for anything else than an exact day. */
export function dayIn(query: URLSearchParams, name: string, otherwise: string): string {
  const given = query.get(name);
  if (given === null || given === "") return otherwise;
  if (isDay(given)) return given;
  throw new AddressError(`“${name}” must be a day such as 2024-11-20, but is “${given.slice(0, 40)}”.`);
}

/** Whether a text is an exact and existing day; 30 February is not. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    !text.startsWith("0000") &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString().startsWith(text)
  );
}

/** Thrown if an operation of a page fails. Code and message are those that a client would get. */
export class AnswerError extends Error {
  override readonly name = "AnswerError";
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
