import { CommitmentKind, CommitmentStatus } from "../../generated/prisma/enums.js";
import { key, oneOf, prose } from "../../writing/values.js";
import { date, declareRecord, outer, reference, text } from "../record.js";
import { meetingReference, parties } from "../references.js";

/** An agreement or undertaking of parties, at a meeting or outside of any. */
export const commitmentRecord = declareRecord({
  table: "Commitment",
  label: "commitment",
  prefix: "cmt",
  key: { key: key() },
  search: {
    kind: "COMMITMENT",
    place: 15,
    title: "summary",
    day: "on",
    texts: ["kind"],
    borrows: { by: "meeting", day: "on" },
  },
  title: "summary",
  properties: {
    meeting: outer(reference(meetingReference(), "Meeting", "meetingId", { tells: "around" })),
    summary: text(prose(), { required: true }),
    kind: text(oneOf(CommitmentKind), { required: true }),
    status: text(oneOf(CommitmentStatus), { required: true }),
    on: date(),
    dueOn: date(),
    parties: parties("CommitmentParty", "commitmentId"),
  },
  within: "meeting",
  keyedBy: ["meeting"],
  positioned: true,
  citation: { column: "commitmentId", count: "some" },
});
