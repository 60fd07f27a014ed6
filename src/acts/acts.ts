import { documentActs } from "../modules/documents/documents.acts.js";
import { meetingActs } from "../modules/meetings/meetings.acts.js";
import type { Act } from "../writing/acts.js";

/** All acts, by the name of their mutation. */
export const acts: ReadonlyMap<string, Act> = new Map([...documentActs, ...meetingActs].map((act) => [act.name, act]));
