import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { DocumentKind, ProposalDecision, ProposalKind, TextAccess } from "../generated/prisma/enums.js";
import { at, shown, type Place } from "../lib/faults.js";
import { encodeBase32 } from "../lib/ids.js";
import { addPack } from "../packs/read.js";
import { packSections } from "../packs/sections.js";
import { packOf, type Mark, type PackFact } from "../reader/pack.js";
import { readReport } from "../reader/read.js";
import type { Reading } from "../reader/types.js";
import { plainText } from "../texts/read.js";
import { performedAct, type Act, type ActAnswer, type ActWork, type Preparation } from "../writing/acts.js";
import type { Plan } from "../writing/plan.js";
import { nameProposers, reviewFaults } from "../writing/review.js";
import type { Statements } from "../writing/store.js";
import {
  day as dayValue,
  flag,
  given,
  language,
  letters,
  line,
  listOf,
  oneOf,
  webAddress,
  whole,
} from "../writing/values.js";
import { knownNames, lookUp } from "./known.js";
import { excerptOf } from "./excerpt.js";
import type { AskModel } from "./model.js";
import { documentKey, firstLine } from "./naming.js";
import { aboutKinds, factOf, keyLetters, proposalOf, proposalValues, type ProposalRow } from "./proposals.js";
import { longestReport } from "./upload.js";

const submitInput = z.strictObject({
  text: letters(longestReport),
  kind: given(oneOf(DocumentKind)),
  title: given(line()),
  publisher: line(),
  language: given(language()),
  publishedOn: given(dayValue()),
  dateline: given(line(200)),
  url: given(webAddress()),
  access: given(oneOf(TextAccess)),
});

const decideInput = z.strictObject({
  submission: line(60),
  decisions: listOf(
    z.strictObject({
      number: whole(1, 100_000),
      expectedVersion: whole(0, 2_147_483_647),
      decision: oneOf(ProposalDecision),
      values: given(proposalValues),
      quote: given(letters(10_000)),
      start: given(whole(0, longestReport)),
    }),
    100,
  ).min(1, { error: "is empty, and nothing would be decided" }),
});

const addInput = z.strictObject({
  submission: line(60),
  kind: oneOf(ProposalKind),
  about: given(line(40)),
  values: proposalValues,
  quote: letters(10_000),
  start: whole(0, longestReport),
});

const publishInput = z.strictObject({
  submission: line(60),
  expectedVersion: whole(0, 2_147_483_647),
  dryRun: given(flag()),
  access: given(oneOf(TextAccess)),
});

const deleteInput = z.strictObject({ submission: line(60) });

const closeInput = z.strictObject({ id: line(60) });

interface Submission {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly publisher: string;
  readonly language: string;
  readonly publishedOn: string | null;
  readonly dateline: string | null;
  readonly url: string | null;
  readonly text: string;
  readonly access: TextAccess;
  readonly sha256: string;
  readonly state: "OPEN" | "DRAFTED" | "PUBLISHED";
  readonly recordIds: readonly string[];
  readonly version: number;
}

interface StoredProposal extends ProposalRow {
  readonly decision: ProposalDecision;
  /** The name of the editor who decided. */
  readonly decidedBy: string | null;
  /** The editor as the history has it. */
  readonly decider: string | null;
  readonly version: number;
}

/** The acts of the desk. @param publishDrafts publishes drafts by their ids. */
export function submissionActs(publishDrafts: NonNullable<Act["perform"]>): readonly Act[] {
  return [
    performedAct({
      name: "submitReport",
      object: "submission",
      reviewed: "apart",
      shape: submitInput,
      prepare: read,
      perform: submit,
    }),
    performedAct({
      name: "decideProposals",
      object: "submission",
      reviewed: "apart",
      shape: decideInput,
      perform: decide,
    }),
    performedAct({
      name: "addProposal",
      object: "submission",
      reviewed: "apart",
      shape: addInput,
      perform: addProposal,
    }),
    performedAct({
      name: "publishSubmission",
      reviewed: "publishes",
      object: "submission",
      shape: publishInput,
      perform: (input, work) => publish(input, work, publishDrafts),
    }),
    performedAct({
      name: "deleteSubmission",
      object: "deletedId",
      reviewed: "apart",
      shape: deleteInput,
      perform: remove,
    }),
    performedAct({
      name: "closeMistakeReport",
      object: "mistakeReport",
      reviewed: "apart",
      shape: closeInput,
      perform: closeMistake,
    }),
  ];
}

