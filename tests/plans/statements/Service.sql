-- Service: 1 statement
-- 0 values
select "bounded"((concat('{"version":null,"recordVersion":', coalesce((
          select "version"
          from "RecordVersion"), 0), ',"counts":{"documents":', (
        select count(*)
        from "Document"), ',"meetings":', (
        select count(*)
        from "Meeting"), ',"participants":', (
        select count(*)
        from "Participant"), ',"memberships":', (
        select count(*)
        from "ForumMembership"), ',"persons":', (
        select count(*)
        from "Person"), ',"states":', (
        select count(*)
        from "Party"
        where "kind" = 'STATE'), ',"forums":', (
        select count(*)
        from "Forum"), ',"citations":', (
        select count(*)
        from "Citation"), '},"limits":{"maxDepth":null,"maxCost":null,"maxPageSize":null,"maxAliases":null,"maxTokens":null,"maxBodyBytes":null}}'))::text, 8000000) as "value"
