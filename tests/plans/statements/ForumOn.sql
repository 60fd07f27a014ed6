-- ForumOn: 1 statement
-- 7 values
select coalesce((
    select concat('{"id":', to_json("t2"."id"), ',"slug":', to_json("t2"."slug"), ',"acronym":', coalesce(to_json("t2"."acronym"), 'null'::json), ',"name":', to_json("t2"."name"), ',"description":', coalesce(to_json("t2"."description"), 'null'::json), ',"foundedOn":', coalesce('"' || "t2"."foundedOn"::text || '"', 'null'), ',"parent":', coalesce((
          select concat('{"slug":', to_json("t3"."slug"), '}')
          from "Forum" as "t3"
          where "t3"."id" = "t2"."parentId"), 'null'), ',"memberships":{"totalCount":', (
        select count(*)::text
        from "ForumMembership" as "t4"
        where "t4"."forumId" = "t2"."id" and (least("t4"."sinceLatest", "t4"."attestedOnLatest") <= $1::date and case when "t4"."untilEarliest" is not null then $2::date < "t4"."untilEarliest" when "t4"."hasEnded" is false then true else $3::date <= coalesce("t4"."attestedOnLatest", "t4"."sinceLatest") end)), ',"nodes":', (
        select concat('[', string_agg(concat('{"id":', to_json("t4"."id"), ',"role":"', "t4"."role", '","since":', coalesce('"' || "t4"."since"::text || '"', 'null'), ',"until":', coalesce('"' || "t4"."until"::text || '"', 'null'), ',"hasEnded":', coalesce("t4"."hasEnded"::text, 'null'), ',"isDisputed":', coalesce("t4"."isDisputed"::text, 'null'), ',"party":', coalesce((
                  select concat('{"code":', to_json("t5"."code"), ',"name":', to_json("t5"."name"), '}')
                  from "Party" as "t5"
                  where "t5"."id" = "t4"."partyId"), 'null'), ',"citations":{"nodes":', (
                select concat('[', string_agg(concat('{"passage":', case when "t6"."quote" is not null then concat('{"quote":', to_json("t6"."quote"), '}') else 'null' end, ',"document":', coalesce((
                          select concat('{"title":', to_json("t7"."title"), '}')
                          from "Document" as "t7"
                          where "t7"."id" = "t6"."documentId"), 'null'), '}'), ','), ']')
                from (
                  select "t6".*
                  from "Citation" as "t6"
                  where "t6"."membershipId" = "t4"."id"
                  order by (
                    select coalesce(d."publishedOnEarliest", 'infinity'::date)
                    from "Document" d
                    where d."id" = "t6"."documentId") asc, "t6"."documentId" asc, coalesce("t6"."start", 2147483647) asc, "t6"."id" asc
                  limit 5) as "t6"), '}}'), ','), ']')
        from (
          select "t4".*
          from "ForumMembership" as "t4"
          where "t4"."forumId" = "t2"."id" and (least("t4"."sinceLatest", "t4"."attestedOnLatest") <= $4::date and case when "t4"."untilEarliest" is not null then $5::date < "t4"."untilEarliest" when "t4"."hasEnded" is false then true else $6::date <= coalesce("t4"."attestedOnLatest", "t4"."sinceLatest") end)
          order by (
            select "o"."name" collate "C"
            from "Party" o
            where o."id" = "t4"."partyId") asc, coalesce(coalesce("t4"."sinceEarliest", "t4"."attestedOnEarliest"), '-infinity'::date) asc, "t4"."id" asc
          limit 50) as "t4"), '},"sessions":{"totalCount":', (
        select count(*)::text
        from "Meeting" as "t8"
        where "t8"."forumId" = "t2"."id"), ',"nodes":', (
        select concat('[', string_agg(concat('{"ordinal":', coalesce("t8"."ordinal"::text, 'null'), ',"on":', coalesce('"' || "t8"."on"::text || '"', 'null'), ',"endsOn":', coalesce('"' || "t8"."endsOn"::text || '"', 'null'), ',"format":', coalesce('"' || "t8"."format"::text || '"', 'null'), ',"status":"', "t8"."status", '","place":', coalesce((
                  select concat('{"city":', coalesce(to_json("t9"."city"), 'null'::json), ',"country":', coalesce((
                        select concat('{"code":', to_json("t10"."code"), '}')
                        from "Party" as "t10"
                        where "t10"."id" = "t9"."stateId"), 'null'), '}')
                  from "Place" as "t9"
                  where "t9"."id" = "t8"."placeId"), 'null'), '}'), ','), ']')
        from (
          select "t8".*
          from "Meeting" as "t8"
          where "t8"."forumId" = "t2"."id"
          order by coalesce("t8"."onEarliest", '-infinity'::date) asc, "t8"."id" asc
          limit 20) as "t8"), '}}')
    from "Forum" as "t2"
    where "t2"."slug" = $7::text
    limit 1), 'null') as "value"
