import { z } from "zod";
import { Acknowledgement } from "../writing/acknowledgements.js";
import type { WatchStatements } from "../lib/watching.js";
import type { UserError } from "../generated/schema.types.js";
import { at, type Fault, type Place } from "../lib/faults.js";
import { recordKinds } from "../modules/kinds.js";
import { everyFactIsCited } from "../modules/documents/documents.commands.js";
import { checkOfficesHeld, markDoubtful } from "../modules/meetings/offices.commands.js";
import { statementsOn } from "../writing/client.js";
import type { Act, ActAnswer, ActWork, FoundRecord, Preparation, Review } from "../writing/acts.js";
import { newChangeSet, type ChangeSet } from "../writing/change.set.js";
import { addsCompared, checkDuplicates } from "../writing/duplicates.js";
import type { Plan } from "../writing/plan.js";
import { planChanges } from "../writing/planning/planner.js";
import type { DesiredRecord } from "../writing/records.js";
import { formerNames } from "../writing/names.js";
import { keysForIds } from "../writing/references.js";
import { addValidParts } from "../writing/partial.validation.js";
import { initially, saidIn } from "../writing/said.js";
import { readShape } from "../writing/sections.js";
import { rowsWhere, type Statements } from "../writing/store.js";
import { inOneWrite, RefusedError, type WritableDatabase } from "../writing/transaction.js";
import { flag, given, line, listOf, oneOf, prose, whole } from "../writing/values.js";
import { writePlan } from "../writing/write.js";
import { digestOf, keepOutcome, outcomeBefore, type KeyedAct } from "./idempotency.js";
import { placedIn, userErrorsOf } from "./user-errors.js";

/** The result of a mutation. */
export interface ActOutcome {
  /** The objects in its payload; null if it was rejected, except for a record that has changed in the meantime. */
  readonly answer: ActAnswer | null;
  readonly userErrors: readonly UserError[];
  /** Whether it is the result of an earlier request with the same idempotency key. */
  readonly isReplay?: boolean;
}

/** The author and the time limit of a mutation. */
export interface ActRequest {
  /** The author in the history. */
  readonly actor: string;
  readonly actorName: string | null;
  readonly signal: AbortSignal;
  /** Time limit in milliseconds. */
  readonly timeout: number;
  readonly log: { warn(facts: object, message: string): void };
  /** None is required when left out. */
  readonly review?: Review | undefined;
  /** Services that the process has besides the database. */
  readonly services?: object | undefined;
  /** Receives each of its statements. */
  readonly watch?: WatchStatements | undefined;
}

/** Input fields that all mutations share. */
export const envelopeShape = z.strictObject({
  idempotencyKey: given(line(200)),
  draft: given(initially(flag(), false)),
  reason: given(prose(2_000)),
  acknowledge: given(listOf(oneOf(Acknowledgement), 20)),
  expectedVersion: given(whole(0, 2_147_483_647)),
});

type Envelope = z.infer<typeof envelopeShape>;

