// The part of the contract that the questions touch, for peers that start from a schema of their own.

export const connections = 16;

export const contract = `
scalar Date
scalar PartialDate
scalar URL
enum OrderDirection { ASC DESC }
enum DocumentKind { NEWS_REPORT READOUT JOINT_STATEMENT OFFICIAL_PAGE REFERENCE }
enum CitationStance { SUPPORTS DISPUTES }
enum OfficeKind { HEAD_OF_STATE HEAD_OF_GOVERNMENT DEFENCE_MINISTER SECOND_DEFENCE_MINISTER DEPUTY_DEFENCE_MINISTER DEFENCE_INDUSTRY_MINISTER OTHER }
enum ForumKind { ORGANIZATION MINISTERIAL SUMMIT DIALOGUE }
enum MembershipRole { MEMBER DIALOGUE_PARTNER PLUS_COUNTRY SECTORAL_DIALOGUE_PARTNER PARTNER_COUNTRY OBSERVER INVITED }
enum MeetingKind { SESSION MULTILATERAL TRILATERAL BILATERAL }
enum MeetingFormat { IN_PERSON VIDEO CALL PULL_ASIDE }
enum MeetingStatus { UNKNOWN EXPECTED HELD POSTPONED CANCELLED DECLINED }
enum ParticipantRole { PRINCIPAL HOST CHAIR SPEAKER REPRESENTATIVE DELEGATE OBSERVER }
input DateRange { from: Date to: Date }
input MeetingFilter { during: DateRange }
type Query {
  meeting(slug: String!): Meeting
  meetings(first: Int): MeetingConnection!
  state(code: String!): State
  forum(slug: String!): Forum
}
interface Party { id: ID! code: String! name: String! }
type State implements Party { id: ID! code: String! name: String! meetings(first: Int, filter: MeetingFilter): MeetingConnection! }
type Organization implements Party { id: ID! code: String! name: String! }
type Place { id: ID! city: String country: State }
type Person { id: ID! slug: String! name: String! tenures: [Tenure!]! }
type Office { id: ID! title: String! kind: OfficeKind! }
type Tenure { id: ID! since: PartialDate until: PartialDate office: Office! }
type Forum {
  id: ID! slug: String! name: String!
  memberships(first: Int, asOf: Date): ForumMembershipConnection!
  sessions(first: Int): MeetingConnection!
}
type ForumMembership { id: ID! role: MembershipRole! since: PartialDate until: PartialDate hasEnded: Boolean party: Party! }
type Meeting {
  id: ID! slug: String! title: String! kind: MeetingKind! format: MeetingFormat status: MeetingStatus!
  on: PartialDate endsOn: PartialDate purpose: String ordinal: Int
  place: Place forum: Forum sidelinesOf: Meeting
  sidelineMeetings(first: Int): MeetingConnection!
  participants(first: Int): ParticipantConnection!
  citations(first: Int): CitationConnection!
}
type Participant { id: ID! role: ParticipantRole! isExpected: Boolean! party: Party! person: Person office: Office }
type Citation { id: ID! stance: CitationStance! locator: String passage: Passage document: Document! }
type Passage { quote: String! start: Int! end: Int! }
type Document { id: ID! title: String! publisher: String! publishedOn: PartialDate url: URL }
type MeetingConnection { nodes: [Meeting!]! }
type ParticipantConnection { nodes: [Participant!]! }
type CitationConnection { nodes: [Citation!]! }
type ForumMembershipConnection { nodes: [ForumMembership!]! }
`;

/** Which object type a row of the table Party is. */
export const typeOfParty = ({ kind }) => (kind === "STATE" ? "State" : "Organization");

/** The words of a citation, where it has a passage. */
export const passageOf = ({ quote, start, end }) => (quote === null ? null : { quote, start, end });
