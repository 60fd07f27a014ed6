-- Pairs that were removed from derived."Pair": with those that stand, every pair that two keys ever made at a meeting.
-- The record as of a moment is found by them. prisma/sql/pairs.sql fills the table.

CREATE TABLE derived."FormerPair" (
  "pair" bigint NOT NULL,
  "meetingId" text NOT NULL,
  PRIMARY KEY ("pair", "meetingId")
);
