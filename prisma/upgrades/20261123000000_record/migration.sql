-- CreateEnum
CREATE TYPE "DocumentKind" AS ENUM ('NEWS_REPORT', 'READOUT', 'JOINT_STATEMENT', 'OFFICIAL_PAGE', 'REFERENCE');

-- CreateEnum
CREATE TYPE "CitationStance" AS ENUM ('SUPPORTS', 'DISPUTES');

-- CreateEnum
CREATE TYPE "PartyKind" AS ENUM ('STATE', 'ORGANIZATION');

-- CreateEnum
CREATE TYPE "NameKind" AS ENUM ('OFFICIAL', 'ALIAS', 'DEMONYM');

-- CreateEnum
CREATE TYPE "IdentifierScheme" AS ENUM ('COW', 'WIKIDATA');

-- CreateEnum
CREATE TYPE "NameOrder" AS ENUM ('GIVEN_FIRST', 'FAMILY_FIRST');

-- CreateEnum
CREATE TYPE "PersonNameKind" AS ENUM ('PRIMARY', 'ALIAS');

-- CreateEnum
CREATE TYPE "OfficeKind" AS ENUM ('HEAD_OF_STATE', 'HEAD_OF_GOVERNMENT', 'DEFENCE_MINISTER', 'SECOND_DEFENCE_MINISTER', 'DEPUTY_DEFENCE_MINISTER', 'DEFENCE_INDUSTRY_MINISTER', 'OTHER');

-- CreateEnum
CREATE TYPE "ForumKind" AS ENUM ('ORGANIZATION', 'MINISTERIAL', 'SUMMIT', 'DIALOGUE');

-- CreateEnum
CREATE TYPE "MembershipRole" AS ENUM ('MEMBER', 'DIALOGUE_PARTNER', 'PLUS_COUNTRY', 'SECTORAL_DIALOGUE_PARTNER', 'PARTNER_COUNTRY', 'OBSERVER', 'INVITED');

-- CreateEnum
CREATE TYPE "MeetingKind" AS ENUM ('SESSION', 'MULTILATERAL', 'TRILATERAL', 'BILATERAL');

-- CreateEnum
CREATE TYPE "MeetingFormat" AS ENUM ('IN_PERSON', 'VIDEO', 'CALL', 'PULL_ASIDE');

-- CreateEnum
CREATE TYPE "MeetingStatus" AS ENUM ('UNKNOWN', 'EXPECTED', 'HELD', 'POSTPONED', 'CANCELLED', 'DECLINED');

-- CreateEnum
CREATE TYPE "ParticipantRole" AS ENUM ('PRINCIPAL', 'HOST', 'CHAIR', 'SPEAKER', 'REPRESENTATIVE', 'DELEGATE', 'OBSERVER');

-- CreateEnum
CREATE TYPE "CommitmentKind" AS ENUM ('JOINT_ACTION', 'DIALOGUE', 'ARRANGEMENT', 'AGREEMENT');

-- CreateEnum
CREATE TYPE "CommitmentStatus" AS ENUM ('SOUGHT', 'AGREED', 'SIGNED', 'FULFILLED', 'LAPSED');

-- CreateEnum
CREATE TYPE "EncounterLevel" AS ENUM ('PERSONS', 'OFFICES', 'PARTIES');

