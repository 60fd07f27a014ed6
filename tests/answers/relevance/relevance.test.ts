import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSeeded, type Seeded } from "../../support/seeded.js";

// Questions as people type them, and the records that they want: one of these has to be among the first three results.
// In `wanted`, ` | ` separates alternatives and `*` stands for any characters. `Passage:` is a citation of a record.

interface Question {
  readonly question: string;
  readonly difficulty: string;
  readonly wanted: string;
}

/** The files of questions, and how many of them find what they want at least. `last` was looked at only at the end. */
const files = [
  { name: "first", questions: 50, found: 50 },
  { name: "own", questions: 189, found: 188 },
  { name: "last", questions: 57, found: 56 },
] as const;

function readQuestions(name: string): Question[] {
  const [head, ...lines] = readFileSync(join(import.meta.dirname, `${name}.tsv`), "utf8")
    .trimEnd()
    .split("\n");
  expect(head).toBe("question\tdifficulty\twanted");
  return lines.map((line) => {
    const [question = "", difficulty = "", wanted = ""] = line.split("\t");
    return { question, difficulty, wanted };
  });
}

const search = /* GraphQL */ `
  query ($query: String!) {
    search(query: $query, first: 3) {
      nodes {
        match {
          __typename
          ... on Person { name: slug }
          ... on State { name: code }
          ... on Organization { name: code }
          ... on Forum { name: slug }
          ... on Meeting { name: slug }
          ... on Statement { name: key }
          ... on Document { name: key }
          ... on Agreement { name: key }
          ... on Activity { name: key }
          ... on Office { name: key }
          ... on Place { name: key }
          ... on Visit { name: key }
          ... on Milestone { name: key }
          ... on Commitment { name: key }
          ... on Citation {
            subject { __typename ... on Statement { name: key } ... on Commitment { name: key } ... on Milestone { name: key } }
          }
        }
      }
    }
  }
`;

interface Match {
  readonly __typename: string;
  readonly name?: string;
  readonly subject?: Match;
}

const nameOf = ({ __typename, name, subject }: Match): string =>
  subject === undefined ? `${__typename}:${name ?? ""}` : `Passage:${nameOf(subject)}`;

function isWanted(wanted: string, name: string): boolean {
  return wanted.split(" | ").some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`).test(name);
  });
}

describe("search over the seeds", () => {
  let seeded: Seeded;
  beforeAll(async () => {
    seeded = await openSeeded(["reference", "report", "facts", "record"]);
  }, 600_000);
  afterAll(() => seeded.close());

  it.each(files)("finds $found of $questions questions of $name.tsv among the first three", async (file) => {
    const questions = readQuestions(file.name);
    expect(questions).toHaveLength(file.questions);
    const missed: string[] = [];
    for (const { question, difficulty, wanted } of questions) {
      const { nodes } = (
        await seeded.ask<{ search: { nodes: readonly { readonly match: Match }[] } }>(search, { query: question })
      ).search;
      const names = nodes.map(({ match }) => nameOf(match));
      if (!names.some((name) => isWanted(wanted, name)))
        missed.push(`${question} (${difficulty}): ${names.join(", ")}, not ${wanted}`);
    }
    expect(questions.length - missed.length, missed.join("\n")).toBeGreaterThanOrEqual(file.found);
  });
});