/** A report as it was read before the transaction. */
interface Prepared {
  readonly text: string;
  readonly reading: Reading;
  /** The reason why the model proposed nothing; null if it answered, or there is none. */
  readonly modelFault: string | null;
}

/** Services of the process for the desk. */
export interface DeskServices {
  readonly askModel?: AskModel | undefined;
}

async function read(
  { text: given, publishedOn, dateline, publisher, url }: z.infer<typeof submitInput>,
  { statements, signal, services, warn }: Preparation,
): Promise<Prepared | undefined> {
  const text = plainText(given);
  if (text.trim() === "") return undefined;
  const names = await knownNames(statements);
  const reading = readReport(text, { names, publisher, publishedOn, dateline, url });
  const { askModel } = services as DeskServices;
  if (!askModel) return { text, reading, modelFault: null };
  const report = { text, publishedOn: publishedOn ?? reading.publishedOn, dateline: dateline ?? reading.dateline };
  const answer = await askModel(report, reading.facts, signal);
  if ("fault" in answer) {
    warn({ fault: answer.fault }, "the model proposed nothing for a report");
    return { text, reading, modelFault: answer.fault };
  }
  return { text, reading: { ...reading, facts: [...reading.facts, ...answer.facts] }, modelFault: null };
}

async function submit(input: z.infer<typeof submitInput>, work: ActWork): Promise<ActAnswer | undefined> {
  const { statements, actor, actorName, changeSet, place } = work;
  const prepared = work.prepared as Prepared | undefined;
  if (!prepared) {
    changeSet.report({ code: "MISSING", place: at(place, "text"), message: "the text is empty" });
    return undefined;
  }
  const { publishedOn, dateline, publisher, url } = input;
  const { text, reading, modelFault } = prepared;
  const id = `sub_${encodeBase32(randomBytes(10))}`;
  const sha256 = createHash("sha256").update(text, "utf8").digest("hex");
  const found = reading.facts.map((fact, index) => proposalOf(fact, index + 1, text));
  const day = publishedOn ?? reading.publishedOn ?? null;
  const proposals = await withKnownMeetings(statements, found, { sha256, publishedOn: day, text });
  const unread = reading.notUnderstood.map(({ at: begin, text: sentence, words }) => ({
    start: [...text.slice(0, begin)].length,
    text: sentence,
    words,
  }));
  await statements.$executeRawUnsafe(
    `INSERT INTO "Submission" ("id", "kind", "title", "publisher", "language", "publishedOn", "dateline", "url", "text", "sha256",
      "notUnderstood", "submittedBy", "submittedByName", "access", "modelFault")
    VALUES ($1, $2::"DocumentKind", $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13, $14::"TextAccess", $15)`,
    id,
    input.kind ?? DocumentKind.NEWS_REPORT,
    input.title ?? firstLine(text),
    publisher,
    input.language ?? "en",
    day,
    dateline ?? reading.dateline ?? null,
    url ?? null,
    text,
    sha256,
    JSON.stringify(unread),
    actor,
    actorName,
    input.access ?? TextAccess.PRIVATE,
    modelFault,
  );
  await statements.$executeRawUnsafe(
    `INSERT INTO "Proposal" ("submissionId", "number", "kind", "key", "about", "values", "proposed", "quote", "start", "tier", "rule")
    SELECT $1, p."number", p."kind"::"ProposalKind", p."key", p."about", p."values", p."values", p."quote", p."start",
      p."tier"::"ProposalTier", p."rule"
    FROM jsonb_to_recordset($2::jsonb) AS p("number" int, "kind" text, "key" text, "about" text, "values" jsonb, "quote" text,
      "start" int, "tier" text, "rule" text)`,
    id,
    JSON.stringify(proposals),
  );
  return { submission: id };
}

/**
 * Proposes that a meeting is one of the record: the same sitting of a forum, or the only one with the same parties and
 * day. A planned meeting without a day may be one of the ten days after the report.
 */