-- CreateTable
CREATE TABLE "Document" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "DocumentKind" NOT NULL,
    "title" TEXT NOT NULL,
    "titleIsOurs" BOOLEAN NOT NULL DEFAULT false,
    "publisher" TEXT NOT NULL,
    "agency" TEXT,
    "dateline" TEXT,
    "language" TEXT NOT NULL,
    "publishedOn" TEXT,
    "publishedOnEarliest" DATE,
    "publishedOnLatest" DATE,
    "url" TEXT,
    "text" TEXT,
    "sha256" TEXT,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Citation" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "stance" "CitationStance" NOT NULL DEFAULT 'SUPPORTS',
    "attributedTo" TEXT,
    "locator" TEXT,
    "quote" TEXT,
    "start" INTEGER,
    "end" INTEGER,
    "partyId" TEXT,
    "personId" TEXT,
    "officeId" TEXT,
    "tenureId" TEXT,
    "forumId" TEXT,
    "membershipId" TEXT,
    "meetingId" TEXT,
    "participantId" TEXT,
    "statusReportId" TEXT,
    "visitId" TEXT,
    "statementId" TEXT,
    "commitmentId" TEXT,
    "milestoneId" TEXT,
    "firstSinceClaimId" TEXT,
    "conflictClaimId" TEXT,

    CONSTRAINT "Citation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Party" (
    "id" TEXT NOT NULL,
    "kind" "PartyKind" NOT NULL,
    "code" TEXT NOT NULL,
    "alpha2" TEXT,
    "name" TEXT NOT NULL,
    "officialName" TEXT,

    CONSTRAINT "Party_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PartyName" (
    "partyId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "kind" "NameKind" NOT NULL,
    "language" TEXT,

    CONSTRAINT "PartyName_pkey" PRIMARY KEY ("partyId","text")
);

-- CreateTable
CREATE TABLE "PartyIdentifier" (
    "partyId" TEXT NOT NULL,
    "scheme" "IdentifierScheme" NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "PartyIdentifier_pkey" PRIMARY KEY ("partyId","scheme")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameOrder" "NameOrder",
    "stateId" TEXT,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PersonName" (
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "kind" "PersonNameKind" NOT NULL,
    "language" TEXT,

    CONSTRAINT "PersonName_pkey" PRIMARY KEY ("personId","text")
);

-- CreateTable
CREATE TABLE "Office" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "OfficeKind" NOT NULL,
    "partyId" TEXT NOT NULL,

    CONSTRAINT "Office_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Tenure" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "officeId" TEXT NOT NULL,
    "since" TEXT,
    "sinceEarliest" DATE,
    "sinceLatest" DATE,
    "until" TEXT,
    "untilEarliest" DATE,
    "untilLatest" DATE,
    "hasEnded" BOOLEAN,
    "attestedOn" TEXT,
    "attestedOnEarliest" DATE,
    "attestedOnLatest" DATE,
    "note" TEXT,

    CONSTRAINT "Tenure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Forum" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "acronym" TEXT,
    "name" TEXT NOT NULL,
    "kind" "ForumKind",
    "description" TEXT,
    "foundedOn" TEXT,
    "foundedOnEarliest" DATE,
    "foundedOnLatest" DATE,
    "parentId" TEXT,
    "organizationId" TEXT,

    CONSTRAINT "Forum_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ForumName" (
    "forumId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "language" TEXT,

    CONSTRAINT "ForumName_pkey" PRIMARY KEY ("forumId","text")
);

-- CreateTable
CREATE TABLE "ForumMembership" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "forumId" TEXT NOT NULL,
    "partyId" TEXT NOT NULL,
    "role" "MembershipRole" NOT NULL,
    "since" TEXT,
    "sinceEarliest" DATE,
    "sinceLatest" DATE,
    "until" TEXT,
    "untilEarliest" DATE,
    "untilLatest" DATE,
    "hasEnded" BOOLEAN,
    "attestedOn" TEXT,
    "attestedOnEarliest" DATE,
    "attestedOnLatest" DATE,
    "isDisputed" BOOLEAN NOT NULL DEFAULT false,
    "note" TEXT,

    CONSTRAINT "ForumMembership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Place" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "city" TEXT,
    "stateId" TEXT,
    "timeZone" TEXT,

    CONSTRAINT "Place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Meeting" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "MeetingKind" NOT NULL,
    "format" "MeetingFormat",
    "on" TEXT,
    "onEarliest" DATE,
    "onLatest" DATE,
    "endsOn" TEXT,
    "endsOnEarliest" DATE,
    "endsOnLatest" DATE,
    "placeId" TEXT,
    "forumId" TEXT,
    "ordinal" INTEGER,
    "sidelinesOfId" TEXT,
    "status" "MeetingStatus" NOT NULL DEFAULT 'UNKNOWN',
    "purpose" TEXT,
    "note" TEXT,

    CONSTRAINT "Meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Participant" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "partyId" TEXT NOT NULL,
    "personId" TEXT,
    "officeId" TEXT,
    "role" "ParticipantRole" NOT NULL,
    "isExpected" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,
    "note" TEXT,
    "meetingEarliest" DATE,
    "meetingLatest" DATE,

    CONSTRAINT "Participant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StatusReport" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "status" "MeetingStatus" NOT NULL,
    "reportedOn" TEXT,
    "reportedOnEarliest" DATE,
    "reportedOnLatest" DATE,

    CONSTRAINT "StatusReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Visit" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "placeId" TEXT,
    "from" TEXT,
    "fromEarliest" DATE,
    "fromLatest" DATE,
    "to" TEXT,
    "toEarliest" DATE,
    "toLatest" DATE,
    "days" INTEGER,
    "purpose" TEXT,

    CONSTRAINT "Visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VisitMeeting" (
    "visitId" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,

    CONSTRAINT "VisitMeeting_pkey" PRIMARY KEY ("visitId","meetingId")
);

-- CreateTable
CREATE TABLE "Statement" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "personId" TEXT,
    "partyId" TEXT,
    "officeId" TEXT,
    "meetingId" TEXT,
    "text" TEXT NOT NULL,
    "isVerbatim" BOOLEAN NOT NULL,
    "topics" TEXT[],
    "on" TEXT,
    "onEarliest" DATE,
    "onLatest" DATE,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Commitment" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "kind" "CommitmentKind" NOT NULL,
    "status" "CommitmentStatus" NOT NULL,
    "dueOn" TEXT,
    "dueOnEarliest" DATE,
    "dueOnLatest" DATE,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Commitment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CommitmentParty" (
    "commitmentId" TEXT NOT NULL,
    "partyId" TEXT NOT NULL,

    CONSTRAINT "CommitmentParty_pkey" PRIMARY KEY ("commitmentId","partyId")
);

-- CreateTable
CREATE TABLE "Milestone" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "on" TEXT,
    "onEarliest" DATE,
    "onLatest" DATE,
    "note" TEXT,

    CONSTRAINT "Milestone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MilestoneParty" (
    "milestoneId" TEXT NOT NULL,
    "partyId" TEXT NOT NULL,

    CONSTRAINT "MilestoneParty_pkey" PRIMARY KEY ("milestoneId","partyId")
);

-- CreateTable
CREATE TABLE "FirstSinceClaim" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "level" "EncounterLevel" NOT NULL,
    "sinceMilestoneId" TEXT,
    "sinceMeetingId" TEXT,

    CONSTRAINT "FirstSinceClaim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Conflict" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "resolution" TEXT,
    "meetingId" TEXT,
    "membershipId" TEXT,
    "forumId" TEXT,

    CONSTRAINT "Conflict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConflictClaim" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "conflictId" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ConflictClaim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordVersion" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" BIGINT NOT NULL DEFAULT 0,
    "movedBy" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "RecordVersion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Document_key_key" ON "Document"("key");