/** The input, divided into common and specific fields. */
interface Sent {
  readonly envelope: Envelope;
  /** The mutation's own input fields. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];
}

const inputPlace: Place = { file: null, path: ["input"] };

/**
 * Executes a mutation in its own transaction. With any fault nothing is written, and all faults are reported.
 * @throws DatabaseError if the database fails, or the reason of the signal; nothing is written then.
 */
export async function runAct(
  database: WritableDatabase,
  act: Act,
  input: unknown,
  { actor, actorName, review = noReview, services = {}, signal, timeout, log, watch }: ActRequest,
): Promise<ActOutcome> {
  const sent = takeApart(act, input as Readonly<Record<string, unknown>>);
  const { envelope } = sent;
  const keyed = keyedAct(act, actor, sent);
  const outside = statementsOn(database.pool);
  const before = keyed && act.prepare && (await outcomeBefore<ActOutcome>(outside, keyed));
  const prepared =
    before === undefined
      ? await prepare(act, sent, { statements: outside, signal, services, warn: log.warn.bind(log) })
      : undefined;
  const options = {
    timeout,
    signal,
    watch,
    isDraft: envelope.draft === true,
    isShared: isShared(act, sent),
    lock: keyed && JSON.stringify([keyed.actor, keyed.key]),
    act: { kind: act.name, actor, actorName, reason: envelope.reason ?? null },
  };
  try {
    return await inOneWrite(
      database,
      async (statements) => {
        const before = keyed && (await outcomeBefore<ActOutcome>(statements, keyed));
        if (before === "another") return refused([keyReused]);
        if (before !== undefined) return { ...before.outcome, isReplay: true };
        const outcome = await carryOut(statements, act, sent, { actor, actorName, review, prepared });
        // Errors are not stored under the key, so that a retry can succeed after their cause is gone.
        if (keyed && outcome.userErrors.length === 0) await keepOutcome(statements, keyed, outcome);
        return outcome;
      },
      options,
    );
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    log.warn({ err: error, act: act.name }, "the database rejected a mutation that the rules accepted");
    return refused([refusedByDatabase]);
  }
}

/**
 * Whether an act may run beside others: one that adds to the record notes all that it reads. Acts that do more, drafts,
 * which have no history, and dry runs, which have no commit, run alone.
 */
function isShared({ add, perform, isDry }: Act, { envelope, body }: Sent): boolean {
  return add !== undefined && perform === undefined && envelope.draft !== true && isDry?.(body) !== true;
}

/** Does what an act does without the lock; nothing for an input that it will not take. */
async function prepare(act: Act, { body, faults }: Sent, preparation: Preparation): Promise<unknown> {
  if (!act.prepare || faults.length > 0) return undefined;
  const read = readShape(act.shape, body, inputPlace);
  return "value" in read ? act.prepare(read.value, preparation) : undefined;
}

const noReview: Review = { isRequired: false, mayPublish: true };

/** The fault of an act that one editor alone would publish, where that is not allowed. */
function lacksReview(act: Act, { envelope, body }: Sent, { isRequired, mayPublish }: Review): Fault | undefined {
  if (!isRequired || act.reviewed === "apart" || act.isDry?.(body) === true) return undefined;
  if (act.reviewed === "publishes" || envelope.draft === true) return undefined;
  if (act.reviewed === "at once") {
    const message = "this cannot be drafted, and an editor with the scope PUBLISH does it; ask one";
    return mayPublish ? undefined : { code: "REVIEW_REQUIRED", place: inputPlace, message };
  }
  const message =
    "this service publishes nothing that one editor alone has seen; send draft: true, and another editor with the scope PUBLISH publishes the draft";
  return { code: "REVIEW_REQUIRED", place: at(inputPlace, "draft"), message };
}

const keyReused: Fault = {
  code: "IDEMPOTENCY_KEY_REUSED",
  place: at(inputPlace, "idempotencyKey"),
  message: "this key belongs to another request; use a new key for each mutation",
};

// Messages of Postgres name constraints; they are only logged.
const refusedByDatabase: Fault = {
  code: "REFUSED",
  place: inputPlace,
  message: "this contradicts other data in the record",
};

function refused(faults: readonly Fault[], answer: ActAnswer | null = null): ActOutcome {
  return { answer, userErrors: userErrorsOf(faults) };
}

function takeApart({ shape }: Act, input: Readonly<Record<string, unknown>>): Sent {
  const names = Object.keys(envelopeShape.shape);
  const outside = Object.fromEntries(Object.entries(input).filter(([name]) => names.includes(name)));
  const body = Object.fromEntries(
    Object.entries(input).filter(([name]) => !names.includes(name) || Object.hasOwn(shape.shape, name)),
  );
  const read = readShape(envelopeShape, outside, inputPlace);
  return "faults" in read
    ? { envelope: {} as Envelope, body, faults: read.faults }
    : { envelope: read.value, body, faults: [] };
}

function keyedAct({ name, shape, isDry }: Act, actor: string, { envelope, body }: Sent): KeyedAct | undefined {
  const { idempotencyKey: key, ...rest } = envelope;
  if (key === undefined || isDry?.(body) === true) return undefined;
  const read = readShape(shape, body, inputPlace);
  const said = "value" in read ? saidIn(shape, read.value) : body;
  return { actor, key, digest: digestOf(name, [saidIn(envelopeShape, rest), said]) };
}

async function carryOut(
  statements: Statements,
  act: Act,
  { envelope, body, faults }: Sent,
  editor: Pick<ActWork, "actor" | "actorName" | "review" | "prepared">,
): Promise<ActOutcome> {
  const unseen = lacksReview(act, { envelope, body, faults }, editor.review);
  if (unseen) return refused([unseen]);
  const changeSet = newChangeSet();
  faults.forEach(changeSet.report);
  const keyed = await keysForIds(statements, recordKinds, act.shape, body, inputPlace);
  const changed = await changedRecord(statements, act, keyed.value as Readonly<Record<string, unknown>>);
  const stale = changed && (await staleness(statements, changed, envelope));
  // The expected version is outdated. Other faults may be due to that, so they are not reported.
  if (stale) return refused([stale], { [act.object]: changed.id });

  const work = newWork(statements, changeSet, envelope, editor);
  const subject = act.add ? draftInput(act, act.add, keyed, changeSet) : undefined;
  const answer = act.perform ? await perform(act, act.perform, keyed, work) : undefined;
  const isDry = act.isDry?.(body) === true;
  const plan = act.add ? await work.carryOut(undefined, isDry) : undefined;
  const found = [...(work.planned?.faults ?? changeSet.faults)];
  if (found.length > 0)
    return refused(
      found.map((fault) => placedIn(body, fault)),
      answer ?? null,
    );
  if (act.perform) return { answer: answer ?? null, userErrors: [] };
  if (act.answerOf && plan) return { answer: act.answerOf(plan, isDry), userErrors: [] };
  const id = changed?.id ?? (subject === undefined ? undefined : plan?.recordFor(subject)?.id);
  return { answer: { [act.object]: id ?? null }, userErrors: [] };
}

interface KeyedInput {
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

function draftInput(
  { shape }: Act,
  desired: NonNullable<Act["add"]>,
  { value, faults }: KeyedInput,
  changeSet: ChangeSet,
): DesiredRecord | undefined {
  const read = readShape(shape, value, inputPlace);
  const places = new Set(faults.map(({ place }) => JSON.stringify(place.path)));
  // A field with an unknown id gets one fault only, not a second one about the key.
  const all =
    "faults" in read
      ? [...faults, ...read.faults.filter(({ place }) => !places.has(JSON.stringify(place.path)))]
      : faults;
  all.forEach(changeSet.report);
  if ("value" in read && all.length === 0) return desired(changeSet, read.value, inputPlace);
  addValidParts({ shape, add: (...rest) => void desired(...rest) }, value, inputPlace, all, changeSet);
  return undefined;
}

async function perform(
  { shape }: Act,
  act: NonNullable<Act["perform"]>,
  { value, faults }: KeyedInput,
  work: ActWork,
): Promise<ActAnswer | undefined> {
  const read = readShape(shape, value, work.place);
  faults.forEach(work.changeSet.report);
  if ("faults" in read) read.faults.forEach(work.changeSet.report);
  return "value" in read && work.changeSet.faults.length === 0 ? act(read.value, work) : undefined;
}

interface Work extends ActWork {
  /** The plan, once it was made. */
  readonly planned: Plan | undefined;
}

function newWork(
  statements: Statements,
  changeSet: ChangeSet,
  { acknowledge = [], draft: isDraft = false }: Envelope,
  editor: Pick<ActWork, "actor" | "actorName" | "review" | "prepared">,
): Work {
  let planned: Plan | undefined;
  const acknowledged: ReadonlySet<string> = new Set(acknowledge);
  const duplicatesIn = async (plan: Plan): Promise<readonly Fault[]> => {
    const { faults } = await checkDuplicates(statements, recordKinds, plan, {
      isAcknowledged: acknowledged.has(Acknowledgement.LIKELY_DUPLICATE),
      areKept: !isDraft,
    });
    return faults;
  };
  return {
    statements,
    place: inputPlace,
    changeSet,
    acknowledged,
    isDraft,
    ...editor,
    get planned() {
      return planned;
    },
    find: (id) => findRecord(statements, id),
    async carryOut(placeOf = (place) => place, isDry = false) {
      const plan = await planChanges(statements, recordKinds, changeSet, [everyFactIsCited], { acknowledged });
      const doubts = await checkOfficesHeld(statements, plan, acknowledged.has(Acknowledgement.OFFICE_NOT_HELD));
      planned = { ...plan, faults: placedFaults([...plan.faults, ...doubts], placeOf) };
      if (planned.faults.length > 0) return undefined;
      if (!addsCompared(planned)) {
        if (!isDry) await writePlan(statements, planned);
        return planned;
      }
      const faults = await tryWriting(statements, planned, { isDry, check: () => duplicatesIn(plan) });
      planned = { ...planned, faults: placedFaults(faults, placeOf) };
      return faults.length === 0 ? planned : undefined;
    },
    async carryOutTogether(placeOf, isRehearsal) {
      const plan = await planChanges(statements, recordKinds, changeSet, [everyFactIsCited], { acknowledged });
      planned = { ...plan, faults: placedFaults(plan.faults, placeOf) };
      if (planned.faults.length > 0) return undefined;
      const faults = await tryWriting(statements, plan, {
        isDry: isRehearsal,
        check: async () => {
          const doubts = await checkOfficesHeld(statements, plan, acknowledged.has(Acknowledgement.OFFICE_NOT_HELD));
          const found = [...doubts, ...(await duplicatesIn(plan))];
          if (isRehearsal) await statements.$executeRawUnsafe("SET CONSTRAINTS ALL IMMEDIATE");
          return found;
        },
      });
      planned = { ...plan, faults: placedFaults(faults, placeOf) };
      if (faults.length > 0) return undefined;
      if (!isRehearsal) await markDoubtful(statements, plan);
      return planned;
    },
  };
}

function placedFaults(faults: readonly Fault[], placeOf: (place: Place) => Place): Fault[] {
  return faults.map((fault) => ({ ...fault, place: placeOf(fault.place) }));
}

/** Writes a plan, and takes that back in a dry run and where the check, which sees what was written, finds faults. */
async function tryWriting(
  statements: Statements,
  plan: Plan,
  { isDry, check }: { readonly isDry: boolean; readonly check: () => Promise<readonly Fault[]> },
): Promise<readonly Fault[]> {
  await statements.$executeRawUnsafe("SAVEPOINT before_writing");
  await writePlan(statements, plan);
  // The check sees what acts beside this one have written, and they see what this one has.
  await statements.reads?.settle();
  const faults = await check();
  if (isDry || faults.length > 0) await statements.$executeRawUnsafe("ROLLBACK TO SAVEPOINT before_writing");
  return faults;
}

async function findRecord(statements: Statements, id: string): Promise<FoundRecord | undefined> {
  const kind = recordKinds.find(({ prefix }) => id.startsWith(`${prefix}_`));
  if (kind === undefined) return undefined;
  const [row] = await rowsWhere(statements, kind.table, [kind.keyColumn], "id", [id]);
  return row && { kind, key: String(row[kind.keyColumn]) };
}

interface ChangedRecord {
  readonly id: string;
  readonly table: string;
  readonly label: string;
  readonly key: string;
}

async function changedRecord(
  statements: Statements,
  { changes }: Act,
  body: Readonly<Record<string, unknown>>,
): Promise<ChangedRecord | undefined> {
  const key = changes && body[changes.by];
  if (changes === undefined || typeof key !== "string") return undefined;
  const kind = changes.kind ?? recordKinds.find(({ prefix }) => key.startsWith(`${prefix}_`));
  if (kind === undefined) return undefined;
  const { table, keyColumn, label } = kind;
  const by = changes.kind === undefined ? "id" : keyColumn;
  const former = by === "id" ? undefined : (await formerNames(statements, table, [key])).get(key);
  const rows = await rowsWhere(statements, table, ["id", keyColumn], by, [key]);
  const [row] =
    rows.length > 0 || former === undefined
      ? rows
      : await rowsWhere(statements, table, ["id", keyColumn], "id", [former.id]);
  if (row === undefined) return undefined;
  return { id: String(row["id"]), table, label, key: String(row[keyColumn]) };
}

async function staleness(
  statements: Statements,
  { id, table, label, key }: ChangedRecord,
  { expectedVersion }: Envelope,
): Promise<Fault | undefined> {
  if (expectedVersion === undefined) return undefined;
  statements.reads?.note(table, "id", [id]);
  const rows = await statements.$queryRawUnsafe<{ version: number | null }[]>(
    `SELECT "versionOf"($1, $2) AS "version"`,
    table,
    id,
  );
  // Unpublished records have no versions.
  const version = rows[0]?.version ?? 0;
  if (version === expectedVersion) return undefined;
  const message = `the ${label} "${key}" is at version ${String(version)}, not ${String(expectedVersion)}: it has changed in the meantime. Read the current version and check whether your change still applies`;
  return { code: "CONFLICT", place: at(inputPlace, "expectedVersion"), message };
}