async function withKnownMeetings<P extends ProposalRow>(
  statements: Statements,
  proposals: readonly P[],
  report: { readonly sha256: string; readonly publishedOn: string | null; readonly text: string },
): Promise<P[]> {
  const known = await lookUp(statements, { ...report, facts: proposals.map((one) => factOf(one, report.text)) });
  const about = (key: string | null, kind: ProposalKind) =>
    proposals.find((one) => one.kind === kind && one.about === key)?.values;
  const meetings = proposals
    .filter(({ kind }) => kind === "MEETING")
    .map(({ number, key, values }) => {
      const date = about(key, "DATE")?.["value"];
      const series = about(key, "SERIES");
      const forum = typeof series?.["name"] === "string" ? known.forum(series["name"]) : undefined;
      const session =
        forum === undefined
          ? undefined
          : known.session(forum, series?.["ordinal"], typeof date === "string" ? date : undefined);
      const day = typeof date === "string" ? date.split("/")[0] : null;
      const isPlanned = about(key, "STATUS")?.["value"] === "EXPECTED";
      return { number, parties: values["parties"], day, session, isPlanned };
    });
  const same = await statements.$queryRawUnsafe<{ number: number; slugs: string[] }[]>(
    `SELECT g."number", array_agg(m."slug") AS "slugs" FROM jsonb_to_recordset($1::jsonb)
      AS g("number" int, "parties" jsonb, "day" text, "isPlanned" boolean)
    JOIN "Meeting" m ON m."on" = g."day"
      OR (g."day" IS NULL AND g."isPlanned" AND m."onEarliest" BETWEEN $2::date AND $2::date + 10)
    WHERE array(SELECT DISTINCT y."code" FROM "Participant" s JOIN "Party" y ON y."id" = s."partyId" WHERE s."meetingId" = m."id" ORDER BY 1)
      = array(SELECT DISTINCT x FROM jsonb_array_elements_text(g."parties") AS x ORDER BY 1)
    GROUP BY g."number" HAVING count(*) = 1`,
    JSON.stringify(meetings),
    /^\d{4}-\d\d-\d\d$/.test(report.publishedOn ?? "") ? report.publishedOn : null,
  );
  const taken = new Set<string>();
  return proposals.map((proposal) => {
    const session = meetings.find(({ number }) => number === proposal.number)?.session;
    const slug = session ?? same.find(({ number }) => number === proposal.number)?.slugs[0];
    if (slug === undefined || taken.has(slug)) return proposal;
    taken.add(slug);
    return { ...proposal, values: { ...proposal.values, sameAs: slug } };
  });
}

/** The report of an act, which waits for the act's end before others change it. Reports a fault if there is none. */
async function find({ statements, changeSet, place }: ActWork, id: string): Promise<Submission | undefined> {
  const [found] = await statements.$queryRawUnsafe<Submission[]>(
    `SELECT "id", "kind"::text, "title", "publisher", "language", "publishedOn", "dateline", "url", "text", "access"::text, "sha256", "state"::text,
      "recordIds", "version" FROM "Submission" WHERE "id" = $1 FOR UPDATE`,
    id,
  );
  if (!found)
    changeSet.report({
      code: "NOT_FOUND",
      place: at(place, "submission"),
      message: `the desk has no report with the id ${shown(id)}; it may have been deleted`,
    });
  return found;
}

/** The report of an act that decides on it. */
async function findOpen(work: ActWork, id: string): Promise<Submission | undefined> {
  const found = await find(work, id);
  if (!found || found.state === "OPEN") return found;
  const message = `this report was ${found.state === "DRAFTED" ? "stored as drafts" : "published"} already; correct its records instead`;
  work.changeSet.report({ code: "CONFLICT", place: at(work.place, "submission"), message });
  return undefined;
}

function proposalsOf(statements: Statements, id: string): Promise<StoredProposal[]> {
  return statements.$queryRawUnsafe<StoredProposal[]>(
    `SELECT "number", "kind"::text, "key", "about", "values", "quote", "start", "decision"::text, "version",
      coalesce("decidedByName", "decidedBy") AS "decidedBy", "decidedBy" AS "decider" FROM "Proposal" WHERE "submissionId" = $1 ORDER BY "number"`,
    id,
  );
}

const decided: Readonly<Record<ProposalDecision, string>> = {
  PENDING: "reopened",
  ACCEPTED: "accepted",
  REJECTED: "rejected",
};

