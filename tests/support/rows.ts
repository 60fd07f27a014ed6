import { createHash } from "node:crypto";
import type { Database } from "../../src/database/open.js";
import { parsePartialDate } from "../../src/lib/partial-dates.js";

type Values = Readonly<Record<string, unknown>>;

/** A period as a pack states it. */
export interface WrittenPeriod {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly hasEnded?: boolean | undefined;
  readonly attestedOn?: string | undefined;
}

/** The three columns of a partial date; none where it is unknown. */
export function dateColumns(field: string, text: string | undefined): Values {
  if (text === undefined) return {};
  const { earliest, latest } = parsePartialDate(text);
  return { [field]: text, [`${field}Earliest`]: earliest, [`${field}Latest`]: latest };
}

function periodColumns({ since, until, hasEnded, attestedOn }: WrittenPeriod): Values {
  return {
    ...dateColumns("since", since),
    ...dateColumns("until", until),
    ...dateColumns("attestedOn", attestedOn),
    hasEnded: hasEnded ?? null,
  };
}

/** A meeting with its seats and what was reported of it. */
export interface WrittenMeeting {
  readonly slug: string;
  readonly kind?: string;
  readonly format?: string | undefined;
  readonly on?: string | undefined;
  readonly endsOn?: string | undefined;
  readonly forum?: string;
  readonly ordinal?: number;
  readonly sidelinesOf?: string;
  readonly seats: readonly {
    readonly party: string;
    readonly person?: string | undefined;
    readonly office?: string | undefined;
    readonly role?: string;
    readonly isExpected?: boolean;
  }[];
  readonly reports?: readonly { readonly status: string; readonly on?: string }[];
}

/** Puts small records together row by row; ids are made of names, so that a test can say what it expects. */
export function rowsIn({ pool }: Pick<Database, "pool">) {
  let count = 0;
  const insert = async (table: string, values: Values): Promise<void> => {
    const names = Object.keys(values).map((name) => `"${name}"`);
    const places = names.map((_, index) => `$${String(index + 1)}`);
    await pool.query(`insert into "${table}" (${names.join()}) values (${places.join()})`, Object.values(values));
  };
  const id = (prefix: string, name: string) =>
    `${prefix}_${createHash("sha256").update(name).digest("hex").slice(0, 16)}`;
  const ids = {
    party: (code: string) => id("sta", code),
    person: (slug: string) => id("per", slug),
    office: (key: string) => id("ofc", key),
    forum: (slug: string) => id("frm", slug),
    meeting: (slug: string) => id("mtg", slug),
  };
  return {
    ids,
    /** Takes everything out of the record again. */
    empty: () =>
      pool.query(
        `truncate "Party", "Document", "Person", "Forum", "Meeting", "Place", "Milestone", "Conflict" cascade`,
      ),
    insert,
    state: (code: string, name = code) => insert("Party", { id: ids.party(code), kind: "STATE", code, name }),
    person: (slug: string, state?: string) =>
      insert("Person", {
        id: ids.person(slug),
        slug,
        name: slug,
        stateId: state === undefined ? null : ids.party(state),
      }),
    office: (key: string, kind: string) =>
      insert("Office", { id: ids.office(key), key, title: key, kind, partyId: ids.party(key.split("/")[0] as string) }),
    tenure: (key: string, person: string, office: string, period: WrittenPeriod) =>
      insert("Tenure", {
        id: id("ten", key),
        key,
        personId: ids.person(person),
        officeId: ids.office(office),
        ...periodColumns(period),
      }),
    forum: (slug: string, kind?: string) =>
      insert("Forum", { id: ids.forum(slug), slug, name: slug, kind: kind ?? null }),
    membership: (key: string, forum: string, party: string, role: string, period: WrittenPeriod) =>
      insert("ForumMembership", {
        id: id("mbr", key),
        key,
        forumId: ids.forum(forum),
        partyId: ids.party(party),
        role,
        ...periodColumns(period),
      }),
    milestone: (key: string, on?: string) =>
      insert("Milestone", { id: id("mls", key), key, label: key, ...dateColumns("on", on) }),
    async meeting({
      slug,
      kind = "BILATERAL",
      format,
      on,
      endsOn,
      forum,
      ordinal,
      sidelinesOf,
      seats,
      reports = [{ status: "HELD" }],
    }: WrittenMeeting) {
      await insert("Meeting", {
        id: ids.meeting(slug),
        slug,
        title: slug,
        kind,
        format: format ?? null,
        ...dateColumns("on", on),
        ...dateColumns("endsOn", endsOn),
        forumId: forum === undefined ? null : ids.forum(forum),
        ordinal: ordinal ?? null,
        sidelinesOfId: sidelinesOf === undefined ? null : ids.meeting(sidelinesOf),
      });
      for (const [position, { party, person, office, role = "PRINCIPAL", isExpected = false }] of seats.entries()) {
        const key = `${slug}/${String(position)}`;
        await insert("Participant", {
          id: id("par", key),
          key,
          meetingId: ids.meeting(slug),
          partyId: ids.party(party),
          personId: person === undefined ? null : ids.person(person),
          officeId: office === undefined ? null : ids.office(office),
          role,
          isExpected,
          position,
        });
      }
      for (const report of reports) {
        const key = `${slug}/report-${String(++count)}`;
        await insert("StatusReport", {
          id: id("rep", key),
          key,
          meetingId: ids.meeting(slug),
          status: report.status,
          ...dateColumns("reportedOn", report.on),
        });
      }
    },
  };
}
