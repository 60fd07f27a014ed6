import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { equals } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { enumerated, parameter } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { recordFields, survivingId } from "../history/history.lists.js";
import { documentIdentifiersField } from "../identifiers.fields.js";
import { byDay, byId } from "../orders.js";
import { subjectColumns } from "../citations.js";
import { citationConditions, placeInText, type CitationArguments } from "./documents.lists.js";

/** Documents, and where they say what the record states. */
export const documentTypes = [
  objectType<GQL.Document>()("Document", "Document", {}, (from) => ({
    ...recordFields<Tables["Document"]>("Document"),
    identifiers: documentIdentifiersField(),
    id: from.word("id"),
    key: from.column("key"),
    kind: from.column("kind"),
    title: from.column("title"),
    titleIsOurs: from.column("titleIsOurs"),
    publisher: from.column("publisher"),
    agency: from.column("agency"),
    dateline: from.column("dateline"),
    language: from.column("language"),
    publishedOn: from.column("publishedOn"),
    url: from.column("url"),
    edition: from.column("edition"),
    licence: from.column("licence"),
    doi: from.column("doi"),
    access: from.column("access"),
    // Whether a private text is seen follows from the read view.
    text: from.proseExpression<string | null>(
      ({ row }) => sql`"visibleText"(${row.col("id")}, ${row.col("text")})`,
      "column",
    ),
    sha256: from.column("sha256"),
    citations: from.connection<"Citation", CitationArguments>("Citation", {
      where: ({ row, target, args }) => [
        sql`${target.col("documentId")} = ${row.col("id")}`,
        ...citationConditions(target, args.filter),
      ],
      order: ({ target }) => ({
        name: "text",
        terms: [{ by: placeInText(target), type: "int", direction: "ASC" }, byId(target.col("id"))],
      }),
    }),
  })),

  objectType<GQL.Citation>()("Citation", "Citation", {}, (from) => ({
    ...recordFields<Tables["Citation"]>("Citation"),
    id: from.word("id"),
    key: from.column("key"),
    stance: from.column("stance"),
    attributedTo: from.column("attributedTo"),
    passage: from.group("Passage", (row) => sql`${row.col("quote")} is not null`),
    locator: from.column("locator"),
    document: from.one("Document", "documentId"),
    subject: from.byId(
      "CitationSubject",
      ({ row }) => sql`coalesce(${sql.join(subjectColumns.map((name) => row.col(name)))})`,
    ),
  })),

  objectType<GQL.Passage>()("Passage", "Citation", {}, (from) => ({
    quote: from.proseExpression(({ row }) => row.col("quote"), "column"),
    start: from.expression(({ row }) => row.col("start")),
    end: from.expression(({ row }) => row.col("end")),
  })),
];

/** The root fields of this module. */
export const documentRoots = objectType<Pick<GQL.Query, "document" | "documents">>()("Query", null, {}, (from) => ({
  document: from.one<"Document", Traced<GQL.QueryDocumentArgs>>("Document", {
    where: ({ target, args }) => sql`${target.col("id")} = ${survivingId(parameter(args.id, "text"))}`,
  }),
  documents: from.connection<"Document", Traced<GQL.QueryDocumentsArgs>>("Document", {
    where: ({ target, args: { filter } }) => [
      filter?.kind ? sql`${target.col("kind")} = ${enumerated(filter.kind, "DocumentKind")}` : undefined,
      equals(target.col("publisher"), filter?.publisher),
      filter?.published?.from
        ? sql`${target.col("publishedOnLatest")} >= ${parameter(filter.published.from, "date")}`
        : undefined,
      filter?.published?.to
        ? sql`${target.col("publishedOnEarliest")} <= ${parameter(filter.published.to, "date")}`
        : undefined,
    ],
    order: ({ target }) => ({
      name: "published",
      terms: [byDay(target.col("publishedOnEarliest"), "DESC"), byId(target.col("id"), "DESC")],
    }),
  }),
}));
