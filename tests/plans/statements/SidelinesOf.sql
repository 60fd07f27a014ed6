-- SidelinesOf: 1 statement
-- 9 values
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
    having count(*) > 0), coalesce(("bounded"((coalesce((
              select concat('{"session":', coalesce((
                    select concat('{"title":', to_json("t3"."title"), ',"on":', coalesce('"' || "t3"."on"::text || '"', 'null'), ',"status":"', "t3"."status", '","participants":{"nodes":', (
                        select concat('[', string_agg(concat('{"role":"', "t4"."role", '","isExpected":', coalesce("t4"."isExpected"::text, 'null'), ',"party":', coalesce((
                                  select concat('{"code":"', "t5"."code", '"}')
                                  from "Party" as "t5"
                                  where "t5"."id" = "t4"."partyId"), 'null'), ',"person":', coalesce((
                                  select concat('{"name":', to_json("t6"."name"), '}')
                                  from "Person" as "t6"
                                  where "t6"."id" = "t4"."personId"), 'null'), '}'), ','), ']')
                        from (
                          select "t4".*
                          from "Participant" as "t4"
                          where "t4"."meetingId" = "t3"."id"
                          order by "t4"."position" asc, "t4"."id" asc
                          limit 100) as "t4"), '},"sidelineMeetings":{"totalCount":', (
                        select count(*)::text
                        from "Meeting" as "t7"
                        where "t7"."sidelinesOfId" = "t3"."id" and case when (
                          select count(*)
                          from "Participant" p
                          where p."meetingId" = "t7"."id") >= cardinality((
                            select case when count(w."id") = count(*) then array_agg(w."id") end
                            from unnest((
                                select array_agg(distinct (
                                    select n."key"
                                    from "currentKey"('Party', "i"."key") as n))
                                from unnest($2::text[]) as i("key"))::text[]) as g("key")
                            left
                            join "Party" w on w."code" = g."key")::text[]) then (
                          select count(distinct p."partyId")
                          from "Participant" p
                          where p."meetingId" = "t7"."id" and p."partyId" = any((
                              select case when count(w."id") = count(*) then array_agg(w."id") end
                              from unnest((
                                  select array_agg(distinct (
                                      select n."key"
                                      from "currentKey"('Party', "i"."key") as n))
                                  from unnest($3::text[]) as i("key"))::text[]) as g("key")
                              left
                              join "Party" w on w."code" = g."key")::text[])) = cardinality((
                            select case when count(w."id") = count(*) then array_agg(w."id") end
                            from unnest((
                                select array_agg(distinct (
                                    select n."key"
                                    from "currentKey"('Party', "i"."key") as n))
                                from unnest($4::text[]) as i("key"))::text[]) as g("key")
                            left
                            join "Party" w on w."code" = g."key")::text[]) else false end), ',"nodes":', (
                        select concat('[', string_agg(concat('{"title":', to_json("t7"."title"), ',"status":"', "t7"."status", '","on":', coalesce('"' || "t7"."on"::text || '"', 'null'), ',"participants":{"nodes":', (
                                select concat('[', string_agg(concat('{"party":', coalesce((
                                          select concat('{"code":"', "t9"."code", '"}')
                                          from "Party" as "t9"
                                          where "t9"."id" = "t8"."partyId"), 'null'), ',"person":', coalesce((
                                          select concat('{"name":', to_json("t10"."name"), '}')
                                          from "Person" as "t10"
                                          where "t10"."id" = "t8"."personId"), 'null'), '}'), ','), ']')
                                from (
                                  select "t8".*
                                  from "Participant" as "t8"
                                  where "t8"."meetingId" = "t7"."id"
                                  order by "t8"."position" asc, "t8"."id" asc
                                  limit 10) as "t8"), '},"statusReports":', (
                                select concat('[', string_agg(concat('{"status":"', "t11"."status", '","reportedOn":', coalesce('"' || "t11"."reportedOn"::text || '"', 'null'), ',"citation":', coalesce((
                                          select concat('{"passage":', case when "t12"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t12"."quote") > 500 then "counted"("t12"."quote", 8000000, 'Passage.quote') else "t12"."quote" end), '}') else 'null' end, ',"document":', coalesce((
                                                select concat('{"title":', to_json("t13"."title"), ',"publisher":', to_json("t13"."publisher"), '}')
                                                from "Document" as "t13"
                                                where "t13"."id" = "t12"."documentId"), 'null'), '}')
                                          from "Citation" as "t12"
                                          where "t12"."statusReportId" = "t11"."id"
                                          limit 1), 'null'), '}'), ','), ']')
                                from (
                                  select "t11".*
                                  from "StatusReport" as "t11"
                                  where "t11"."meetingId" = "t7"."id"
                                  order by "t11"."reportedOnEarliest" nulls last, "t11"."status", "t11"."id") as "t11"), ',"commitments":{"nodes":', (
                                select concat('[', string_agg(concat('{"summary":', to_json(case when octet_length("t14"."summary") > 500 then "counted"("t14"."summary", 8000000, 'Commitment.summary') else "t14"."summary" end), ',"status":"', "t14"."status", '","parties":', (
                                        select concat('[', string_agg(concat('{"code":"', "t15"."code", '"}'), ','), ']')
                                        from (
                                          select "t15".*
                                          from "Party" as "t15"
                                          where "t15"."id" in (
                                            select c."partyId"
                                            from "CommitmentParty" c
                                            where c."commitmentId" = "t14"."id")
                                          order by "t15"."name" collate "C", "t15"."id") as "t15"), '}'), ','), ']')
                                from (
                                  select "t14".*
                                  from "Commitment" as "t14"
                                  where "t14"."meetingId" = "t7"."id"
                                  order by "t14"."position" asc, "t14"."id" asc
                                  limit 10) as "t14"), '}}'), ','), ']')
                        from (
                          select "t7".*
                          from "Meeting" as "t7"
                          where "t7"."sidelinesOfId" = "t3"."id" and case when (
                            select count(*)
                            from "Participant" p
                            where p."meetingId" = "t7"."id") >= cardinality((
                              select case when count(w."id") = count(*) then array_agg(w."id") end
                              from unnest((
                                  select array_agg(distinct (
                                      select n."key"
                                      from "currentKey"('Party', "i"."key") as n))
                                  from unnest($5::text[]) as i("key"))::text[]) as g("key")
                              left
                              join "Party" w on w."code" = g."key")::text[]) then (
                            select count(distinct p."partyId")
                            from "Participant" p
                            where p."meetingId" = "t7"."id" and p."partyId" = any((
                                select case when count(w."id") = count(*) then array_agg(w."id") end
                                from unnest((
                                    select array_agg(distinct (
                                        select n."key"
                                        from "currentKey"('Party', "i"."key") as n))
                                    from unnest($6::text[]) as i("key"))::text[]) as g("key")
                                left
                                join "Party" w on w."code" = g."key")::text[])) = cardinality((
                              select case when count(w."id") = count(*) then array_agg(w."id") end
                              from unnest((
                                  select array_agg(distinct (
                                      select n."key"
                                      from "currentKey"('Party', "i"."key") as n))
                                  from unnest($7::text[]) as i("key"))::text[]) as g("key")
                              left
                              join "Party" w on w."code" = g."key")::text[]) else false end
                          order by coalesce("t7"."onEarliest", '-infinity'::date) desc, "t7"."id" desc
                          limit 50) as "t7"), '}}')
                    from "Meeting" as "t3"
                    where "t3"."forumId" = "t2"."id" and "t3"."ordinal" = $8::int
                    order by "t3"."onEarliest", "t3"."id"
                    limit 1), 'null'), '}')
              from "Forum" as "t2"
              where "t2"."slug" = (
                select (
                  select n."key"
                  from "currentKey"('Forum', "i"."key") as n)
                from (
                  select $9::text as "key") as i)
              limit 1), 'null'))::text, 8000000))::text, 'null')) as "value"
