-- Activities: 1 statement
-- 3 values
select concat((
    select '' || json_agg(json_build_array(x."place", left(x."name", 1000), case when x."number" <= 3 then case x."place" when 0 then search."nearest"("x"."name", 'PARTY') end end)
      order by x."number")::text || ''
    from (
      select u.*, row_number() over (
        order by u."place", u."entry") as "number"
      from (
        select 0 as "place", n."number" as "entry", "n"."name" as "name"
        from unnest($1::text[]) with ordinality as n("name", "number")
        where not exists (
          select 1
          from "Party" as r
          where r."code" = "n"."name") and not (
          select n."key"
          from "currentKey"('Party', "n"."name") as n) <> "n"."name" and not exists (
          select 1
          from "public"."Party" as r
          where r."code" = "n"."name")) as u) as x
    having count(*) > 0), coalesce(("bounded"((concat('{"rows":', (
              select concat('[', string_agg(concat('[{"key":', to_json("t2"."key"), ',"name":', coalesce(to_json("t2"."name"), 'null'::json), ',"kind":"', "t2"."kind", '","status":"', "t2"."status", '","from":', coalesce('"' || "t2"."from"::text || '"', 'null'), ',"to":', coalesce('"' || "t2"."to"::text || '"', 'null'), ',"series":', coalesce(to_json("t2"."series"), 'null'::json), ',"ordinal":', coalesce("t2"."ordinal"::text, 'null'), ',"edition":', coalesce(to_json("t2"."edition"), 'null'::json), ',"units":', coalesce(to_json(case when octet_length("t2"."units") > 500 then "counted"("t2"."units", 8000000, 'Activity.units') else "t2"."units" end), 'null'::json), ',"topics":', to_json("t2"."topics"), ',"parties":', (
                      select concat('[', string_agg(concat('{"code":"', "t3"."code", '","name":', to_json("t3"."name"), '}'), ','), ']')
                      from (
                        select "t3".*
                        from "Party" as "t3"
                        where "t3"."id" in (
                          select x."partyId"
                          from "ActivityParty" x
                          where x."activityId" = "t2"."id")
                        order by "t3"."name" collate "C", "t3"."id") as "t3"), ',"place":', coalesce((
                        select concat('{"city":', coalesce(to_json("t4"."city"), 'null'::json), ',"country":', coalesce((
                              select concat('{"name":', to_json("t5"."name"), '}')
                              from "Party" as "t5"
                              where "t5"."id" = "t4"."stateId"), 'null'), '}')
                        from "Place" as "t4"
                        where "t4"."id" = "t2"."placeId"), 'null'), ',"agreement":', coalesce((
                        select concat('{"key":', to_json("t6"."key"), ',"name":', coalesce(to_json("t6"."name"), 'null'::json), '}')
                        from "Agreement" as "t6"
                        where "t6"."id" = "t2"."agreementId"), 'null'), ',"reports":', (
                      select concat('[', string_agg(concat('{"status":"', "t7"."status", '","reportedOn":', coalesce('"' || "t7"."reportedOn"::text || '"', 'null'), ',"citation":', coalesce((
                                select concat('{"passage":', case when "t8"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t8"."quote") > 500 then "counted"("t8"."quote", 8000000, 'Passage.quote') else "t8"."quote" end), ',"start":', "t8"."start", ',"end":', "t8"."end", '}') else 'null' end, ',"document":', coalesce((
                                      select concat('{"title":', to_json("t9"."title"), ',"publisher":', to_json("t9"."publisher"), ',"publishedOn":', coalesce('"' || "t9"."publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t9"."url"), 'null'::json), '}')
                                      from "Document" as "t9"
                                      where "t9"."id" = "t8"."documentId"), 'null'), '}')
                                from "Citation" as "t8"
                                where "t8"."activityReportId" = "t7"."id"
                                limit 1), 'null'), '}'), ','), ']')
                      from (
                        select "t7".*
                        from "ActivityReport" as "t7"
                        where "t7"."activityId" = "t2"."id"
                        order by "t7"."reportedOnEarliest" nulls last, "t7"."status", "t7"."id") as "t7"), '},[', to_json(coalesce(coalesce("t2"."fromEarliest", "t2"."toEarliest"), '-infinity'::date)), ',', to_json("t2"."id"), ']]'), ','), ']')
              from (
                select "t2".*
                from "Activity" as "t2"
                where not exists (
                  select 1
                  from unnest((
                      select array_agg(distinct (
                          select n."key"
                          from "currentKey"('Party', "i"."key") as n))
                      from unnest($2::text[]) as i("key"))::text[]) as k("code")
                  where not exists (
                    select 1
                    from "ActivityParty" x
                    join "Party" p on p."id" = x."partyId"
                    where x."activityId" = "t2"."id" and p."code" = k."code")) and "t2"."kind" = 'EXERCISE'::"ActivityKind"
                order by coalesce(coalesce("t2"."fromEarliest", "t2"."toEarliest"), '-infinity'::date) desc, "t2"."id" desc
                limit 21) as "t2"), ',"total":', (
              select count(*)::text
              from "Activity" as "t2"
              where not exists (
                select 1
                from unnest((
                    select array_agg(distinct (
                        select n."key"
                        from "currentKey"('Party', "i"."key") as n))
                    from unnest($3::text[]) as i("key"))::text[]) as k("code")
                where not exists (
                  select 1
                  from "ActivityParty" x
                  join "Party" p on p."id" = x."partyId"
                  where x."activityId" = "t2"."id" and p."code" = k."code")) and "t2"."kind" = 'EXERCISE'::"ActivityKind"), '}'))::text, 8000000))::text, 'null')) as "value"