-- CreateIndex
CREATE INDEX "Document_publishedOnEarliest_id_idx" ON "Document"("publishedOnEarliest", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Citation_key_key" ON "Citation"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Citation_statusReportId_key" ON "Citation"("statusReportId");

-- CreateIndex
CREATE UNIQUE INDEX "Citation_firstSinceClaimId_key" ON "Citation"("firstSinceClaimId");

-- CreateIndex
CREATE UNIQUE INDEX "Citation_conflictClaimId_key" ON "Citation"("conflictClaimId");

-- CreateIndex
CREATE INDEX "Citation_documentId_start_id_idx" ON "Citation"("documentId", "start", "id");

-- CreateIndex
CREATE INDEX "Citation_partyId_idx" ON "Citation"("partyId");

-- CreateIndex
CREATE INDEX "Citation_personId_idx" ON "Citation"("personId");

-- CreateIndex
CREATE INDEX "Citation_officeId_idx" ON "Citation"("officeId");

-- CreateIndex
CREATE INDEX "Citation_tenureId_idx" ON "Citation"("tenureId");

-- CreateIndex
CREATE INDEX "Citation_forumId_idx" ON "Citation"("forumId");

-- CreateIndex
CREATE INDEX "Citation_membershipId_idx" ON "Citation"("membershipId");

-- CreateIndex
CREATE INDEX "Citation_meetingId_idx" ON "Citation"("meetingId");

-- CreateIndex
CREATE INDEX "Citation_participantId_idx" ON "Citation"("participantId");

-- CreateIndex
CREATE INDEX "Citation_visitId_idx" ON "Citation"("visitId");

-- CreateIndex
CREATE INDEX "Citation_statementId_idx" ON "Citation"("statementId");

-- CreateIndex
CREATE INDEX "Citation_commitmentId_idx" ON "Citation"("commitmentId");

-- CreateIndex
CREATE INDEX "Citation_milestoneId_idx" ON "Citation"("milestoneId");

-- CreateIndex
CREATE UNIQUE INDEX "Party_code_key" ON "Party"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Party_alpha2_key" ON "Party"("alpha2");

-- CreateIndex
CREATE INDEX "Party_kind_name_id_idx" ON "Party"("kind", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PartyIdentifier_scheme_value_key" ON "PartyIdentifier"("scheme", "value");

-- CreateIndex
CREATE UNIQUE INDEX "Person_slug_key" ON "Person"("slug");

-- CreateIndex
CREATE INDEX "Person_name_id_idx" ON "Person"("name", "id");

-- CreateIndex
CREATE INDEX "Person_stateId_idx" ON "Person"("stateId");

-- CreateIndex
CREATE UNIQUE INDEX "Office_key_key" ON "Office"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Office_partyId_title_key" ON "Office"("partyId", "title");

-- CreateIndex
CREATE UNIQUE INDEX "Tenure_key_key" ON "Tenure"("key");

-- CreateIndex
CREATE INDEX "Tenure_personId_idx" ON "Tenure"("personId");

-- CreateIndex
CREATE INDEX "Tenure_officeId_idx" ON "Tenure"("officeId");

-- CreateIndex
CREATE UNIQUE INDEX "Forum_slug_key" ON "Forum"("slug");

-- CreateIndex
CREATE INDEX "Forum_name_id_idx" ON "Forum"("name", "id");

-- CreateIndex
CREATE INDEX "Forum_parentId_idx" ON "Forum"("parentId");

-- CreateIndex
CREATE INDEX "Forum_organizationId_idx" ON "Forum"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "ForumMembership_key_key" ON "ForumMembership"("key");

-- CreateIndex
CREATE INDEX "ForumMembership_forumId_partyId_idx" ON "ForumMembership"("forumId", "partyId");

-- CreateIndex
CREATE INDEX "ForumMembership_partyId_forumId_idx" ON "ForumMembership"("partyId", "forumId");

-- CreateIndex
CREATE UNIQUE INDEX "Place_key_key" ON "Place"("key");

-- CreateIndex
CREATE INDEX "Place_stateId_idx" ON "Place"("stateId");

-- CreateIndex
CREATE UNIQUE INDEX "Meeting_slug_key" ON "Meeting"("slug");

-- CreateIndex
CREATE INDEX "Meeting_onEarliest_id_idx" ON "Meeting"("onEarliest", "id");

-- CreateIndex
CREATE INDEX "Meeting_forumId_onEarliest_idx" ON "Meeting"("forumId", "onEarliest");

-- CreateIndex
CREATE INDEX "Meeting_sidelinesOfId_onEarliest_idx" ON "Meeting"("sidelinesOfId", "onEarliest");

-- CreateIndex
CREATE INDEX "Meeting_placeId_idx" ON "Meeting"("placeId");

-- CreateIndex
CREATE UNIQUE INDEX "Meeting_forumId_ordinal_key" ON "Meeting"("forumId", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "Participant_key_key" ON "Participant"("key");

-- CreateIndex
CREATE INDEX "Participant_meetingId_position_id_idx" ON "Participant"("meetingId", "position", "id");

-- CreateIndex
CREATE INDEX "Participant_partyId_meetingEarliest_meetingId_idx" ON "Participant"("partyId", "meetingEarliest", "meetingId");

-- CreateIndex
CREATE INDEX "Participant_personId_meetingEarliest_meetingId_idx" ON "Participant"("personId", "meetingEarliest", "meetingId");

-- CreateIndex
CREATE INDEX "Participant_officeId_idx" ON "Participant"("officeId");

-- CreateIndex
CREATE UNIQUE INDEX "StatusReport_key_key" ON "StatusReport"("key");

-- CreateIndex
CREATE INDEX "StatusReport_meetingId_reportedOnEarliest_id_idx" ON "StatusReport"("meetingId", "reportedOnEarliest", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Visit_key_key" ON "Visit"("key");

-- CreateIndex
CREATE INDEX "Visit_personId_fromEarliest_id_idx" ON "Visit"("personId", "fromEarliest", "id");

-- CreateIndex
CREATE INDEX "Visit_placeId_idx" ON "Visit"("placeId");

-- CreateIndex
CREATE INDEX "VisitMeeting_meetingId_idx" ON "VisitMeeting"("meetingId");

-- CreateIndex
CREATE UNIQUE INDEX "Statement_key_key" ON "Statement"("key");

-- CreateIndex
CREATE INDEX "Statement_meetingId_position_id_idx" ON "Statement"("meetingId", "position", "id");

-- CreateIndex
CREATE INDEX "Statement_personId_onEarliest_id_idx" ON "Statement"("personId", "onEarliest", "id");

-- CreateIndex
CREATE INDEX "Statement_partyId_idx" ON "Statement"("partyId");

-- CreateIndex
CREATE INDEX "Statement_officeId_idx" ON "Statement"("officeId");

-- CreateIndex
CREATE UNIQUE INDEX "Commitment_key_key" ON "Commitment"("key");

-- CreateIndex
CREATE INDEX "Commitment_meetingId_position_id_idx" ON "Commitment"("meetingId", "position", "id");

-- CreateIndex
CREATE INDEX "CommitmentParty_partyId_idx" ON "CommitmentParty"("partyId");

-- CreateIndex
CREATE UNIQUE INDEX "Milestone_key_key" ON "Milestone"("key");

-- CreateIndex
CREATE INDEX "Milestone_onEarliest_id_idx" ON "Milestone"("onEarliest", "id");

-- CreateIndex
CREATE INDEX "MilestoneParty_partyId_idx" ON "MilestoneParty"("partyId");

-- CreateIndex
CREATE UNIQUE INDEX "FirstSinceClaim_key_key" ON "FirstSinceClaim"("key");

-- CreateIndex
CREATE INDEX "FirstSinceClaim_meetingId_idx" ON "FirstSinceClaim"("meetingId");

-- CreateIndex
CREATE INDEX "FirstSinceClaim_sinceMilestoneId_idx" ON "FirstSinceClaim"("sinceMilestoneId");

-- CreateIndex
CREATE INDEX "FirstSinceClaim_sinceMeetingId_idx" ON "FirstSinceClaim"("sinceMeetingId");

-- CreateIndex
CREATE UNIQUE INDEX "Conflict_key_key" ON "Conflict"("key");

-- CreateIndex
CREATE INDEX "Conflict_meetingId_idx" ON "Conflict"("meetingId");

-- CreateIndex
CREATE INDEX "Conflict_membershipId_idx" ON "Conflict"("membershipId");

-- CreateIndex
CREATE INDEX "Conflict_forumId_idx" ON "Conflict"("forumId");

-- CreateIndex
CREATE UNIQUE INDEX "ConflictClaim_key_key" ON "ConflictClaim"("key");

-- CreateIndex
CREATE INDEX "ConflictClaim_conflictId_position_idx" ON "ConflictClaim"("conflictId", "position");

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_tenureId_fkey" FOREIGN KEY ("tenureId") REFERENCES "Tenure"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_forumId_fkey" FOREIGN KEY ("forumId") REFERENCES "Forum"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_membershipId_fkey" FOREIGN KEY ("membershipId") REFERENCES "ForumMembership"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_participantId_fkey" FOREIGN KEY ("participantId") REFERENCES "Participant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_statusReportId_fkey" FOREIGN KEY ("statusReportId") REFERENCES "StatusReport"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_visitId_fkey" FOREIGN KEY ("visitId") REFERENCES "Visit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_commitmentId_fkey" FOREIGN KEY ("commitmentId") REFERENCES "Commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_milestoneId_fkey" FOREIGN KEY ("milestoneId") REFERENCES "Milestone"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_firstSinceClaimId_fkey" FOREIGN KEY ("firstSinceClaimId") REFERENCES "FirstSinceClaim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_conflictClaimId_fkey" FOREIGN KEY ("conflictClaimId") REFERENCES "ConflictClaim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PartyName" ADD CONSTRAINT "PartyName_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PartyIdentifier" ADD CONSTRAINT "PartyIdentifier_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_stateId_fkey" FOREIGN KEY ("stateId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonName" ADD CONSTRAINT "PersonName_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Office" ADD CONSTRAINT "Office_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tenure" ADD CONSTRAINT "Tenure_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tenure" ADD CONSTRAINT "Tenure_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Forum" ADD CONSTRAINT "Forum_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Forum"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Forum" ADD CONSTRAINT "Forum_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumName" ADD CONSTRAINT "ForumName_forumId_fkey" FOREIGN KEY ("forumId") REFERENCES "Forum"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumMembership" ADD CONSTRAINT "ForumMembership_forumId_fkey" FOREIGN KEY ("forumId") REFERENCES "Forum"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumMembership" ADD CONSTRAINT "ForumMembership_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Place" ADD CONSTRAINT "Place_stateId_fkey" FOREIGN KEY ("stateId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "Place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_forumId_fkey" FOREIGN KEY ("forumId") REFERENCES "Forum"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_sidelinesOfId_fkey" FOREIGN KEY ("sidelinesOfId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Participant" ADD CONSTRAINT "Participant_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Participant" ADD CONSTRAINT "Participant_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Participant" ADD CONSTRAINT "Participant_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Participant" ADD CONSTRAINT "Participant_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatusReport" ADD CONSTRAINT "StatusReport_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Visit" ADD CONSTRAINT "Visit_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Visit" ADD CONSTRAINT "Visit_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "Place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VisitMeeting" ADD CONSTRAINT "VisitMeeting_visitId_fkey" FOREIGN KEY ("visitId") REFERENCES "Visit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VisitMeeting" ADD CONSTRAINT "VisitMeeting_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Commitment" ADD CONSTRAINT "Commitment_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CommitmentParty" ADD CONSTRAINT "CommitmentParty_commitmentId_fkey" FOREIGN KEY ("commitmentId") REFERENCES "Commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CommitmentParty" ADD CONSTRAINT "CommitmentParty_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneParty" ADD CONSTRAINT "MilestoneParty_milestoneId_fkey" FOREIGN KEY ("milestoneId") REFERENCES "Milestone"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneParty" ADD CONSTRAINT "MilestoneParty_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FirstSinceClaim" ADD CONSTRAINT "FirstSinceClaim_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FirstSinceClaim" ADD CONSTRAINT "FirstSinceClaim_sinceMilestoneId_fkey" FOREIGN KEY ("sinceMilestoneId") REFERENCES "Milestone"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FirstSinceClaim" ADD CONSTRAINT "FirstSinceClaim_sinceMeetingId_fkey" FOREIGN KEY ("sinceMeetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conflict" ADD CONSTRAINT "Conflict_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conflict" ADD CONSTRAINT "Conflict_membershipId_fkey" FOREIGN KEY ("membershipId") REFERENCES "ForumMembership"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conflict" ADD CONSTRAINT "Conflict_forumId_fkey" FOREIGN KEY ("forumId") REFERENCES "Forum"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConflictClaim" ADD CONSTRAINT "ConflictClaim_conflictId_fkey" FOREIGN KEY ("conflictId") REFERENCES "Conflict"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is written by hand: what Prisma's schema language cannot say.
--
-- Functions that constraints and indexes use have bodies in the SQL standard's form, which Postgres binds when it
-- creates them, and trigger functions carry the search path of their creation, so that everything works in any schema
-- and after a restore, where the search path is empty.

-- ------------------------------------------------------------------------------------------------ partial dates

-- The earliest day a partial date (EDTF level 0: 2024, 2024-10, 2024-11-20) can mean; null for any other text.
CREATE FUNCTION "earliestDay"(partial text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
  WHEN partial ~ '^(?!0000)[0-9]{4}$' THEN make_date(partial::int, 1, 1)
  WHEN partial ~ '^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$'
    THEN make_date(left(partial, 4)::int, right(partial, 2)::int, 1)
  WHEN partial ~ '^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
    AND right(partial, 2)::int <= extract(day FROM
      make_date(left(partial, 4)::int, substr(partial, 6, 2)::int, 1) + interval '1 month - 1 day')
    THEN make_date(left(partial, 4)::int, substr(partial, 6, 2)::int, right(partial, 2)::int)
END;

-- The latest day a partial date can mean; null for a text that is none.
CREATE FUNCTION "latestDay"(partial text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE char_length(partial)
  WHEN 4 THEN ("earliestDay"(partial) + interval '1 year - 1 day')::date
  WHEN 7 THEN ("earliestDay"(partial) + interval '1 month - 1 day')::date
  ELSE "earliestDay"(partial)
END;

-- Whether a partial date and its two days are all absent, or all present and say the same.
CREATE FUNCTION "isPartialDate"(partial text, earliest date, latest date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN partial IS NULL THEN earliest IS NULL AND latest IS NULL
  ELSE coalesce(earliest = "earliestDay"(partial) AND latest = "latestDay"(partial), false)
END;

ALTER TABLE "Document" ADD CONSTRAINT "Document_publishedOn_partial_date"
  CHECK ("isPartialDate"("publishedOn", "publishedOnEarliest", "publishedOnLatest"));

ALTER TABLE "Tenure"
  ADD CONSTRAINT "Tenure_since_partial_date" CHECK ("isPartialDate"("since", "sinceEarliest", "sinceLatest")),
  ADD CONSTRAINT "Tenure_until_partial_date" CHECK ("isPartialDate"("until", "untilEarliest", "untilLatest")),
  ADD CONSTRAINT "Tenure_attestedOn_partial_date"
    CHECK ("isPartialDate"("attestedOn", "attestedOnEarliest", "attestedOnLatest")),
  ADD CONSTRAINT "Tenure_period_order" CHECK ("sinceEarliest" <= "untilLatest"),
  ADD CONSTRAINT "Tenure_until_means_ended" CHECK ("until" IS NULL OR "hasEnded" IS TRUE);

ALTER TABLE "Forum" ADD CONSTRAINT "Forum_foundedOn_partial_date"
  CHECK ("isPartialDate"("foundedOn", "foundedOnEarliest", "foundedOnLatest"));

ALTER TABLE "ForumMembership"
  ADD CONSTRAINT "ForumMembership_since_partial_date" CHECK ("isPartialDate"("since", "sinceEarliest", "sinceLatest")),
  ADD CONSTRAINT "ForumMembership_until_partial_date" CHECK ("isPartialDate"("until", "untilEarliest", "untilLatest")),
  ADD CONSTRAINT "ForumMembership_attestedOn_partial_date"
    CHECK ("isPartialDate"("attestedOn", "attestedOnEarliest", "attestedOnLatest")),
  ADD CONSTRAINT "ForumMembership_period_order" CHECK ("sinceEarliest" <= "untilLatest"),
  ADD CONSTRAINT "ForumMembership_until_means_ended" CHECK ("until" IS NULL OR "hasEnded" IS TRUE);

ALTER TABLE "Meeting"
  ADD CONSTRAINT "Meeting_on_partial_date" CHECK ("isPartialDate"("on", "onEarliest", "onLatest")),
  ADD CONSTRAINT "Meeting_endsOn_partial_date" CHECK ("isPartialDate"("endsOn", "endsOnEarliest", "endsOnLatest")),
  ADD CONSTRAINT "Meeting_endsOn_needs_on" CHECK ("endsOn" IS NULL OR "on" IS NOT NULL),
  ADD CONSTRAINT "Meeting_period_order" CHECK ("onEarliest" <= "endsOnLatest");

ALTER TABLE "StatusReport" ADD CONSTRAINT "StatusReport_reportedOn_partial_date"
  CHECK ("isPartialDate"("reportedOn", "reportedOnEarliest", "reportedOnLatest"));

ALTER TABLE "Visit"
  ADD CONSTRAINT "Visit_from_partial_date" CHECK ("isPartialDate"("from", "fromEarliest", "fromLatest")),
  ADD CONSTRAINT "Visit_to_partial_date" CHECK ("isPartialDate"("to", "toEarliest", "toLatest")),
  ADD CONSTRAINT "Visit_period_order" CHECK ("fromEarliest" <= "toLatest");

ALTER TABLE "Statement" ADD CONSTRAINT "Statement_on_partial_date"
  CHECK ("isPartialDate"("on", "onEarliest", "onLatest"));

ALTER TABLE "Commitment" ADD CONSTRAINT "Commitment_dueOn_partial_date"
  CHECK ("isPartialDate"("dueOn", "dueOnEarliest", "dueOnLatest"));

ALTER TABLE "Milestone" ADD CONSTRAINT "Milestone_on_partial_date"
  CHECK ("isPartialDate"("on", "onEarliest", "onLatest"));

-- --------------------------------------------------------------------------------- the form of single records

ALTER TABLE "Document"
  ADD CONSTRAINT "Document_title_present" CHECK (btrim("title") <> ''),
  ADD CONSTRAINT "Document_language_form" CHECK ("language" ~ '^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$'),
  ADD CONSTRAINT "Document_url_form" CHECK ("url" ~* '^https?://[^[:space:]]+$'),
  ADD CONSTRAINT "Document_text_present" CHECK ("text" <> ''),
  ADD CONSTRAINT "Document_text_and_hash" CHECK (("text" IS NULL) = ("sha256" IS NULL)),
  ADD CONSTRAINT "Document_hash_of_text" CHECK ("sha256" = encode(sha256(convert_to("text", 'UTF8')), 'hex'));

ALTER TABLE "Citation"
  ADD CONSTRAINT "Citation_one_subject" CHECK (num_nonnulls(
    "partyId", "personId", "officeId", "tenureId", "forumId", "membershipId", "meetingId", "participantId",
    "statusReportId", "visitId", "statementId", "commitmentId", "milestoneId", "firstSinceClaimId", "conflictClaimId"
  ) = 1),
  ADD CONSTRAINT "Citation_whole_passage" CHECK (num_nonnulls("quote", "start", "end") IN (0, 3)),
  ADD CONSTRAINT "Citation_passage_length"
    CHECK ("quote" <> '' AND "start" >= 0 AND "end" - "start" = char_length("quote"));

-- ISO 3166-1 for states; for organizations their acronym.
ALTER TABLE "Party"
  ADD CONSTRAINT "Party_name_present" CHECK (btrim("name") <> ''),
  ADD CONSTRAINT "Party_code_form" CHECK (CASE "kind"
    WHEN 'STATE' THEN "code" ~ '^[A-Z]{3}$'
    ELSE "code" ~ '^[A-Z0-9][A-Za-z0-9&+-]{0,31}$'
  END),
  ADD CONSTRAINT "Party_alpha2_form" CHECK ("alpha2" IS NULL OR ("alpha2" ~ '^[A-Z]{2}$' AND "kind" = 'STATE'));

ALTER TABLE "PartyName" ADD CONSTRAINT "PartyName_text_present" CHECK (btrim("text") <> '');
ALTER TABLE "PartyIdentifier" ADD CONSTRAINT "PartyIdentifier_value_present" CHECK (btrim("value") <> '');

ALTER TABLE "Person"
  ADD CONSTRAINT "Person_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  ADD CONSTRAINT "Person_name_present" CHECK (btrim("name") <> '');
ALTER TABLE "PersonName" ADD CONSTRAINT "PersonName_text_present" CHECK (btrim("text") <> '');
ALTER TABLE "Office" ADD CONSTRAINT "Office_title_present" CHECK (btrim("title") <> '');

ALTER TABLE "Forum"
  ADD CONSTRAINT "Forum_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  ADD CONSTRAINT "Forum_name_present" CHECK (btrim("name") <> ''),
  ADD CONSTRAINT "Forum_not_its_own_parent" CHECK ("parentId" <> "id");
ALTER TABLE "ForumName" ADD CONSTRAINT "ForumName_text_present" CHECK (btrim("text") <> '');

ALTER TABLE "Place"
  ADD CONSTRAINT "Place_city_or_state" CHECK (num_nonnulls("city", "stateId") > 0),
  ADD CONSTRAINT "Place_timeZone_form" CHECK ("timeZone" ~ '^[A-Za-z]+[A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$');

ALTER TABLE "Meeting"
  ADD CONSTRAINT "Meeting_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  ADD CONSTRAINT "Meeting_title_present" CHECK (btrim("title") <> ''),
  ADD CONSTRAINT "Meeting_forum_only_of_sessions" CHECK (("kind" = 'SESSION') = ("forumId" IS NOT NULL)),
  ADD CONSTRAINT "Meeting_ordinal_only_with_forum" CHECK ("ordinal" IS NULL OR "forumId" IS NOT NULL),
  ADD CONSTRAINT "Meeting_ordinal_positive" CHECK ("ordinal" > 0),
  ADD CONSTRAINT "Meeting_not_on_its_own_sidelines" CHECK ("sidelinesOfId" <> "id");

ALTER TABLE "Participant" ADD CONSTRAINT "Participant_position_counts" CHECK ("position" >= 0);
ALTER TABLE "StatusReport" ADD CONSTRAINT "StatusReport_status_known" CHECK ("status" <> 'UNKNOWN');
ALTER TABLE "Visit" ADD CONSTRAINT "Visit_days_positive" CHECK ("days" > 0);

ALTER TABLE "Statement"
  ADD CONSTRAINT "Statement_text_present" CHECK (btrim("text") <> ''),
  ADD CONSTRAINT "Statement_has_speaker" CHECK (num_nonnulls("personId", "partyId") > 0),
  ADD CONSTRAINT "Statement_position_counts" CHECK ("position" >= 0);

ALTER TABLE "Commitment"
  ADD CONSTRAINT "Commitment_summary_present" CHECK (btrim("summary") <> ''),
  ADD CONSTRAINT "Commitment_position_counts" CHECK ("position" >= 0);

ALTER TABLE "Milestone" ADD CONSTRAINT "Milestone_label_present" CHECK (btrim("label") <> '');

ALTER TABLE "FirstSinceClaim"
  ADD CONSTRAINT "FirstSinceClaim_since_one_thing" CHECK (num_nonnulls("sinceMilestoneId", "sinceMeetingId") = 1),
  ADD CONSTRAINT "FirstSinceClaim_not_since_itself" CHECK ("sinceMeetingId" <> "meetingId");

ALTER TABLE "Conflict" ADD CONSTRAINT "Conflict_one_subject"
  CHECK (num_nonnulls("meetingId", "membershipId", "forumId") = 1);

ALTER TABLE "ConflictClaim"
  ADD CONSTRAINT "ConflictClaim_value_present" CHECK (btrim("value") <> ''),
  ADD CONSTRAINT "ConflictClaim_position_counts" CHECK ("position" >= 0);

ALTER TABLE "RecordVersion" ADD CONSTRAINT "RecordVersion_one_row" CHECK ("id" = 1);

-- ----------------------------------------------------------------------------------------- records between tables

-- A passage stands in its document's text, letter by letter, at its code points. A document whose text the record
-- holds is cited by passage, any other by locator or by its address.
CREATE FUNCTION "citationFault"(document "Document", quote text, starts_at int, locator text) RETURNS text
LANGUAGE sql STABLE
RETURN CASE
  WHEN (document)."text" IS NULL AND quote IS NOT NULL
    THEN 'cites a passage of a document whose text the record does not hold'
  WHEN (document)."text" IS NULL AND coalesce(locator, (document)."url") IS NULL
    THEN 'has neither a passage nor a locator, and its document has no address'
  WHEN (document)."text" IS NOT NULL AND quote IS NULL
    THEN 'names no passage of a document whose text the record holds'
  WHEN substr((document)."text", starts_at + 1, char_length(quote)) <> quote
    THEN 'cites a passage that does not stand in its document at its offsets'
END;

CREATE FUNCTION "checkCitation"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  cited "Document";
  fault text;
BEGIN
  -- The lock keeps the text from changing between this look and the commit.
  SELECT * INTO cited FROM "Document" WHERE "id" = NEW."documentId" FOR SHARE;
  IF NOT FOUND THEN
    RETURN NULL; -- the foreign key says so better
  END IF;
  fault := "citationFault"(cited, NEW."quote", NEW."start", NEW."locator");
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'citation % %', NEW."key", fault USING ERRCODE = 'check_violation',
      TABLE = 'Citation', CONSTRAINT = 'Citation_stands_in_document';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "Citation_stands_in_document"
  AFTER INSERT OR UPDATE OF "documentId", "quote", "start", "end", "locator" ON "Citation"
  FOR EACH ROW EXECUTE FUNCTION "checkCitation"();

CREATE FUNCTION "checkCitationsOfDocument"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  broken record;
BEGIN
  SELECT c."key", "citationFault"(NEW, c."quote", c."start", c."locator") AS fault INTO broken
  FROM "Citation" c
  WHERE c."documentId" = NEW."id" AND "citationFault"(NEW, c."quote", c."start", c."locator") IS NOT NULL
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'citation % %', broken.key, broken.fault USING ERRCODE = 'check_violation',
      TABLE = 'Document', CONSTRAINT = 'Citation_stands_in_document';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "Document_keeps_its_passages" AFTER UPDATE OF "text", "url" ON "Document"
  FOR EACH ROW WHEN (OLD."text" IS DISTINCT FROM NEW."text" OR OLD."url" IS DISTINCT FROM NEW."url")
  EXECUTE FUNCTION "checkCitationsOfDocument"();

-- Where a column means a state or an organization, the party is one; a party never changes from one to the other.
-- Arguments: the column, the kind.
CREATE FUNCTION "checkPartyKind"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  party_id text := to_jsonb(NEW) ->> TG_ARGV[0];
  party_kind text := (SELECT "kind" FROM "Party" WHERE "id" = party_id);
BEGIN
  IF party_kind <> TG_ARGV[1] THEN
    RAISE EXCEPTION '%.% has to be of kind %, but % is of kind %', TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[1], party_id,
      party_kind USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "Person_state_is_a_state" AFTER INSERT OR UPDATE OF "stateId" ON "Person"
  FOR EACH ROW WHEN (NEW."stateId" IS NOT NULL) EXECUTE FUNCTION "checkPartyKind"('stateId', 'STATE');
CREATE TRIGGER "Place_state_is_a_state" AFTER INSERT OR UPDATE OF "stateId" ON "Place"
  FOR EACH ROW WHEN (NEW."stateId" IS NOT NULL) EXECUTE FUNCTION "checkPartyKind"('stateId', 'STATE');
CREATE TRIGGER "Forum_organization_is_an_organization" AFTER INSERT OR UPDATE OF "organizationId" ON "Forum"
  FOR EACH ROW WHEN (NEW."organizationId" IS NOT NULL)
  EXECUTE FUNCTION "checkPartyKind"('organizationId', 'ORGANIZATION');

CREATE FUNCTION "refuseChange"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0]
    USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
END $$;

CREATE TRIGGER "Party_kind_is_lasting" BEFORE UPDATE ON "Party"
  FOR EACH ROW WHEN (OLD."kind" <> NEW."kind")
  EXECUTE FUNCTION "refuseChange"('a state does not become an organization, nor an organization a state');

-- Sidelines and parents form no circle, however long. Arguments: the column that leads upwards, what is said.
CREATE FUNCTION "checkNoCircle"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  above text := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
  WHILE above IS NOT NULL LOOP
    IF above = NEW."id" THEN
      RAISE EXCEPTION '% %', NEW."slug", TG_ARGV[1]
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    EXECUTE format('SELECT %I FROM %I WHERE "id" = $1', TG_ARGV[0], TG_TABLE_NAME) INTO above USING above;
  END LOOP;
  RETURN NULL;
END $$;

CREATE TRIGGER "Meeting_sidelines_form_no_circle" AFTER INSERT OR UPDATE OF "sidelinesOfId" ON "Meeting"
  FOR EACH ROW WHEN (NEW."sidelinesOfId" IS NOT NULL)
  EXECUTE FUNCTION "checkNoCircle"('sidelinesOfId', 'would be held on its own sidelines');
CREATE TRIGGER "Forum_parents_form_no_circle" AFTER INSERT OR UPDATE OF "parentId" ON "Forum"
  FOR EACH ROW WHEN (NEW."parentId" IS NOT NULL)
  EXECUTE FUNCTION "checkNoCircle"('parentId', 'would be its own parent');

-- ------------------------------------------------------------------------------------- what follows from the record

-- What became of a meeting. Held once any report says so; otherwise what was reported last, a report without a day
-- counting as of the meeting's own; of several on that day the most final. With as_of only the reports known by that
-- day count: a report without a day is known from its document's, or else from the meeting's last day on.
CREATE FUNCTION "meetingStatus"(meeting text, as_of date DEFAULT NULL) RETURNS "MeetingStatus"
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce((
  SELECT r."status"
  FROM "StatusReport" r
  JOIN "Meeting" m ON m."id" = r."meetingId"
  LEFT JOIN "Citation" c ON c."statusReportId" = r."id"
  LEFT JOIN "Document" d ON d."id" = c."documentId"
  WHERE r."meetingId" = meeting
    AND (as_of IS NULL
      OR coalesce(r."reportedOnLatest", d."publishedOnLatest", m."endsOnLatest", m."onLatest") <= as_of)
  ORDER BY
    (r."status" = 'HELD') DESC,
    coalesce(r."reportedOnLatest", m."onLatest", '-infinity'::date) DESC,
    array_position(ARRAY['DECLINED', 'CANCELLED', 'POSTPONED', 'EXPECTED']::"MeetingStatus"[], r."status")
  LIMIT 1
), 'UNKNOWN'::"MeetingStatus");

-- Locks first and looks afterwards: a report that another transaction commits meanwhile is seen by the second statement.
CREATE FUNCTION "settleStatus"(meetings text[]) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM 1 FROM "Meeting" WHERE "id" = ANY (meetings) ORDER BY "id" FOR NO KEY UPDATE;
  UPDATE "Meeting" SET "status" = "meetingStatus"("id")
  WHERE "id" = ANY (meetings) AND "status" <> "meetingStatus"("id");
END $$;

CREATE FUNCTION "statusAfterReports"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM "settleStatus"(ARRAY(SELECT DISTINCT "meetingId" FROM changed));
  RETURN NULL;
END $$;

CREATE FUNCTION "statusAfterMovedReports"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM "settleStatus"(ARRAY(SELECT "meetingId" FROM before UNION SELECT "meetingId" FROM changed));
  RETURN NULL;
END $$;

CREATE TRIGGER "StatusReport_insert_settles_status" AFTER INSERT ON "StatusReport"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "statusAfterReports"();
CREATE TRIGGER "StatusReport_delete_settles_status" AFTER DELETE ON "StatusReport"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "statusAfterReports"();
CREATE TRIGGER "StatusReport_update_settles_status" AFTER UPDATE ON "StatusReport"
  REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "statusAfterMovedReports"();

-- Nobody sets a status by hand.
CREATE FUNCTION "statusFromReports"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  NEW."status" := CASE TG_OP WHEN 'INSERT' THEN 'UNKNOWN'::"MeetingStatus" ELSE "meetingStatus"(NEW."id") END;
  RETURN NEW;
END $$;

CREATE TRIGGER "Meeting_insert_has_no_status" BEFORE INSERT ON "Meeting"
  FOR EACH ROW WHEN (NEW."status" <> 'UNKNOWN') EXECUTE FUNCTION "statusFromReports"();
CREATE TRIGGER "Meeting_status_follows_reports" BEFORE UPDATE ON "Meeting"
  FOR EACH ROW WHEN (OLD."status" <> NEW."status") EXECUTE FUNCTION "statusFromReports"();

-- A seat keeps its meeting's days.
CREATE FUNCTION "daysOfMeeting"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  SELECT "onEarliest", coalesce("endsOnLatest", "onLatest") INTO NEW."meetingEarliest", NEW."meetingLatest"
  FROM "Meeting" WHERE "id" = NEW."meetingId" FOR NO KEY UPDATE;
  RETURN NEW;
END $$;

CREATE TRIGGER "Participant_has_days_of_meeting"
  BEFORE INSERT OR UPDATE OF "meetingId", "meetingEarliest", "meetingLatest" ON "Participant"
  FOR EACH ROW EXECUTE FUNCTION "daysOfMeeting"();

-- A meeting that moves takes its seats along, and its undated reports.
CREATE FUNCTION "afterMeetingMoved"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE "Participant" SET "meetingEarliest" = NEW."onEarliest",
    "meetingLatest" = coalesce(NEW."endsOnLatest", NEW."onLatest")
  WHERE "meetingId" = NEW."id";
  PERFORM "settleStatus"(ARRAY[NEW."id"]);
  RETURN NULL;
END $$;

CREATE TRIGGER "Meeting_moves_with_its_seats" AFTER UPDATE ON "Meeting"
  FOR EACH ROW WHEN ((OLD."onEarliest", OLD."onLatest", OLD."endsOnLatest")
    IS DISTINCT FROM (NEW."onEarliest", NEW."onLatest", NEW."endsOnLatest"))
  EXECUTE FUNCTION "afterMeetingMoved"();

-- ------------------------------------------------------------------------------------------- version of the record

INSERT INTO "RecordVersion" ("id") VALUES (1);

-- Moves the version once per transaction and tells every process that listens on channel record. It runs when the
-- transaction commits (a deferred constraint trigger, which has to be for each row): the one row that all writers
-- share is thus the last one they lock, so that they neither wait for each other's work nor deadlock over it.
CREATE FUNCTION "moveRecordVersion"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  transaction_id bigint;
  moved bigint;
BEGIN
  transaction_id := txid_current();
  IF current_setting('sidelines.record_moved_by', true) IS NOT DISTINCT FROM transaction_id::text THEN
    RETURN NULL;
  END IF;
  PERFORM set_config('sidelines.record_moved_by', transaction_id::text, true);
  INSERT INTO "RecordVersion" AS r ("id", "version", "movedBy") VALUES (1, 1, transaction_id)
  ON CONFLICT ("id") DO UPDATE SET "version" = r."version" + 1, "movedBy" = transaction_id
  RETURNING r."version" INTO moved;
  PERFORM pg_notify('record', moved::text);
  RETURN NULL;
END $$;

-- Lets the writes to a table move the version. Every table of the record is to be watched, new ones too.
CREATE FUNCTION "watchRecord"(watched regclass) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  EXECUTE format('CREATE CONSTRAINT TRIGGER "moves_record_version" AFTER INSERT OR DELETE ON %s
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "moveRecordVersion"()', watched);
  EXECUTE format('CREATE CONSTRAINT TRIGGER "moves_record_version_when_changed" AFTER UPDATE ON %s
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION "moveRecordVersion"()', watched);
  EXECUTE format('CREATE TRIGGER "moves_record_version_when_emptied" AFTER TRUNCATE ON %s
    FOR EACH STATEMENT EXECUTE FUNCTION "moveRecordVersion"()', watched);
END $$;

DO $$ BEGIN PERFORM "watchRecord"(name::regclass) FROM unnest(ARRAY[
  '"Document"', '"Citation"', '"Party"', '"PartyName"', '"PartyIdentifier"', '"Person"', '"PersonName"', '"Office"',
  '"Tenure"', '"Forum"', '"ForumName"', '"ForumMembership"', '"Place"', '"Meeting"', '"Participant"', '"StatusReport"',
  '"Visit"', '"VisitMeeting"', '"Statement"', '"Commitment"', '"CommitmentParty"', '"Milestone"', '"MilestoneParty"',
  '"FirstSinceClaim"', '"Conflict"', '"ConflictClaim"'
]) AS name; END $$;

-- ---------------------------------------------------------------------------------------------- search and paging

-- A text as search compares it: without case, accents and punctuation, words parted by single spaces. It depends on no
-- locale: ASCII, Greek and Cyrillic capitals are lowered here, Latin letters that do not decompose are spelt out.
CREATE FUNCTION "fold"(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(
  replace(replace(replace(replace(
    translate(
      lower(regexp_replace(normalize(words, NFD), '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]', '', 'g')
        COLLATE "C"),
      'ĐđÐðĦħıĿŀŁłØøŦŧÆŒÞẞΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІЂЈЉЊЋЏҐ',
      'ddddhhilllloottæœþßαβγδεζηθικλμνξοπρστυφχψωσабвгдежзиклмнопрстуфхцчшщъыьэюяєіђјљњћџґ'
    ), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ß', 'ss'),
  '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f\uff01-\uff0f\uff1a-\uff20]+', ' ', 'g'));

-- Keyset pages of meetings by day; meetings without a day come before all others.
CREATE INDEX "Meeting_by_day" ON "Meeting" ((coalesce("onEarliest", '-infinity'::date)), "id");
CREATE INDEX "Meeting_of_forum_by_day" ON "Meeting" ("forumId", (coalesce("onEarliest", '-infinity'::date)), "id");
CREATE INDEX "Meeting_on_sidelines_by_day"
  ON "Meeting" ("sidelinesOfId", (coalesce("onEarliest", '-infinity'::date)), "id");

-- The meetings of a party or a person are found through its seats, in the order of days.
CREATE INDEX "Participant_of_party_by_day"
  ON "Participant" ("partyId", (coalesce("meetingEarliest", '-infinity'::date)), "meetingId");
CREATE INDEX "Participant_of_person_by_day"
  ON "Participant" ("personId", (coalesce("meetingEarliest", '-infinity'::date)), "meetingId");

-- How long meetings last at most bounds where those that overlap a range can begin.
CREATE INDEX "Meeting_by_span" ON "Meeting" ((coalesce("endsOnLatest", "onLatest") - "onEarliest"));
