import { z } from "zod";
import { at, shown, type Place, withArticle } from "../../lib/faults.js";
import { nameProposers, reviewFaults } from "../../writing/review.js";
import { performedAct, type Act, type ActWork } from "../../writing/acts.js";
import { addCorrection, placeInCorrections, type CorrectedField } from "../../writing/corrections.js";
import { kindOf, linksBetween } from "../../writing/links.js";
import { planMerging, writeMerging } from "../../writing/merging.js";
import { survivingIds } from "../../writing/names.js";
import { publishingFaults } from "../../writing/publishing.js";
import { Acknowledgement } from "../../writing/acknowledgements.js";
import { doubtfulSeats } from "../meetings/offices.commands.js";
import type { PlanRule } from "../../writing/plan.js";
import { columnsOfTable, valueAt, type RecordKind } from "../../writing/records.js";
import { keysForIds } from "../../writing/references.js";
import {
  comparedKinds,
  dismissDuplicates,
  findDuplicates,
  likenessText,
  type LikelyDuplicate,
} from "../../writing/duplicates.js";
import { quoted, rowsWhere } from "../../writing/store.js";
import { faultsOfStored, otherDrafts } from "../../writing/stored.js";
import { given, letters, line, listOf, oneOf, prose } from "../../writing/values.js";
import { lastSourceFault, planWithdrawal, writeWithdrawal } from "../../writing/withdrawal.js";
import { addCitations } from "../documents/documents.commands.js";
import { citationRecord } from "../documents/citation.record.js";
import { citationShape, citationsInput } from "../citations.js";

/** The kinds of records, for mutations on any of them. */
export interface Kept {
  /** All kinds of records, each after those it refers to. */
  readonly kinds: readonly RecordKind[];
  /** The input shapes of the kinds. */
  readonly shapes: readonly { readonly kind: RecordKind; readonly shape: z.ZodObject }[];
  /** The kinds whose records belong to the one that they stand within. */
  readonly parts: readonly RecordKind[];
  /** The rules that plans keep. */
  readonly rules: readonly PlanRule[];
}

const reason = prose(2_000);

const correctionInput = z.strictObject({
  id: line(60),
  reason,
  corrections: listOf(
    z.strictObject({
      field: letters(200),
      value: z
        .unknown()
        .refine((value) => value !== undefined, { error: "is not said; null takes back what the record says" }),
    }),
    100,
  ),
  cite: citationsInput,
});

const MergePreference = { SURVIVOR: "SURVIVOR" } as const;

const mergeInput = z.strictObject({ id: line(60), into: line(60), prefer: given(oneOf(MergePreference)), reason });

const dismissalInput = z.strictObject({ id: line(60), other: line(60), reason });

const withdrawalInput = z.strictObject({ id: line(60), reason });

const draftsInput = z.strictObject({
  ids: listOf(line(60), 100).min(1, { error: "is empty, and nothing would be done" }),
});

/** Whether a record, or part of it, is drafted. */
const draftedUnder = `SELECT editing."isDraft"($1, $2) OR cardinality(past."withParts"(ARRAY[$2])) > 1 AS "is"`;

interface HeldRecord {
  readonly kind: RecordKind;
  readonly id: string;
  readonly key: string;
}

