-- Service: 1 statement
-- 0 values
select concat('{"version":', 'null', ',"recordVersion":', coalesce((
      select "version"
      from "RecordVersion"), 0)::text, ',"counts":', concat('{"documents":', (
      select count(*)
      from "Document")::text, ',"meetings":', (
      select count(*)
      from "Meeting")::text, ',"participants":', (
      select count(*)
      from "Participant")::text, ',"memberships":', (
      select count(*)
      from "ForumMembership")::text, ',"persons":', (
      select count(*)
      from "Person")::text, ',"states":', (
      select count(*)
      from "Party"
      where "kind" = 'STATE')::text, ',"forums":', (
      select count(*)
      from "Forum")::text, ',"citations":', (
      select count(*)
      from "Citation")::text, '}'), ',"limits":', concat('{"maxDepth":', 'null', ',"maxCost":', 'null', ',"maxPageSize":', 'null', ',"maxAliases":', 'null', ',"maxTokens":', 'null', ',"maxBodyBytes":', 'null', '}'), '}') as "value"