async function decide(input: z.infer<typeof decideInput>, work: ActWork): Promise<ActAnswer | undefined> {
  const { statements, changeSet, place, actor, actorName } = work;
  const answer = { submission: input.submission };
  const report = await findOpen(work, input.submission);
  if (!report) return answer;
  const stored = new Map((await proposalsOf(statements, report.id)).map((one) => [one.number, one]));
  const seen = new Set<number>();
  for (const [index, one] of input.decisions.entries()) {
    const where = at(place, "decisions", index);
    const current = stored.get(one.number);
    if (seen.has(one.number))
      changeSet.report({ code: "DUPLICATE", place: at(where, "number"), message: "this proposal is decided twice" });
    seen.add(one.number);
    if (!current) {
      const message = `the report has no proposal ${String(one.number)}`;
      changeSet.report({ code: "NOT_FOUND", place: at(where, "number"), message });
    } else if (current.version !== one.expectedVersion) {
      const message = `proposal ${String(one.number)} was ${decided[current.decision]}${current.decidedBy === null ? "" : ` by ${current.decidedBy}`} in the meantime. Look at it and decide again`;
      changeSet.report({ code: "CONFLICT", place: at(where, "expectedVersion"), message });
    }
    checkPassage(work, report.text, one, where);
  }
  if (changeSet.faults.length > 0) return answer;
  const rows = input.decisions.map(({ number, decision, values, quote, start }) => ({
    number,
    decision,
    values: values ?? null,
    quote: quote ?? null,
    start: quote === undefined ? null : start,
  }));
  await statements.$executeRawUnsafe(
    `UPDATE "Proposal" p SET "decision" = d."decision"::"ProposalDecision", "values" = coalesce(d."values", p."values"),
      "quote" = coalesce(d."quote", p."quote"), "start" = coalesce(d."start", p."start"), "version" = p."version" + 1,
      "decidedBy" = CASE d."decision" WHEN 'PENDING' THEN NULL ELSE $3 END,
      "decidedByName" = CASE d."decision" WHEN 'PENDING' THEN NULL ELSE $4 END,
      "decidedAt" = CASE d."decision" WHEN 'PENDING' THEN NULL ELSE now() END
    FROM jsonb_to_recordset($2::jsonb) AS d("number" int, "decision" text, "values" jsonb, "quote" text, "start" int)
    WHERE p."submissionId" = $1 AND p."number" = d."number"`,
    report.id,
    JSON.stringify(rows),
    actor,
    actorName,
  );
  await touch(statements, report.id);
  return answer;
}

/** Checks that words stand in the text where they are said to. */
function checkPassage(
  { changeSet }: ActWork,
  text: string,
  { quote, start }: { readonly quote?: string | undefined; readonly start?: number | undefined },
  place: Place,
): void {
  if (quote === undefined) return;
  const characters = [...quote].length;
  const found = [...text].slice(start ?? -1, (start ?? -1) + characters).join("");
  if (start !== undefined && found === quote && quote.trim() !== "") return;
  const message = "these words do not stand in the report at this position; mark them in the text";
  changeSet.report({ code: "MISQUOTED", place: at(place, "quote"), message });
}

async function touch(statements: Statements, id: string): Promise<void> {
  await statements.$executeRawUnsafe(
    `UPDATE "Submission" SET "version" = "version" + 1, "changedAt" = now() WHERE "id" = $1`,
    id,
  );
}

async function addProposal(input: z.infer<typeof addInput>, work: ActWork): Promise<ActAnswer | undefined> {
  const { statements, changeSet, place, actor, actorName } = work;
  const report = await findOpen(work, input.submission);
  if (!report) return { submission: input.submission };
  const stored = await proposalsOf(statements, report.id);
  checkPassage(work, report.text, input, place);
  checkAbout(work, input, stored);
  if (changeSet.faults.length > 0) return { submission: report.id };
  const letter = keyLetters[input.kind];
  const used = new Set(stored.map(({ key }) => key));
  let count = 1;
  while (letter !== undefined && used.has(`${letter}${String(count)}`)) count += 1;
  await statements.$executeRawUnsafe(
    `INSERT INTO "Proposal" ("submissionId", "number", "kind", "key", "about", "values", "quote", "start", "rule", "decision",
      "decidedBy", "decidedByName", "decidedAt")
    VALUES ($1, $2, $3::"ProposalKind", $4, $5, $6::jsonb, $7, $8, 'editor', 'ACCEPTED', $9, $10, now())`,
    report.id,
    (stored.at(-1)?.number ?? 0) + 1,
    input.kind,
    letter === undefined ? null : `${letter}${String(count)}`,
    input.about ?? null,
    JSON.stringify(input.values),
    input.quote,
    input.start,
    actor,
    actorName,
  );
  await touch(statements, report.id);
  return { submission: report.id };
}

