import { packSection, type PackPart, type PackSection } from "../../writing/sections.js";
import { firstSinceClaimInput, firstSinceClaimKind } from "../answers/answers.commands.js";
import {
  commitmentInput,
  commitmentKind,
  addMeeting,
  addMilestone,
  addPlace,
  addStatement,
  addVisit,
  meetingInput,
  meetingKind,
  milestoneInput,
  milestoneKind,
  participantInput,
  participantKind,
  placeInput,
  placeKind,
  statementInput,
  statementKind,
  statusReportInput,
  statusReportKind,
  visitInput,
  visitKind,
} from "./meetings.commands.js";

/** The collections of a pack that hold places and milestones, which meetings refer to. */
export const meetingSections: readonly PackSection[] = [
  packSection({ collection: "places", kind: placeKind, shape: placeInput, add: addPlace, names: named }),
  packSection({ collection: "milestones", kind: milestoneKind, shape: milestoneInput, add: addMilestone, names: named }),
  packSection({
    collection: "meetings",
    kind: meetingKind,
    shape: meetingInput,
    add: addMeeting,
    names: (slug) => ({ slug }),
    parts: [
      { collection: "participants", kind: participantKind, shape: participantInput },
      { collection: "statusReports", kind: statusReportKind, shape: statusReportInput },
      { collection: "statements", kind: statementKind, shape: statementInput, names: namedWithin("statements") },
      { collection: "commitments", kind: commitmentKind, shape: commitmentInput, names: namedWithin("commitments") },
      { collection: "firstSinceClaims", kind: firstSinceClaimKind, shape: firstSinceClaimInput, names: namedWithin("first-since") },
    ],
  }),
  packSection({
    collection: "statements",
    kind: statementKind,
    shape: statementInput,
    add: addStatement,
    names: named,
    holds: ({ meetingId }) => (meetingId ?? null) === null,
  }),
  packSection({ collection: "visits", kind: visitKind, shape: visitInput, add: addVisit, names: named }),
];

function named(key: string) {
  return { key };
}

function namedWithin(list: string): NonNullable<PackPart["names"]> {
  return (key, whole) => ({ key: key.slice(`${whole}/${list}/`.length) });
}
