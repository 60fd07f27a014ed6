import { shown, type Fault, type Place } from "../../lib/faults.js";
import type { Plan } from "../../writing/plan.js";
import type { PlannedRecord } from "../../writing/records.js";
import { updateRows, type Statements } from "../../writing/store.js";

/** An office in which a seat names its person. */
interface NamedOffice {
  readonly seat: PlannedRecord;
  readonly office: string;
  readonly place: Place;
}

/** The offices in which seats of a plan come to name their persons: their own and the others that they held. */
async function comeToName(statements: Statements, plan: Plan): Promise<NamedOffice[]> {
  // A seat that the input itself calls doubtful is right. A merged person takes the tenures along.
  const seats = plan.records.filter(
    ({ table, row, desired }) =>
      table === "Participant" &&
      row["isOfficeDoubtful"] !== true &&
      typeof row["personId"] === "string" &&
      desired?.revision?.type !== "move",
  );
  const hasOtherPerson = ({ stored, changed }: PlannedRecord): boolean => stored !== null && changed.has("personId");
  const own = seats.flatMap((seat): NamedOffice[] => {
    const office = seat.row["officeId"];
    const isNew = seat.stored === null || seat.changed.has("personId") || seat.changed.has("officeId");
    return isNew && typeof office === "string" ? [{ seat, office, place: plan.placeOf(seat, "officeId") }] : [];
  });
  const bySeat = new Map(seats.map((seat) => [seat.id, seat]));
  const rows = plan.details.filter(({ detail }) => detail.table === "ParticipantOffice");
  const others = rows.flatMap(({ row, place, kind }): NamedOffice[] => {
    const seat = bySeat.get(String(row["participantId"]));
    return seat === undefined || kind === "gone"
      ? []
      : [{ seat, office: String(row["officeId"]), place: place ?? plan.placeOf(seat) }];
  });
  const moved = seats.filter(hasOtherPerson).map(({ id }) => id);
  if (moved.length === 0) return [...own, ...others];
  const held = await statements.$queryRawUnsafe<{ seat: string; office: string }[]>(
    `SELECT "participantId" AS "seat", "officeId" AS "office" FROM "ParticipantOffice" WHERE "participantId" = ANY ($1::text[])`,
    moved,
  );
  const said = new Set(rows.map(({ row }) => `${String(row["participantId"])} ${String(row["officeId"])}`));
  const kept = held.filter(({ seat, office }) => !said.has(`${seat} ${office}`));
  return [
    ...own,
    ...others,
    ...kept.flatMap(({ seat: id, office }): NamedOffice[] => {
      const seat = bySeat.get(id);
      return seat === undefined ? [] : [{ seat, office, place: plan.placeOf(seat, "personId") }];
    }),
  ];
}

/**
 * Checks that participants can have held their offices on the meeting's day. A seat is rejected if the person's tenures
 * in the office are known and none can cover the day, or if there are none and another person certainly held the
 * office. Only seats whose person or offices change are checked, and only with a known day.
 * @param isAcknowledged Whether such seats are accepted; the plan then marks them as doubtful.
 * @returns The faults.
 */
export async function checkOfficesHeld(statements: Statements, plan: Plan, isAcknowledged: boolean): Promise<Fault[]> {
  const named = await comeToName(statements, plan);
  if (named.length === 0) return [];
  const days = await daysOf(
    statements,
    plan,
    named.map(({ seat }) => seat),
  );
  const asked = named.flatMap(({ seat, office }, index) => {
    const day = days.get(String(seat.row["meetingId"]));
    return day === undefined ? [] : [{ id: String(index), person: seat.row["personId"], office, ...day }];
  });
  statements.reads?.note("Tenure");
  const doubts = await statements.$queryRawUnsafe<Doubt[]>(doubtful(givenSeats), JSON.stringify(asked));
  const found = named.flatMap((one, index) =>
    doubts.filter(({ id }) => id === String(index)).map((doubt) => ({ ...one, doubt })),
  );
  if (isAcknowledged) {
    for (const { seat } of found) {
      seat.row["isOfficeDoubtful"] = true;
      seat.changed.add("isOfficeDoubtful");
    }
    return [];
  }
  return found.map(({ place, doubt }) => ({ code: "OFFICE_NOT_HELD", place, message: doubtText(doubt) }));
}

/** Marks stored seats whose doubtful offices were acknowledged. */
export async function markDoubtful(statements: Statements, { records: entries }: Plan): Promise<void> {
  const seats = entries.filter(({ table, changed }) => table === "Participant" && changed.has("isOfficeDoubtful"));
  await updateRows(
    statements,
    "Participant",
    ["id"],
    seats.map(({ id }) => ({ id, isOfficeDoubtful: true })),
  );
}

interface Days {
  readonly earliest: string;
  readonly latest: string;
}