/** Mutations on any record: correction, merge and withdrawal. */
export function historyActs({ kinds, shapes, parts, rules }: Kept): readonly Act[] {
  const links = linksBetween(kinds, parts);
  const draftTables = [...new Set(kinds.map(({ table }) => table))]
    .map((table) => `SELECT "id", "draftedBy" FROM drafts."${table}"`)
    .join(" UNION ALL ");

  async function find({ statements, changeSet }: ActWork, id: string, place: Place): Promise<HeldRecord | undefined> {
    const of = kinds.find(({ prefix }) => id.startsWith(`${prefix}_`));
    const [row] =
      of === undefined ? [] : await rowsWhere(statements, of.table, columnsOfTable(kinds, of.table), "id", [id]);
    if (of === undefined || row === undefined) {
      const survivor = (await survivingIds(statements, [id])).get(id);
      const merged =
        survivor === undefined
          ? ""
          : `; it was merged into ${shown(survivor)}, so give that id if that record is meant`;
      changeSet.report({
        code: "NOT_FOUND",
        place,
        message: `the record holds nothing with the id ${shown(id)}${merged}`,
      });
      return undefined;
    }
    return { kind: kindOf(kinds, of.table, row), id, key: String(row[of.keyColumn]) };
  }

  function shapeOf(kind: RecordKind): z.ZodObject {
    const shape = kind === citationRecord.kind ? citationShape : shapes.find((one) => one.kind === kind)?.shape;
    if (shape === undefined) throw new Error(`nothing says what ${withArticle(kind.label)} looks like`);
    return shape;
  }

  return [
    performedAct({
      name: "correctRecord",
      object: "record",
      shape: correctionInput,
      changes: { by: "id" },
      async perform({ id, corrections, cite }, work) {
        const record = await find(work, id, at(work.place, "id"));
        if (record === undefined) return undefined;
        const place = at(work.place, "corrections");
        const shape = shapeOf(record.kind);
        const keyed: CorrectedField[] = [];
        for (const { field, value } of corrections)
          keyed.push({ field, value: await withKeys(work, shape, field, value, place, corrections) });
        const desired = addCorrection(work.changeSet, { ...record, shape }, keyed, place);
        if (desired !== undefined) addCitations(work.changeSet, desired, cite);
        await work.carryOut((found) => placeInCorrections(found, place, corrections));
        return { record: id };
      },
    }),
    performedAct({
      name: "mergeRecords",
      reviewed: "at once",
      object: "record",
      shape: mergeInput,
      changes: { by: "into" },
      async perform({ id, into, prefer }, work) {
        const gone = await find(work, id, at(work.place, "id"));
        const stays = await find(work, into, at(work.place, "into"));
        if (gone === undefined || stays === undefined) return undefined;
        const mismatch =
          id === into
            ? "a record cannot be merged into itself"
            : `${withArticle(gone.kind.label)} cannot be merged into ${withArticle(stays.kind.label)}`;
        if (id === into || gone.kind !== stays.kind) {
          work.changeSet.report({ code: "INVALID", place: at(work.place, "into"), message: mismatch });
          return undefined;
        }
        const records = { kind: gone.kind, source: id, target: into, yields: prefer === MergePreference.SURVIVOR };
        const merging = await planMerging(work.statements, kinds, links, records, work.place, rules);
        const uncited = await lastSourceFault(work.statements, kinds, links, gone, at(work.place, "id"));
        const faults = uncited ? [...merging.faults, uncited] : merging.faults;
        faults.forEach(work.changeSet.report);
        if (faults.length > 0) return undefined;
        await writeMerging(work.statements, merging);
        return { record: into };
      },
    }),
    performedAct({
      name: "dismissDuplicate",
      reviewed: "at once",
      object: "records",
      shape: dismissalInput,
      async perform({ id, other }, work) {
        const one = await find(work, id, at(work.place, "id"));
        const second = await find(work, other, at(work.place, "other"));
        if (one === undefined || second === undefined) return undefined;
        const [compared] = comparedKinds([one.kind]);
        if (compared === undefined || one.kind !== second.kind || id === other) {
          const message =
            id === other
              ? "a record is no duplicate of itself; give two records"
              : `${withArticle(one.kind.label)} is never listed as a likely duplicate of ${withArticle(second.kind.label)}, so there is nothing to dismiss`;
          work.changeSet.report({ code: "INVALID", place: at(work.place, "other"), message });
          return undefined;
        }
        await dismissDuplicates(work.statements, [{ kind: compared, one: id, other }]);
        return { records: [id, other] };
      },
    }),
    performedAct({
      name: "withdrawRecord",
      reviewed: "at once",
      object: "record",
      shape: withdrawalInput,
      changes: { by: "id" },
      async perform({ id }, work) {
        const record = await find(work, id, at(work.place, "id"));
        if (record === undefined) return undefined;
        const { gone, faults } = await planWithdrawal(work.statements, kinds, links, record, at(work.place, "id"));
        faults.forEach(work.changeSet.report);
        if (faults.length > 0) return undefined;
        await writeWithdrawal(work.statements, kinds, gone);
        return { withdrawnId: id, record: null };
      },
    }),
    performedAct({
      name: "publishDrafts",
      reviewed: "publishes",
      object: "records",
      shape: draftsInput,
      async perform({ ids }, work) {
        if (!(await areDrafted(work, ids, true)) || !(await areSeenByTwo(work, ids))) return undefined;
        if (!(await mayBePublished(work, ids))) return undefined;
        await work.statements.$queryRawUnsafe(`SELECT * FROM "publishDrafts"($1::text[])`, ids);
        return { records: ids };
      },
    }),
    performedAct({
      name: "discardDrafts",
      reviewed: "apart",
      object: "discardedIds",
      shape: draftsInput,
      async perform({ ids }, work) {
        if (!(await areDrafted(work, ids, false))) return undefined;
        const gone = await work.statements.$queryRawUnsafe<{ id: string }[]>(
          `SELECT "id" FROM "discardDrafts"($1::text[])`,
          ids,
        );
        return { discardedIds: gone.map(({ id }) => id) };
      },
    }),
  ];

  /** Whether something is drafted under each of these ids, no other draft is left with nothing to refer to, and no fact is published without a source. */
  async function areDrafted(
    { statements, changeSet, place }: ActWork,
    ids: readonly string[],
    arePublished: boolean,
  ): Promise<boolean> {
    const nothing = "nothing is drafted under this id; what is published already needs no publishing";
    for (const [index, id] of ids.entries()) {
      const table = kinds.find(({ prefix }) => id.startsWith(`${prefix}_`))?.table;
      const [found] =
        table === undefined ? [] : await statements.$queryRawUnsafe<{ is: boolean }[]>(draftedUnder, table, id);
      if (found?.is !== true) changeSet.report({ code: "NOT_FOUND", place: at(place, "ids", index), message: nothing });
    }
    if (changeSet.faults.length > 0) return false;
    const [left] = await statements.$queryRawUnsafe<{ said: string | null }[]>(
      `SELECT past."draftLeftOut"(past."withParts"($1::text[]), $2) AS "said"`,
      ids,
      arePublished,
    );
    if (typeof left?.said === "string") {
      const message = `${left.said}, which is ${arePublished ? "a draft that is not to be published with it" : "to be thrown away"}`;
      changeSet.report({ code: "REFERRED_TO", place: at(place, "ids"), message });
    }
    const [bare] = arePublished
      ? await statements.$queryRawUnsafe<{ said: string | null }[]>(
          `SELECT past."draftUncited"(past."withParts"($1::text[])) AS "said"`,
          ids,
        )
      : [];
    if (typeof bare?.said === "string") {
      changeSet.report({
        code: "UNCITED",
        place: at(place, "ids"),
        message: `${bare.said} has no source; cite a passage for it first, or discard it`,
      });
    }
    return changeSet.faults.length === 0;
  }

  /** Names the editors who drafted these in the act. Reports a fault if one of them would publish it, and that is not allowed. */
  async function areSeenByTwo(work: ActWork, ids: readonly string[]): Promise<boolean> {
    const { statements, changeSet, place, actor, review } = work;
    const drafted = await statements.$queryRawUnsafe<{ draftedBy: string; name: string }[]>(
      `WITH "chosen" AS (SELECT unnest(past."withParts"($1::text[])) AS "id"), "drafts" AS (${draftTables})
      SELECT DISTINCT d."draftedBy", coalesce(k."name", (SELECT s."actorName" FROM "DeskSession" s
        WHERE s."actor" = d."draftedBy" ORDER BY s."createdAt" DESC LIMIT 1), d."draftedBy") AS "name" FROM "drafts" d JOIN "chosen" USING ("id")
      LEFT JOIN "ApiKey" k ON d."draftedBy" = 'key:' || k."id" ORDER BY 2`,
      ids,
    );
    const isOwn = drafted.some(({ draftedBy }) => draftedBy === actor);
    for (const message of reviewFaults(review, isOwn))
      changeSet.report({ code: "REVIEW_REQUIRED", place: at(place, "ids"), message });
    await nameProposers(statements, [...new Set(drafted.map(({ name }) => name))]);
    return changeSet.faults.length === 0;
  }

  // The record may have changed since these were drafted, so the rules are applied to them once more.
  async function mayBePublished(
    { statements, changeSet, place, acknowledged }: ActWork,
    given: readonly string[],
  ): Promise<boolean> {
    const [all] = await statements.$queryRawUnsafe<{ ids: string[] }[]>(
      `SELECT past."withParts"($1::text[]) AS "ids"`,
      given,
    );
    const ids = all?.ids ?? [];
    const where = at(place, "ids");
    (await publishingFaults(statements, kinds, { ids, place: where, acknowledged })).forEach(changeSet.report);
    await statements.$executeRawUnsafe("SET LOCAL search_path = editing, public");
    const hidden = await otherDrafts(statements, kinds, ids);
    for (const { code, message } of await faultsOfStored(statements, { kinds, shapes }, ids, hidden))
      changeSet.report({ code, place: where, message });
    const seats = await doubtfulSeats(statements, ids);
    if (!acknowledged.has(Acknowledgement.OFFICE_NOT_HELD)) {
      for (const { message } of seats) changeSet.report({ code: "OFFICE_NOT_HELD", place: where, message });
    } else if (changeSet.faults.length === 0) {
      const marked = `UPDATE "Participant" SET "isOfficeDoubtful" = true WHERE "id" = ANY($1::text[])`;
      await statements.$executeRawUnsafe(
        marked,
        seats.map(({ id }) => id),
      );
    }
    const duplicates = await duplicatesAmong(statements, ids, hidden);
    await statements.$executeRawUnsafe("SET LOCAL search_path TO DEFAULT");
    if (acknowledged.has(Acknowledgement.LIKELY_DUPLICATE)) {
      if (changeSet.faults.length === 0) await dismissDuplicates(statements, duplicates);
    } else {
      for (const { kind, one, oneKey, otherKey, evidence } of duplicates) {
        const text = likenessText(kind, ids.includes(one) ? otherKey : oneKey, evidence);
        const message = `${text}; discard the draft if they are one, or acknowledge LIKELY_DUPLICATE to publish it`;
        changeSet.report({ code: "LIKELY_DUPLICATE", place: where, message });
      }
    }
    return changeSet.faults.length === 0;
  }

  /** Likely duplicates of new records among these drafts. @param hidden other drafts, which may be discarded yet. */
  async function duplicatesAmong(
    statements: ActWork["statements"],
    ids: readonly string[],
    hidden: ReadonlySet<string>,
  ): Promise<LikelyDuplicate[]> {
    const found: LikelyDuplicate[] = [];
    for (const kind of comparedKinds(kinds)) {
      const drafted = await statements.$queryRawUnsafe<{ id: string }[]>(
        `SELECT d."id" FROM drafts.${quoted(kind.table)} d WHERE d."id" = ANY ($1::text[]) AND starts_with(d."id", '${kind.prefix}_')
          AND NOT EXISTS (SELECT FROM public.${quoted(kind.table)} p WHERE p."id" = d."id")`,
        ids,
      );
      const fresh = drafted.map(({ id }) => id);
      if (fresh.length > 0) found.push(...(await findDuplicates(statements, kind, fresh)));
    }
    return found.filter(({ one, other }) => !hidden.has(one) && !hidden.has(other));
  }

  // A reference may be an id instead of a key, as everywhere.
  async function withKeys(
    { statements, changeSet }: ActWork,
    shape: z.ZodObject,
    field: string,
    value: unknown,
    place: Place,
    corrections: readonly CorrectedField[],
  ): Promise<unknown> {
    const path = field.split(".");
    const whole = path.reduceRight<unknown>((inside, name) => ({ [name]: inside }), value);
    const keyed = await keysForIds(statements, kinds, shape, whole, place);
    for (const fault of keyed.faults)
      changeSet.report({ ...fault, place: placeInCorrections(fault.place, place, corrections) });
    return valueAt(keyed.value, path) ?? null;
  }
}
