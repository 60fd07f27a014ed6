import {
  participationColumns,
  safeCell,
  sourcesCell,
  type ParticipationColumn,
  type SourceCell,
} from "../packs/participations.js";
import { csvLines } from "./tables/formats.js";
import type { CitationFacts, MeetingFacts, SeatFacts } from "./meetings.js";

type Cells = Readonly<Record<ParticipationColumn, string | number | boolean | null | undefined>>;

/** The first line of a participation table. */
export function tableHead(): string {
  return csvLines([[...participationColumns]]);
}

/**
 * The rows of some meetings in a participation table (RFC 4180, UTF-8): one for each seat, in the order of seats. Cells
 * that a spreadsheet would take for formulas begin with an apostrophe.
 */
export function tableRows(meetings: readonly MeetingFacts[]): string {
  const rows = meetings.flatMap((meeting) => {
    const meetingSources = sourcesOf(meeting.citations);
    return meeting.participants.map((seat) => {
      const cells = cellsOf(meeting, seat, meetingSources);
      return participationColumns.map((column) => safeCell(String(cells[column] ?? "")));
    });
  });
  return csvLines(rows);
}

function cellsOf(meeting: MeetingFacts, seat: SeatFacts, meetingSources: string): Cells {
  const { slug, title, kind, format, status, on, endsOn, place, forum, ordinal, sidelinesOf, topics } = meeting;
  const { party, person, office, role, isExpected, attendance, note } = seat;
  return {
    meeting: slug,
    title,
    kind,
    format,
    status,
    on,
    endsOn,
    place: place?.key,
    city: place?.city,
    country: place?.country?.code,
    forum: forum?.slug,
    ordinal,
    sidelinesOf: sidelinesOf?.slug,
    topics: topics.join(" "),
    party: party.code,
    partyName: party.name,
    person: person?.slug,
    personName: person?.name,
    office: office?.key,
    officeTitle: office?.title,
    role,
    isExpected,
    attendance,
    note,
    sources: sourcesOf(seat.citations),
    meetingSources,
  };
}

function sourcesOf(citations: readonly CitationFacts[]): string {
  return sourcesCell(
    citations.map(({ document, passage, locator, attributedTo, stance }): SourceCell => ({
      document: document.key,
      ...(passage ? { quote: passage.quote, start: passage.start } : {}),
      ...(locator === null ? {} : { locator }),
      ...(attributedTo === null ? {} : { attributedTo }),
      ...(stance === "SUPPORTS" ? {} : { stance }),
    })),
  );
}