function checkAbout(
  { changeSet, place }: ActWork,
  { kind, about }: { readonly kind: ProposalKind; readonly about?: string | undefined },
  stored: readonly StoredProposal[],
): void {
  const kinds = aboutKinds[kind];
  const subject = stored.find(({ key }) => key !== null && key === about);
  const isMissing = about === undefined ? kinds !== undefined : !subject;
  if (!isMissing && (!subject || !kinds || kinds.includes(subject.kind))) return;
  const wanted = (kinds ?? ["MEETING"]).map((one) => one.toLowerCase()).join(", ");
  const message = `name the proposal that it is about by its key: ${wanted}`;
  changeSet.report({ code: about === undefined ? "MISSING" : "INVALID", place: at(place, "about"), message });
}

async function publish(
  input: z.infer<typeof publishInput>,
  work: ActWork,
  publishDrafts: NonNullable<Act["perform"]>,
): Promise<ActAnswer | undefined> {
  const { statements, changeSet, place, isDraft } = work;
  const answer = { submission: input.submission };
  const report = await find(work, input.submission);
  if (!report) return answer;
  if (report.version !== input.expectedVersion) {
    const message = `the report is at version ${String(report.version)}, not ${String(input.expectedVersion)}: another editor has changed it. Look at the changes first`;
    changeSet.report({ code: "CONFLICT", place: at(place, "expectedVersion"), message });
    return answer;
  }
  if (report.state === "PUBLISHED" || (report.state === "DRAFTED" && isDraft)) {
    const message =
      report.state === "PUBLISHED" ? "this report was published already" : "its drafts are stored already";
    changeSet.report({ code: "CONFLICT", place: at(place, "submission"), message });
    return answer;
  }
  if (report.state === "DRAFTED") {
    if (input.access === undefined) return publishDrafted(report, input.dryRun === true, work, publishDrafts);
    const message = "its document is drafted with its access already; correct the access of the document instead";
    changeSet.report({ code: "INVALID", place: at(place, "access"), message });
    return answer;
  }
  const accepted = (await proposalsOf(statements, report.id)).filter(({ decision }) => decision === "ACCEPTED");
  if (accepted.length === 0) {
    changeSet.report({ code: "MISSING", place: at(place, "submission"), message: "no proposal is accepted yet" });
    return answer;
  }
  if (!isDraft && input.dryRun !== true) {
    const isOwn = accepted.some(({ decider }) => decider === work.actor);
    for (const message of reviewFaults(work.review, isOwn))
      changeSet.report({ code: "REVIEW_REQUIRED", place: at(place, "submission"), message });
    if (changeSet.faults.length > 0) return answer;
    await nameProposers(statements, [...new Set(accepted.flatMap(({ decidedBy }) => decidedBy ?? []))].sort());
  }
  const access = input.access ?? report.access;
  const plan = await writeProposals({ ...report, access }, accepted, input.dryRun === true, work);
  if (!plan || input.dryRun === true) return answer;
  await finish(statements, report.id, isDraft ? "DRAFTED" : "PUBLISHED", recordsOf(plan), access);
  return answer;
}

async function writeProposals(
  report: Submission,
  accepted: readonly StoredProposal[],
  isRehearsal: boolean,
  work: ActWork,
): Promise<Plan | undefined> {
  const { statements, changeSet, place } = work;
  const { publishedOn, access } = report;
  checkSubjects(accepted, work);
  if (changeSet.faults.length > 0) return undefined;
  const passages = accepted.map(({ start, quote }) => ({ start, length: [...quote].length }));
  const excerpt = access === TextAccess.EXCERPT ? excerptOf(report.text, passages) : undefined;
  const text = excerpt?.text ?? report.text;
  const numbers = new Map<PackFact, number>();
  const facts = accepted.map((proposal) => {
    const start = excerpt?.moved(proposal.start) ?? proposal.start;
    const fact = factOf({ ...proposal, start }, text);
    numbers.set(fact, proposal.number);
    return fact;
  });
  const known = await lookUp(statements, { sha256: report.sha256, publishedOn, facts });
  const { pack, marks } = packOf({
    name: await documentKey(statements, report),
    text,
    kind: report.kind,
    access,
    title: report.title,
    publisher: report.publisher,
    language: report.language,
    dateline: report.dateline ?? undefined,
    publishedOn: publishedOn ?? undefined,
    url: report.url ?? undefined,
    facts,
    known,
  });
  const { document } = known;
  const written = await addPack(
    {
      content: pack,
      texts: new Map([["report.txt", text]]),
      published: new Map(document?.publishedOn === undefined ? [] : [[document.key, document.publishedOn]]),
    },
    changeSet,
  );
  const placeOf = (fault: Place): Place => {
    const mark = markAt(marks, written(fault).path);
    const number = mark && numbers.get(mark.fact);
    return number === undefined ? place : at(place, "proposals", number);
  };
  return work.carryOutTogether(placeOf, isRehearsal);
}

