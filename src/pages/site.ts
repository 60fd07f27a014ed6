import type { GraphQLSchema } from "graphql";
import { answerActivity } from "./activity.page.js";
import { answerActivities } from "./activities.page.js";
import { answerAgreement } from "./agreement.page.js";
import { answerAgreements } from "./agreements.page.js";
import { answerDocument } from "./document.page.js";
import { answerForum } from "./forum.page.js";
import { answerGaps } from "./gaps.page.js";
import {
  answerClaims,
  answerConflicts,
  answerDocuments,
  answerForums,
  answerMilestones,
  answerPersons,
  answerStates,
} from "./indexes.page.js";
import { answerLedger } from "./ledger.page.js";
import { answerMatrixChanges } from "./matrix.changes.page.js";
import { answerMatrix } from "./matrix.page.js";
import { answerMeeting } from "./meeting.page.js";
import { answerMeetings } from "./meetings.page.js";
import { answerOffices } from "./offices.page.js";
import type { PageRoute } from "./page.js";
import { answerPair, answerPairs } from "./pair.page.js";
import { answerPartyOf } from "./party.page.js";
import { answerPerson } from "./person.page.js";
import { answerRecord } from "./record.page.js";
import { answerSearch } from "./search.page.js";
import { answerSuggestions } from "./suggestions.page.js";
import { answerCommitments } from "./commitments.page.js";
import { answerVisits } from "./visits.page.js";
import { answerStatements } from "./statements.page.js";
import { answerStatistics } from "./statistics.page.js";
import { answerTimeline } from "./timeline.page.js";

const ID = /^[a-z]{3}_[a-z2-7]{16}$/;

/** All pages about the record. */
export function siteOf(schema: GraphQLSchema): readonly PageRoute[] {
  const record = answerRecord(schema);
  return [
    ...pagesOf(schema).map(({ path, answer }) => ({
      path,
      answer: path.endsWith("/:name") ? alsoById(answer, record) : answer,
    })),
    { path: "/records/:name", answer: record },
  ];
}

/** Redirects from ids in place of names. */
function alsoById(answer: PageRoute["answer"], record: PageRoute["answer"]): PageRoute["answer"] {
  return async (request) => {
    const found = await answer(request);
    return found.kind === "missing" && ID.test(request.name) ? record(request) : found;
  };
}

function pagesOf(schema: GraphQLSchema): readonly PageRoute[] {
  return [
    { path: "/documents", answer: answerDocuments },
    { path: "/documents/:name", answer: answerDocument },
    { path: "/meetings", answer: answerMeetings(schema) },
    { path: "/meetings/:name", answer: answerMeeting },
    { path: "/agreements", answer: answerAgreements },
    { path: "/agreements/:name", answer: answerAgreement },
    { path: "/activities", answer: answerActivities },
    { path: "/activities/:name", answer: answerActivity },
    { path: "/persons", answer: answerPersons },
    { path: "/persons/:name", answer: answerPerson },
    { path: "/states", answer: answerStates },
    { path: "/states/:name", answer: answerPartyOf("State") },
    { path: "/organizations/:name", answer: answerPartyOf("Organization") },
    { path: "/forums", answer: answerForums },
    { path: "/forums/:name", answer: answerForum },
    { path: "/offices", answer: answerOffices },
    { path: "/pairs", answer: answerPairs },
    { path: "/pairs/:name", answer: answerPair },
    { path: "/matrix", answer: answerMatrix },
    { path: "/matrix/changes", answer: answerMatrixChanges },
    { path: "/statements", answer: answerStatements },
    { path: "/commitments", answer: answerCommitments },
    { path: "/visits", answer: answerVisits },
    { path: "/statistics", answer: answerStatistics },
    { path: "/claims", answer: answerClaims },
    { path: "/conflicts", answer: answerConflicts },
    { path: "/milestones", answer: answerMilestones },
    { path: "/ledger", answer: answerLedger },
    { path: "/timeline", answer: answerTimeline },
    { path: "/gaps", answer: answerGaps },
    { path: "/search", answer: answerSearch(schema) },
    { path: "/suggestions", answer: answerSuggestions },
  ];
}