// Of meetings that the plan writes as they will be, of others as they are.
async function daysOf(statements: Statements, plan: Plan, seats: readonly PlannedRecord[]): Promise<Map<string, Days>> {
  const ids = [...new Set(seats.map(({ row }) => String(row["meetingId"])))];
  statements.reads?.note("Meeting", "id", ids);
  const rows = await statements.$queryRawUnsafe<{ id: string; earliest: string | null; latest: string | null }[]>(
    `SELECT "id", "onEarliest"::text AS "earliest", coalesce("endsOnLatest", "onLatest")::text AS "latest" FROM "Meeting" WHERE "id" = ANY($1::text[])`,
    ids,
  );
  const written = plan.records
    .filter(({ table }) => table === "Meeting")
    .map(({ id, row }) => ({ id, earliest: row["onEarliest"], latest: row["endsOnLatest"] ?? row["onLatest"] }));
  return new Map(
    [...rows, ...written].flatMap(({ id, earliest, latest }) =>
      typeof earliest === "string" && typeof latest === "string" ? [[id, { earliest, latest }]] : [],
    ),
  );
}

// Stored seats with a person in each of their offices that are not marked.
const storedSeats = (condition: string): string => `(
    SELECT s."id", s."personId" AS "person", f."id" AS "office", m."onEarliest" AS "earliest", coalesce(m."endsOnLatest", m."onLatest") AS "latest"
    FROM "Participant" s JOIN "Meeting" m ON m."id" = s."meetingId"
    CROSS JOIN LATERAL (SELECT s."officeId" AS "id" UNION SELECT x."officeId" FROM "ParticipantOffice" x WHERE x."participantId" = s."id") AS f
    WHERE s."personId" IS NOT NULL AND f."id" IS NOT NULL AND NOT s."isOfficeDoubtful" AND m."onEarliest" IS NOT NULL AND ${condition}
  ) AS seat`;

const givenSeats = `jsonb_to_recordset($1::jsonb) AS seat("id" text, "person" text, "office" text, "earliest" date, "latest" date)`;

/** A stored seat with a person in an office that another person held. */
export interface DoubtfulSeat {
  readonly id: string;
  readonly key: string;
  readonly message: string;
}

/** The stored seats that break the rule, in the order of their keys. @param ids those that are looked at; all if not said. */
export async function doubtfulSeats(statements: Statements, ids?: readonly string[]): Promise<DoubtfulSeat[]> {
  const condition = ids === undefined ? "true" : `s."id" = ANY($1::text[])`;
  const query = `SELECT d.*, s."key" FROM (${doubtful(storedSeats(condition))}) AS d JOIN "Participant" s ON s."id" = d."id" ORDER BY s."key"`;
  const found = await statements.$queryRawUnsafe<(Doubt & { key: string })[]>(
    query,
    ...(ids === undefined ? [] : [ids]),
  );
  return found.map((doubt) => ({ id: doubt.id, key: doubt.key, message: doubtText(doubt) }));
}

interface Doubt {
  readonly id: string;
  readonly person: string;
  readonly office: string;
  /** The name of the certain holder on that day; null if there is none. */
  readonly holder: string | null;
}

function doubtText({ person, office, holder }: Doubt): string {
  const other =
    holder === null ? "the known tenures in it do not cover the meeting's day" : `${shown(holder)} held it then`;
  return `${shown(person)} did not hold the office ${shown(office)}: ${other}; acknowledge OFFICE_NOT_HELD to record what the source says all the same`;
}

// Certain and possible days follow periods.ts: a period includes its first day and excludes its last.
const doubtful = (seats: string): string => `
  SELECT seat."id", p."name" AS "person", o."key" AS "office", holder."name" AS "holder"
  FROM ${seats}
  JOIN "Person" p ON p."id" = seat."person"
  JOIN "Office" o ON o."id" = seat."office"
  LEFT JOIN LATERAL (
    SELECT h."name" FROM "Tenure" t JOIN "Person" h ON h."id" = t."personId"
    WHERE t."officeId" = seat."office" AND t."personId" <> seat."person"
      AND least(t."sinceLatest", t."attestedOnLatest") <= seat."earliest"
      AND CASE WHEN t."untilEarliest" IS NOT NULL THEN seat."latest" < t."untilEarliest"
        WHEN t."hasEnded" IS FALSE THEN true ELSE seat."latest" <= greatest(coalesce(t."attestedOnLatest", t."sinceLatest"), t."attestedUntilEarliest") END
    ORDER BY t."id" LIMIT 1
  ) AS holder ON true
  WHERE NOT EXISTS (
    SELECT FROM "Tenure" t WHERE t."officeId" = seat."office" AND t."personId" = seat."person"
      AND coalesce(t."sinceEarliest", '-infinity') <= seat."latest" AND seat."earliest" < coalesce(t."untilLatest", 'infinity')
  ) AND (holder."name" IS NOT NULL
    OR EXISTS (SELECT FROM "Tenure" t WHERE t."officeId" = seat."office" AND t."personId" = seat."person"))`;
