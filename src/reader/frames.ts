import type { MeetingFormat } from "./types.js";

/** The position of the other side of an encounter: the object, or after a preposition. */
export type PartnerSlot =
  "direct" | "with" | "to" | "by" | "on" | "for" | "between" | "from" | "of" | "among" | "alongside";

/**
 * A construction that reports an encounter. Frames are data: each has positive and negative examples in
 * tests/reader/examples, and every fact names the frame that produced it.
 */
export interface Frame {
  readonly id: string;
  readonly shape:
    | "partner" // a verb with the other side as object or after a preposition
    | "object" // a verb with a noun of encounter as object: "held talks with"
    | "hosted" // passive: "was received by"
    | "sitting" // a person takes part in a gathering
    | "join" // a person joins those who were named before
    | "change" // put off, called off
    | "refusal"; // declined, refused
  readonly verbs: readonly string[];
  readonly slots: readonly PartnerSlot[];
  /** Two sides in the subject are enough: "the ministers met". */
  readonly reciprocal?: boolean;
  /** The role of the subject, or of the agent of a passive. */
  readonly role?: "HOST" | "CHAIR" | "SPEAKER";
  readonly partnerRole?: "HOST" | "CHAIR";
  readonly format?: MeetingFormat;
  /** The verb means an encounter only with a word that says so: "spoke by phone", "talked for an hour". */
  readonly needsPerson?: boolean;
  readonly status?: "POSTPONED" | "CANCELLED";
}

export const frames: readonly Frame[] = [
  {
    id: "meet",
    shape: "partner",
    verbs: ["meet", "meet up"],
    slots: ["direct", "with"],
    reciprocal: true,
    needsPerson: false,
  },
  { id: "sit-down", shape: "partner", verbs: ["sit down"], slots: ["with"], reciprocal: true },
  {
    id: "come-together",
    shape: "partner",
    verbs: ["come together", "get together", "gather", "convene", "assemble"],
    slots: ["with"],
    reciprocal: true,
  },
  {
    id: "confer",
    shape: "partner",
    verbs: [
      "confer",
      "consult",
      "converse",
      "huddle",
      "interact",
      "deliberate",
      "negotiate",
      "chat",
      "liaise",
      "catch up",
    ],
    slots: ["with"],
    reciprocal: true,
  },
  {
    id: "speak",
    shape: "partner",
    verbs: ["speak", "talk"],
    slots: ["with", "to"],
    reciprocal: true,
    needsPerson: true,
  },
  {
    id: "phone",
    shape: "partner",
    verbs: ["phone", "telephone", "ring"],
    slots: ["direct"],
    format: "CALL",
    needsPerson: true,
  },
  {
    id: "tell-by-phone",
    shape: "partner",
    verbs: ["tell", "inform", "brief", "assure", "warn", "thank", "congratulate"],
    slots: ["direct"],
    format: "CALL",
    needsPerson: true,
  },
  {
    id: "receive",
    shape: "partner",
    verbs: ["receive", "welcome", "greet", "entertain"],
    slots: ["direct"],
    role: "HOST",
    needsPerson: true,
  },
  { id: "host", shape: "partner", verbs: ["host"], slots: ["direct"], role: "HOST", needsPerson: true },
  { id: "call-on", shape: "partner", verbs: ["call on", "call upon"], slots: ["direct"], needsPerson: true },
  {
    id: "received-by",
    shape: "hosted",
    verbs: ["receive", "welcome", "greet", "host", "entertain"],
    slots: ["by"],
    partnerRole: "HOST",
    needsPerson: true,
  },
  {
    id: "hold",
    shape: "object",
    verbs: [
      "hold",
      "have",
      "conduct",
      "begin",
      "start",
      "open",
      "conclude",
      "complete",
      "finish",
      "resume",
      "engage",
      "enter",
      "do",
      "continue",
      "wrap up",
      "kick off",
      "take part",
      "participate",
      "end",
      "convene",
      "launch",
      "close",
      "organize",
      "organise",
      "share",
      "carry out",
      "attend",
      "join",
      "exchange",
      "make",
    ],
    slots: ["with", "between", "among", "of"],
    reciprocal: true,
  },
  { id: "pay", shape: "object", verbs: ["pay"], slots: ["on", "to"] },
  {
    id: "chair-talks",
    shape: "object",
    verbs: ["chair", "co-chair", "cochair", "lead", "head"],
    slots: ["with", "between", "alongside"],
    role: "CHAIR",
    reciprocal: true,
  },
  {
    id: "host-talks",
    shape: "object",
    verbs: ["host", "hold", "give", "cohost"],
    slots: ["for", "with", "of", "between"],
    role: "HOST",
  },
  {
    id: "attend",
    shape: "sitting",
    verbs: ["attend", "join", "participate", "take part", "represent", "travel", "arrive", "visit"],
    slots: [],
  },
  { id: "chair", shape: "sitting", verbs: ["chair", "co-chair", "cochair", "preside"], slots: [], role: "CHAIR" },
  { id: "host-sitting", shape: "sitting", verbs: ["host", "cohost"], slots: [], role: "HOST" },
  { id: "address", shape: "sitting", verbs: ["address", "speak"], slots: [], role: "SPEAKER" },
  { id: "expected-at", shape: "sitting", verbs: ["expect"], slots: [] },
  { id: "lead-delegation", shape: "sitting", verbs: ["lead", "head"], slots: [] },
  { id: "join-them", shape: "join", verbs: ["join"], slots: ["direct"] },
  {
    id: "call-off",
    shape: "change",
    verbs: ["cancel", "call off", "scrap", "abort", "axe", "drop"],
    slots: ["with", "between"],
    status: "CANCELLED",
  },
  {
    id: "put-off",
    shape: "change",
    verbs: ["postpone", "put off", "delay", "defer", "reschedule", "suspend", "shelve"],
    slots: ["with", "between"],
    status: "POSTPONED",
  },
  {
    id: "refuse",
    shape: "refusal",
    verbs: ["decline", "refuse", "reject", "rebuff", "turn down", "snub", "spurn", "ignore"],
    slots: ["with", "from", "by"],
  },
];

/** Frames without a verb of their own. */
export const nominalFrames = [
  "talks-between", // "talks between A and B", "the China-Vietnam talks"
  "talks-with", // "during his meeting with B", "Austin's call with Dong"
  "talks-held", // "talks between A and B were held", "the meeting took place"
  "sitting-held", // "the ninth ADMM-Plus was convened"
  "last-met", // "they last met in March"
  "turn-to-host", // "it was Dong's turn to host Giang"
] as const;

const byVerb = new Map<string, Frame[]>();
for (const frame of frames) for (const verb of frame.verbs) byVerb.set(verb, [...(byVerb.get(verb) ?? []), frame]);

export function framesOf(lemma: string, particle: string | undefined): readonly Frame[] {
  const full = particle === undefined ? undefined : byVerb.get(`${lemma} ${particle}`);
  if (full) return full;
  // A particle makes another verb: "take over", "put back".
  if (particle !== undefined && /^(?:off|over|back|down|out|on|upon|for|away)$/.test(particle)) return [];
  return byVerb.get(lemma) ?? [];
}

/** Verbs whose object is only wished for: "proposed talks", "called for a summit". */
export const wishing = new Set(
  (
    "call appeal propose offer seek request demand urge suggest invite want hope need consider discuss explore prepare plan expect arrange await favour favor " +
    "support encourage welcome rule push press aim look set agree ask pursue facilitate mediate broker avoid oppose block prevent follow mention recall describe"
  ).split(" "),
);