/** An accepted fact needs the accepted meeting, visit or agreement that it is about. */
function checkSubjects(accepted: readonly StoredProposal[], { changeSet, place }: ActWork): void {
  const keys = new Set(accepted.map(({ key }) => key));
  for (const { number, about, kind } of accepted) {
    // A statement can stand by itself.
    if (about === null || keys.has(about) || kind === "STATEMENT") continue;
    const message = "the proposal that it is about is not accepted; accept that one too, or reject this one";
    changeSet.report({ code: "MISSING", place: at(place, "proposals", number), message });
  }
}

/** The innermost part of a pack around a place. */
function markAt(marks: readonly Mark[], path: Place["path"]): Mark | undefined {
  const around = marks.filter((mark) => mark.path.every((step, index) => step === path[index]));
  return around.sort((one, other) => other.path.length - one.path.length)[0];
}

const sectionTables: ReadonlySet<string> = new Set(packSections.map(({ kind }) => kind.table));

/** The records that a plan writes something for, or adds parts to. */
function recordsOf({ records }: Plan): string[] {
  return [
    ...new Set(
      records.flatMap(({ table, id, desired }) => (desired !== undefined && sectionTables.has(table) ? id : [])),
    ),
  ];
}

async function finish(
  statements: Statements,
  id: string,
  state: Submission["state"],
  recordIds: readonly string[],
  access: TextAccess,
): Promise<void> {
  await statements.$executeRawUnsafe(
    `UPDATE "Submission" SET "state" = $2::"SubmissionState", "recordIds" = $3::text[], "access" = $4::"TextAccess",
      "version" = "version" + 1, "changedAt" = now() WHERE "id" = $1`,
    id,
    state,
    recordIds,
    access,
  );
}

/** The table of a record by its id. */
function tableOf(id: string): string | undefined {
  return packSections.find(({ kind }) => id.startsWith(`${kind.prefix}_`))?.kind.table;
}

/** Publishes what is left of the drafts of a report; an editor may have published or discarded some of them. */
async function publishDrafted(
  { id, recordIds, access }: Submission,
  isRehearsal: boolean,
  work: ActWork,
  publishDrafts: NonNullable<Act["perform"]>,
): Promise<ActAnswer> {
  const { statements } = work;
  const drafted = await statements.$queryRawUnsafe<{ id: string }[]>(
    `SELECT r."id" FROM jsonb_to_recordset($1::jsonb) AS r("id" text, "table" text)
    WHERE editing."isDraft"(r."table", r."id") OR cardinality(past."withParts"(ARRAY[r."id"])) > 1`,
    JSON.stringify(recordIds.map((one) => ({ id: one, table: tableOf(one) }))),
  );
  await statements.$executeRawUnsafe("SAVEPOINT drafts");
  const ids = drafted.map((one) => one.id);
  const published = ids.length === 0 ? {} : await publishDrafts({ ids }, work);
  if (published === undefined || isRehearsal) {
    await statements.$executeRawUnsafe("ROLLBACK TO SAVEPOINT drafts");
    return { submission: id };
  }
  await finish(statements, id, "PUBLISHED", recordIds, access);
  return { submission: id };
}

async function remove({ submission }: z.infer<typeof deleteInput>, work: ActWork): Promise<ActAnswer | undefined> {
  if (!(await find(work, submission))) return undefined;
  await work.statements.$executeRawUnsafe(`DELETE FROM "Submission" WHERE "id" = $1`, submission);
  return { deletedId: submission };
}

async function closeMistake({ id }: z.infer<typeof closeInput>, work: ActWork): Promise<ActAnswer | undefined> {
  const { statements, changeSet, place, actor, actorName } = work;
  const closed = await statements.$executeRawUnsafe(
    `UPDATE "MistakeReport" SET "closedBy" = coalesce("closedBy", $2), "closedByName" = CASE WHEN "closedBy" IS NULL THEN $3 ELSE "closedByName" END,
      "closedAt" = coalesce("closedAt", now()) WHERE "id" = $1`,
    id,
    actor,
    actorName,
  );
  if (closed > 0) return { mistakeReport: id };
  const message = `there is no report of a mistake with the id ${shown(id)}`;
  changeSet.report({ code: "NOT_FOUND", place: at(place, "id"), message });
  return undefined;
}
