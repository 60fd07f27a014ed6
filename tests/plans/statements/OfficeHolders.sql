-- OfficeHolders: 1 statement
-- 2 values
select "bounded"((concat('{"totalCount":', (
        select count(*)::text
        from (
          select o."id" as "officeId", o."title", y."code", $1::date as "day"
          from "Office" o
          join "Party" y on y."id" = o."partyId"
          where o."kind" = 'DEFENCE_MINISTER'::"OfficeKind" and true) as "t2"
        where true), ',"nodes":', (
        select concat('[', string_agg(concat('{"office":', coalesce((
                  select concat('{"key":', to_json("t3"."key"), ',"title":', to_json("t3"."title"), ',"party":', coalesce((
                        select concat('{"code":"', "t4"."code", '","name":', to_json("t4"."name"), '}')
                        from "Party" as "t4"
                        where "t4"."id" = "t3"."partyId"), 'null'), ',"vacancies":', (
                      select concat('[', string_agg(concat('{"from":"', "t5"."from", '","to":', coalesce('"' || "t5"."to"::text || '"', 'null'), ',"isCertain":', coalesce("t5"."isCertain"::text, 'null'), ',"predecessor":', coalesce((
                                select concat('{"person":', coalesce((
                                      select concat('{"name":', to_json("t7"."name"), '}')
                                      from "Person" as "t7"
                                      where "t7"."id" = "t6"."personId"), 'null'), '}')
                                from "Tenure" as "t6"
                                where "t6"."officeId" = "t5"."officeId" and upper(case when least("t6"."sinceLatest", "t6"."attestedOnLatest") is null or case when "t6"."untilEarliest" is not null then "t6"."untilEarliest" when "t6"."hasEnded" is false then null else greatest(coalesce("t6"."attestedOnLatest", "t6"."sinceLatest"), "t6"."attestedUntilEarliest") + 1 end <= least("t6"."sinceLatest", "t6"."attestedOnLatest") then 'empty'::daterange else daterange(least("t6"."sinceLatest", "t6"."attestedOnLatest"), case when "t6"."untilEarliest" is not null then "t6"."untilEarliest" when "t6"."hasEnded" is false then null else greatest(coalesce("t6"."attestedOnLatest", "t6"."sinceLatest"), "t6"."attestedUntilEarliest") + 1 end) end) = "t5"."from"
                                order by coalesce("t6"."sinceEarliest", "t6"."attestedOnEarliest") desc nulls last, "t6"."id"
                                limit 1), 'null'), ',"successor":', coalesce((
                                select concat('{"person":', coalesce((
                                      select concat('{"name":', to_json("t9"."name"), '}')
                                      from "Person" as "t9"
                                      where "t9"."id" = "t8"."personId"), 'null'), '}')
                                from "Tenure" as "t8"
                                where "t8"."officeId" = "t5"."officeId" and lower(case when least("t8"."sinceLatest", "t8"."attestedOnLatest") is null or case when "t8"."untilEarliest" is not null then "t8"."untilEarliest" when "t8"."hasEnded" is false then null else greatest(coalesce("t8"."attestedOnLatest", "t8"."sinceLatest"), "t8"."attestedUntilEarliest") + 1 end <= least("t8"."sinceLatest", "t8"."attestedOnLatest") then 'empty'::daterange else daterange(least("t8"."sinceLatest", "t8"."attestedOnLatest"), case when "t8"."untilEarliest" is not null then "t8"."untilEarliest" when "t8"."hasEnded" is false then null else greatest(coalesce("t8"."attestedOnLatest", "t8"."sinceLatest"), "t8"."attestedUntilEarliest") + 1 end) end) = "t5"."to"
                                order by coalesce("t8"."sinceEarliest", "t8"."attestedOnEarliest") desc nulls last, "t8"."id"
                                limit 1), 'null'), '}'), ','), ']')
                      from (
                        select "t5".*
                        from (
                          select "t3"."id" as "officeId", lower(g."days") as "from", upper(g."days") as "to", not isempty(datemultirange(g."days") - s."possible") as "isCertain"
                          from (
                            select range_agg(case when least("t"."sinceLatest", "t"."attestedOnLatest") is null or case when "t"."untilEarliest" is not null then "t"."untilEarliest" when "t"."hasEnded" is false then null else greatest(coalesce("t"."attestedOnLatest", "t"."sinceLatest"), "t"."attestedUntilEarliest") + 1 end <= least("t"."sinceLatest", "t"."attestedOnLatest") then 'empty'::daterange else daterange(least("t"."sinceLatest", "t"."attestedOnLatest"), case when "t"."untilEarliest" is not null then "t"."untilEarliest" when "t"."hasEnded" is false then null else greatest(coalesce("t"."attestedOnLatest", "t"."sinceLatest"), "t"."attestedUntilEarliest") + 1 end) end) as "certain", range_agg(case when false or "t"."untilLatest" <= "t"."sinceEarliest" then 'empty'::daterange else daterange("t"."sinceEarliest", "t"."untilLatest") end) as "possible", bool_or("t"."hasEnded" is not true and "t"."untilLatest" is null) as "mayRun"
                            from "Tenure" "t"
                            where "t"."officeId" = "t3"."id") as s cross
                          join
                          lateral unnest(datemultirange(daterange(lower(s."certain"), null)) - s."certain") as g("days")
                          where not isempty(s."certain") and not (s."mayRun" and upper_inf(g."days"))) as "t5"
                        where true
                        order by "t5"."from") as "t5"), '}')
                  from "Office" as "t3"
                  where "t3"."id" = "t2"."officeId"), 'null'), ',"occupancy":"', (
                select case when bool_or(d."isCertain") then 'HELD' when count(*) > 0 then 'UNKNOWN' when exists (
                  select 1
                  from "tenureDays"("t2"."officeId") d
                  where d."certainFrom" <= "t2"."day") then 'VACANT' else 'UNKNOWN' end
                from "tenuresOn"("t2"."officeId", "t2"."day") d), '","holders":', (
                select concat('[', string_agg(concat('{"person":', coalesce((
                          select concat('{"slug":"', "t11"."slug", '","name":', to_json("t11"."name"), '}')
                          from "Person" as "t11"
                          where "t11"."id" = "t10"."personId"), 'null'), ',"since":', coalesce('"' || "t10"."since"::text || '"', 'null'), ',"until":', coalesce('"' || "t10"."until"::text || '"', 'null'), ',"attestedOn":', coalesce('"' || "t10"."attestedOn"::text || '"', 'null'), '}'), ','), ']')
                from (
                  select "t10".*
                  from "Tenure" as "t10"
                  where "t10"."id" in (
                    select d."tenureId"
                    from "tenuresOn"("t2"."officeId", "t2"."day") d
                    where d."isCertain" = true)
                  order by coalesce("t10"."sinceEarliest", "t10"."attestedOnEarliest") desc nulls last, "t10"."id") as "t10"), ',"possibleHolders":', (
                select concat('[', string_agg(concat('{"person":', coalesce((
                          select concat('{"slug":"', "t13"."slug", '","name":', to_json("t13"."name"), '}')
                          from "Person" as "t13"
                          where "t13"."id" = "t12"."personId"), 'null'), ',"since":', coalesce('"' || "t12"."since"::text || '"', 'null'), ',"until":', coalesce('"' || "t12"."until"::text || '"', 'null'), ',"attestedOn":', coalesce('"' || "t12"."attestedOn"::text || '"', 'null'), '}'), ','), ']')
                from (
                  select "t12".*
                  from "Tenure" as "t12"
                  where "t12"."id" in (
                    select d."tenureId"
                    from "tenuresOn"("t2"."officeId", "t2"."day") d
                    where d."isCertain" = false)
                  order by coalesce("t12"."sinceEarliest", "t12"."attestedOnEarliest") desc nulls last, "t12"."id") as "t12"), '}'), ','), ']')
        from (
          select "t2".*
          from (
            select o."id" as "officeId", o."title", y."code", $2::date as "day"
            from "Office" o
            join "Party" y on y."id" = o."partyId"
            where o."kind" = 'DEFENCE_MINISTER'::"OfficeKind" and true) as "t2"
          where true
          order by "t2"."code" collate "C" asc, "t2"."title" collate "C" asc, "t2"."officeId" asc
          limit 50) as "t2"), '}'))::text, 8000000) as "value"
