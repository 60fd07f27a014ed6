import { activityActs } from "../modules/activities/activities.acts.js";
import { agreementActs } from "../modules/agreements/agreements.acts.js";
import { answerActs } from "../modules/answers/answers.acts.js";
import { submissionActs } from "../intake/submissions.acts.js";
import { documentActs } from "../modules/documents/documents.acts.js";
import { everyFactIsCited } from "../modules/documents/documents.commands.js";
import { forumActs } from "../modules/forums/forums.acts.js";
import { historyActs } from "../modules/history/history.acts.js";
import { meetingActs } from "../modules/meetings/meetings.acts.js";
import { partyActs } from "../modules/parties/parties.acts.js";
import { recordKinds } from "../modules/kinds.js";
import { plainActs } from "../packs/plain.js";
import { packSections, partKinds } from "../packs/sections.js";
import type { Act } from "../writing/acts.js";
import { reportAct } from "./report.act.js";

const shapes = packSections.flatMap((section) => [section, ...(section.parts ?? [])]);
const keepingActs = historyActs({ kinds: recordKinds, shapes, parts: partKinds, rules: [everyFactIsCited] });
const publishDrafts = keepingActs.find(({ name }) => name === "publishDrafts")?.perform;
if (!publishDrafts) throw new Error("no act publishes drafts");

const recordingActs = [
  ...plainActs,
  ...documentActs,
  ...partyActs,
  ...forumActs,
  ...meetingActs,
  ...agreementActs,
  ...activityActs,
  ...answerActs,
];

/** All acts, by the name of their mutation. */
export const acts: ReadonlyMap<string, Act> = new Map(
  [...recordingActs, reportAct(recordingActs), ...keepingActs, ...submissionActs(publishDrafts)].map((act) => [
    act.name,
    act,
  ]),
);
