// The columns that are filled, table by table, in the order in which rows are made. What is not named keeps its default.

const partial = (name) => [name, `${name}Earliest`, `${name}Latest`];
const period = [...partial("since"), ...partial("until"), "hasEnded", ...partial("attestedOn")];

export const tables = {
  Document: ["id", "key", "kind", "title", "titleIsOurs", "publisher", "language", ...partial("publishedOn"), "url", "text", "sha256"],
  Citation: ["id", "key", "documentId", "stance", "locator", "quote", "start", "end", "personId", "forumId", "membershipId", "meetingId", "statusReportId"],
  Party: ["id", "kind", "code", "alpha2", "name", "officialName"],
  Person: ["id", "slug", "name", "nameOrder", "stateId"],
  PersonName: ["personId", "text", "kind"],
  Office: ["id", "key", "title", "kind", "partyId"],
  Tenure: ["id", "key", "personId", "officeId", ...period],
  Forum: ["id", "slug", "acronym", "name", "kind", ...partial("foundedOn")],
  ForumMembership: ["id", "key", "forumId", "partyId", "role", ...period, "isDisputed"],
  Place: ["id", "key", "city", "stateId"],
  Meeting: [
    "id", "slug", "title", "kind", "format", ...partial("on"), ...partial("endsOn"), "placeId", "forumId", "ordinal", "sidelinesOfId", "status", "purpose",
  ],
  Participant: ["id", "key", "meetingId", "partyId", "personId", "officeId", "role", "isExpected", "position", "meetingEarliest", "meetingLatest"],
  StatusReport: ["id", "key", "meetingId", "status", ...partial("reportedOn")],
};
