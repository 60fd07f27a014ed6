import type { Tool } from "./tool.js";
import { firstSince, firstSinceClaims, lastMet } from "./tools/encounters.js";
import { graphql } from "./tools/graphql.js";
import { meetings } from "./tools/meetings.js";
import { membersOn } from "./tools/members.js";
import { whoHeld } from "./tools/offices.js";
import { documentPassages } from "./tools/passages.js";
import { search } from "./tools/search.js";
import { timeline } from "./tools/timeline.js";

/** The tools of agents, in the order in which they are listed. */
export const agentTools: readonly Tool[] = [
  search,
  lastMet,
  firstSince,
  firstSinceClaims,
  membersOn,
  whoHeld,
  timeline,
  meetings,
  documentPassages,
  graphql,
];
