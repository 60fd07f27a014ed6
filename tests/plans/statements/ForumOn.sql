-- ForumOn: 1 statement
-- 7 values
select "bounded"((coalesce((
        select concat('{"id":"', "t2"."id", '","slug":"', "t2"."slug", '","acronym":', coalesce(to_json("t2"."acronym"), 'null'::json), ',"name":', to_json("t2"."name"), ',"description":', coalesce(to_json(case when octet_length("t2"."description") > 500 then "counted"("t2"."description", 8000000, 'Forum.description') else "t2"."description" end), 'null'::json), ',"foundedOn":', coalesce('"' || "t2"."foundedOn"::text || '"', 'null'), ',"parent":', coalesce((
              select concat('{"slug":"', "t3"."slug", '"}')
              from "Forum" as "t3"
              where "t3"."id" = "t2"."parentId"), 'null'), ',"memberships":{"totalCount":', (
            select count(*)::text
            from "ForumMembership" as "t4"
            where "t4"."forumId" = "t2"."id" and (least("t4"."sinceLatest", "t4"."attestedOnLatest") <= $1::date and case when "t4"."untilEarliest" is not null then $2::date < "t4"."untilEarliest" when "t4"."hasEnded" is false then true else $3::date <= coalesce("t4"."attestedOnLatest", "t4"."sinceLatest") end)), ',"nodes":', (
            select concat('[', string_agg(concat('{"id":"', "t4"."id", '","role":"', "t4"."role", '","since":', coalesce('"' || "t4"."since"::text || '"', 'null'), ',"until":', coalesce('"' || "t4"."until"::text || '"', 'null'), ',"hasEnded":', coalesce("t4"."hasEnded"::text, 'null'), ',"isDisputed":', coalesce("t4"."isDisputed"::text, 'null'), ',"party":{"code":"', "t4"."t5.code", '","name":', to_json("t4"."t5.name"), '},"citations":{"nodes":', (
                    select concat('[', string_agg(concat('{"passage":', case when "t6"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t6"."quote") > 500 then "counted"("t6"."quote", 8000000, 'Passage.quote') else "t6"."quote" end), '}') else 'null' end, ',"document":{"title":', to_json("t6"."t7.title"), '}}'), ','), ']')
                    from (
                      select "t6".*, "t7"."title" as "t7.title"
                      from "Citation" as "t6"
                      join "Document" as "t7" on "t7"."id" = "t6"."documentId"
                      where "t6"."membershipId" = "t4"."id"
                      order by coalesce("t7"."publishedOnEarliest", 'infinity'::date) asc, "t6"."documentId" asc, coalesce("t6"."start", 2147483647) asc, "t6"."id" asc
                      limit 5) as "t6"), '}}'), ','), ']')
            from (
              select "t4".*, "t5"."code" as "t5.code", "t5"."name" as "t5.name"
              from "ForumMembership" as "t4"
              join "Party" as "t5" on "t5"."id" = "t4"."partyId"
              where "t4"."forumId" = "t2"."id" and (least("t4"."sinceLatest", "t4"."attestedOnLatest") <= $4::date and case when "t4"."untilEarliest" is not null then $5::date < "t4"."untilEarliest" when "t4"."hasEnded" is false then true else $6::date <= coalesce("t4"."attestedOnLatest", "t4"."sinceLatest") end)
              order by "t5"."name" collate "C" asc, coalesce(coalesce("t4"."sinceEarliest", "t4"."attestedOnEarliest"), '-infinity'::date) asc, "t4"."id" asc
              limit 50) as "t4"), '},"sessions":{"totalCount":', (
            select count(*)::text
            from "Meeting" as "t8"
            where "t8"."forumId" = "t2"."id"), ',"nodes":', (
            select concat('[', string_agg(concat('{"ordinal":', coalesce("t8"."ordinal"::text, 'null'), ',"on":', coalesce('"' || "t8"."on"::text || '"', 'null'), ',"endsOn":', coalesce('"' || "t8"."endsOn"::text || '"', 'null'), ',"format":', coalesce('"' || "t8"."format"::text || '"', 'null'), ',"status":"', "t8"."status", '","place":', coalesce((
                      select concat('{"city":', coalesce(to_json("t9"."city"), 'null'::json), ',"country":', coalesce((
                            select concat('{"code":"', "t10"."code", '"}')
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
        where "t2"."slug" = (
          select (
            select n."key"
            from "currentKey"('Forum', "i"."key") as n)
          from (
            select $7::text as "key") as i)
        limit 1), 'null'))::text, 8000000) as "value"
