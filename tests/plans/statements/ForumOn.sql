-- ForumOn: 1 statement
-- 16 values
select "bounded"((coalesce((
        select concat('{"id":"', "t2"."id", '","slug":"', "t2"."slug", '","acronym":', coalesce(to_json("t2"."acronym"), 'null'::json), ',"name":', to_json("t2"."name"), ',"description":', coalesce(to_json(case when octet_length("t2"."description") > 500 then "counted"("t2"."description", 8000000, 'Forum.description') else "t2"."description" end), 'null'::json), ',"foundedOn":', coalesce('"' || "t2"."foundedOn"::text || '"', 'null'), ',"parent":', coalesce((
              select concat('{"slug":"', "t3"."slug", '"}')
              from "Forum" as "t3"
              where "t3"."id" = "t2"."parentId"), 'null'), ',"chair":{"holders":', (
            select concat('[', string_agg(concat('{"party":', coalesce((
                      select concat('{"code":"', "t5"."code", '","name":', to_json("t5"."name"), '}')
                      from "Party" as "t5"
                      where "t5"."id" = "t4"."partyId"), 'null'), ',"person":', coalesce((
                      select concat('{"slug":"', "t6"."slug", '","name":', to_json("t6"."name"), '}')
                      from "Person" as "t6"
                      where "t6"."id" = "t4"."personId"), 'null'), ',"term":', coalesce('"' || "t4"."term"::text || '"', 'null'), ',"since":', coalesce('"' || "t4"."since"::text || '"', 'null'), ',"until":', coalesce('"' || "t4"."until"::text || '"', 'null'), ',"attestedOn":', coalesce('"' || "t4"."attestedOn"::text || '"', 'null'), ',"isExpected":', coalesce("t4"."isExpected"::text, 'null'), '}'), ','), ']')
            from (
              select "t4".*
              from "ChairTerm" as "t4"
              where "t4"."forumId" = "t2"."id" and not "t4"."isExpected" and (least("t4"."sinceLatest", "t4"."attestedOnLatest") <= $1::date and case when "t4"."untilEarliest" is not null then $2::date < "t4"."untilEarliest" when "t4"."hasEnded" is false then true else $3::date <= greatest(coalesce("t4"."attestedOnLatest", "t4"."sinceLatest"), "t4"."attestedUntilEarliest") end)
              order by coalesce("t4"."sinceEarliest", "t4"."attestedOnEarliest") desc nulls last, "t4"."id") as "t4"), ',"possibleHolders":', (
            select concat('[', string_agg(concat('{"party":', coalesce((
                      select concat('{"code":"', "t8"."code", '","name":', to_json("t8"."name"), '}')
                      from "Party" as "t8"
                      where "t8"."id" = "t7"."partyId"), 'null'), ',"person":', coalesce((
                      select concat('{"slug":"', "t9"."slug", '","name":', to_json("t9"."name"), '}')
                      from "Person" as "t9"
                      where "t9"."id" = "t7"."personId"), 'null'), ',"term":', coalesce('"' || "t7"."term"::text || '"', 'null'), ',"since":', coalesce('"' || "t7"."since"::text || '"', 'null'), ',"until":', coalesce('"' || "t7"."until"::text || '"', 'null'), ',"attestedOn":', coalesce('"' || "t7"."attestedOn"::text || '"', 'null'), ',"isExpected":', coalesce("t7"."isExpected"::text, 'null'), '}'), ','), ']')
            from (
              select "t7".*
              from "ChairTerm" as "t7"
              where "t7"."forumId" = "t2"."id" and (coalesce("t7"."sinceEarliest", '-infinity'::date) <= $4::date and $5::date < coalesce("t7"."untilLatest", 'infinity'::date)) and ("t7"."term" is null or $6::date between "t7"."termEarliest" and "t7"."termLatest") and not exists (
                select 1
                from "ChairTerm" c
                where "c"."forumId" = "t2"."id" and not "c"."isExpected" and (least("c"."sinceLatest", "c"."attestedOnLatest") <= $7::date and case when "c"."untilEarliest" is not null then $8::date < "c"."untilEarliest" when "c"."hasEnded" is false then true else $9::date <= greatest(coalesce("c"."attestedOnLatest", "c"."sinceLatest"), "c"."attestedUntilEarliest") end))
              order by coalesce("t7"."sinceEarliest", "t7"."attestedOnEarliest") desc nulls last, "t7"."id") as "t7"), '},"memberships":{"totalCount":', (
            select count(*)::text
            from "ForumMembership" as "t10"
            where "t10"."forumId" = "t2"."id" and (least("t10"."sinceLatest", "t10"."attestedOnLatest") <= $10::date and case when "t10"."untilEarliest" is not null then $11::date < "t10"."untilEarliest" when "t10"."hasEnded" is false then true else $12::date <= greatest(coalesce("t10"."attestedOnLatest", "t10"."sinceLatest"), "t10"."attestedUntilEarliest") end)), ',"nodes":', (
            select concat('[', string_agg(concat('{"id":"', "t10"."id", '","role":"', "t10"."role", '","since":', coalesce('"' || "t10"."since"::text || '"', 'null'), ',"until":', coalesce('"' || "t10"."until"::text || '"', 'null'), ',"hasEnded":', coalesce("t10"."hasEnded"::text, 'null'), ',"isDisputed":', coalesce("t10"."isDisputed"::text, 'null'), ',"party":{"code":"', "t10"."t11.code", '","name":', to_json("t10"."t11.name"), '},"citations":{"nodes":', (
                    select concat('[', string_agg(concat('{"passage":', case when "t12"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t12"."quote") > 500 then "counted"("t12"."quote", 8000000, 'Passage.quote') else "t12"."quote" end), '}') else 'null' end, ',"document":{"title":', to_json("t12"."t13.title"), '}}'), ','), ']')
                    from (
                      select "t12".*, "t13"."title" as "t13.title"
                      from "Citation" as "t12"
                      join "Document" as "t13" on "t13"."id" = "t12"."documentId"
                      where "t12"."membershipId" = "t10"."id"
                      order by coalesce("t13"."publishedOnEarliest", 'infinity'::date) asc, "t12"."documentId" asc, coalesce("t12"."start", 2147483647) asc, "t12"."id" asc
                      limit 5) as "t12"), '}}'), ','), ']')
            from (
              select "t10".*, "t11"."code" as "t11.code", "t11"."name" as "t11.name"
              from "ForumMembership" as "t10"
              join "Party" as "t11" on "t11"."id" = "t10"."partyId"
              where "t10"."forumId" = "t2"."id" and (least("t10"."sinceLatest", "t10"."attestedOnLatest") <= $13::date and case when "t10"."untilEarliest" is not null then $14::date < "t10"."untilEarliest" when "t10"."hasEnded" is false then true else $15::date <= greatest(coalesce("t10"."attestedOnLatest", "t10"."sinceLatest"), "t10"."attestedUntilEarliest") end)
              order by "t11"."name" collate "C" asc, coalesce(coalesce("t10"."sinceEarliest", "t10"."attestedOnEarliest"), '-infinity'::date) asc, "t10"."id" asc
              limit 50) as "t10"), '},"sessions":{"totalCount":', (
            select count(*)::text
            from "Meeting" as "t14"
            where "t14"."forumId" = "t2"."id"), ',"nodes":', (
            select concat('[', string_agg(concat('{"ordinal":', coalesce("t14"."ordinal"::text, 'null'), ',"on":', coalesce('"' || "t14"."on"::text || '"', 'null'), ',"endsOn":', coalesce('"' || "t14"."endsOn"::text || '"', 'null'), ',"format":', coalesce('"' || "t14"."format"::text || '"', 'null'), ',"status":"', "t14"."status", '","place":', coalesce((
                      select concat('{"city":', coalesce(to_json("t15"."city"), 'null'::json), ',"country":', coalesce((
                            select concat('{"code":"', "t16"."code", '"}')
                            from "Party" as "t16"
                            where "t16"."id" = "t15"."stateId"), 'null'), '}')
                      from "Place" as "t15"
                      where "t15"."id" = "t14"."placeId"), 'null'), '}'), ','), ']')
            from (
              select "t14".*
              from "Meeting" as "t14"
              where "t14"."forumId" = "t2"."id"
              order by coalesce("t14"."onEarliest", '-infinity'::date) asc, "t14"."id" asc
              limit 20) as "t14"), '}}')
        from "Forum" as "t2"
        where "t2"."slug" = (
          select (
            select n."key"
            from "currentKey"('Forum', "i"."key") as n)
          from (
            select $16::text as "key") as i)
        limit 1), 'null'))::text, 8000000) as "value"
