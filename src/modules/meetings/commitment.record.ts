import { CommitmentKind, CommitmentStatus } from "../../generated/prisma/enums.js";
import { key, oneOf, prose } from "../../writing/values.js";
import { date, declareRecord, outer, reference, text } from "../record.js";
import { meetingReference, parties } from "../references.js";

/** An agreement or undertaking of parties at a meeting. */
export const commitmentRecord = declareRecord({
  table: "Commitment",
  label: "commitment",
  prefix: "cmt",
  key: { key: key() },
  search: {
    kind: "COMMITMENT",
    place: 15,
    title: "summary",
    texts: ["kind"],
    borrows: { by: "meeting", day: "on" },
  },
  title: "summary",
  properties: {
    meeting: outer(reference(meetingReference(), "Meeting", "meetingId", { required: true, tells: "around" })),
    summary: text(prose(), { required: true }),
    kind: text(oneOf(CommitmentKind), { required: true }),
    status: text(oneOf(CommitmentStatus), { required: true }),
    dueOn: date(),
    parties: parties("CommitmentParty", "commitmentId"),
  },
  within: "meeting",
  keyedBy: ["meeting"],
  positioned: true,
  citation: { column: "commitmentId", count: "some" },
});
