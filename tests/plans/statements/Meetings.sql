-- Meetings: 1 statement
-- 19 values
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
              select concat('[', string_agg(concat('[{"id":"', "t2"."id", '","title":', to_json("t2"."title"), ',"kind":"', "t2"."kind", '","format":', coalesce('"' || "t2"."format"::text || '"', 'null'), ',"status":"', "t2"."status", '","on":', coalesce('"' || "t2"."on"::text || '"', 'null'), ',"endsOn":', coalesce('"' || "t2"."endsOn"::text || '"', 'null'), ',"topics":', to_json("t2"."topics"), ',"place":', coalesce((
                        select concat('{"city":', coalesce(to_json("t3"."city"), 'null'::json), ',"country":', coalesce((
                              select concat('{"code":"', "t4"."code", '","name":', to_json("t4"."name"), '}')
                              from "Party" as "t4"
                              where "t4"."id" = "t3"."stateId"), 'null'), ',"timeZone":', coalesce(to_json("t3"."timeZone"), 'null'::json), '}')
                        from "Place" as "t3"
                        where "t3"."id" = "t2"."placeId"), 'null'), ',"sidelinesOf":', coalesce((
                        select concat('{"id":"', "t5"."id", '","title":', to_json("t5"."title"), ',"ordinal":', coalesce("t5"."ordinal"::text, 'null'), ',"on":', coalesce('"' || "t5"."on"::text || '"', 'null'), ',"forum":', coalesce((
                              select concat('{"slug":"', "t6"."slug", '","acronym":', coalesce(to_json("t6"."acronym"), 'null'::json), '}')
                              from "Forum" as "t6"
                              where "t6"."id" = "t5"."forumId"), 'null'), '}')
                        from "Meeting" as "t5"
                        where "t5"."id" = "t2"."sidelinesOfId"), 'null'), ',"participants":{"totalCount":', (
                      select count(*)::text
                      from "Participant" as "t7"
                      where "t7"."meetingId" = "t2"."id"), ',"nodes":', (
                      select concat('[', string_agg(concat('{"role":"', "t7"."role", '","party":', coalesce((
                                select case when "t8"."kind" = 'STATE' then concat('{"__typename":"State","code":"', "t8"."code", '","name":', to_json("t8"."name"), ',"alpha2":', coalesce('"' || "t8"."alpha2"::text || '"', 'null'), '}') when "t8"."kind" = 'ORGANIZATION' then concat('{"__typename":"Organization","code":"', "t8"."code", '","name":', to_json("t8"."name"), '}') else 'null' end
                                from "Party" as "t8"
                                where "t8"."id" = "t7"."partyId"), 'null'), ',"person":', coalesce((
                                select concat('{"slug":"', "t9"."slug", '","name":', to_json("t9"."name"), '}')
                                from "Person" as "t9"
                                where "t9"."id" = "t7"."personId"), 'null'), ',"office":', coalesce((
                                select concat('{"title":', to_json("t10"."title"), ',"kind":"', "t10"."kind", '","party":', coalesce((
                                      select concat('{"code":"', "t11"."code", '"}')
                                      from "Party" as "t11"
                                      where "t11"."id" = "t10"."partyId"), 'null'), '}')
                                from "Office" as "t10"
                                where "t10"."id" = "t7"."officeId"), 'null'), '}'), ','), ']')
                      from (
                        select "t7".*
                        from "Participant" as "t7"
                        where "t7"."meetingId" = "t2"."id"
                        order by "t7"."position" asc, "t7"."id" asc
                        limit 50) as "t7"), '},"citations":{"nodes":', (
                      select concat('[', string_agg(concat('{"stance":"', "t12"."stance", '","attributedTo":', coalesce(to_json("t12"."attributedTo"), 'null'::json), ',"passage":', case when "t12"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t12"."quote") > 500 then "counted"("t12"."quote", 8000000, 'Passage.quote') else "t12"."quote" end), ',"start":', "t12"."start", ',"end":', "t12"."end", '}') else 'null' end, ',"document":{"id":"', "t12"."t13.id", '","title":', to_json("t12"."t13.title"), ',"publisher":', to_json("t12"."t13.publisher"), ',"publishedOn":', coalesce('"' || "t12"."t13.publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t12"."t13.url"), 'null'::json), '}}'), ','), ']')
                      from (
                        select "t12".*, "t13"."id" as "t13.id", "t13"."title" as "t13.title", "t13"."publisher" as "t13.publisher", "t13"."publishedOn" as "t13.publishedOn", "t13"."url" as "t13.url"
                        from "Citation" as "t12"
                        join "Document" as "t13" on "t13"."id" = "t12"."documentId"
                        where "t12"."meetingId" = "t2"."id"
                        order by coalesce("t13"."publishedOnEarliest", 'infinity'::date) asc, "t12"."documentId" asc, coalesce("t12"."start", 2147483647) asc, "t12"."id" asc
                        limit 10) as "t12"), '}},[', to_json(coalesce("t2"."onEarliest", '-infinity'::date)), ',', to_json("t2"."id"), ']]'), ','
                  order by "t2_found"."0" desc, "t2_found"."1" desc), ']')
              from (
                select distinct on (coalesce("t2_seat"."meetingEarliest", '-infinity'::date), "t2_seat"."meetingId") coalesce("t2_seat"."meetingEarliest", '-infinity'::date) as "0", "t2_seat"."meetingId" as "1"
                from "Participant" as "t2_seat"
                where "t2_seat"."partyId" = ((
                    select case when cardinality(i."ids") <= 2 then i."ids" when i."ids" is not null then array(
                      select g."id"
                      from unnest(i."ids"[:16]) with ordinality as g("id", "place")
                      order by (
                        select count(*)
                        from (
                          select 1
                          from "Participant" p
                          where p."partyId" = g."id"
                          limit 1000) as few), g."place"
                      limit 2) end
                    from (
                      select (
                        select case when count(w."id") = count(*) then array_agg(w."id") end
                        from unnest((
                            select array_agg(distinct (
                                select n."key"
                                from "currentKey"('Party', "i"."key") as n))
                            from unnest($2::text[]) as i("key"))::text[]) as g("key")
                        left
                        join "Party" w on w."code" = g."key")::text[] as "ids" offset 0) as i)::text[])[1] and "t2_seat"."meetingLatest" >= $3::date and coalesce("t2_seat"."meetingEarliest", '-infinity'::date) >= $4::date - (
                  select coalesce(max(coalesce(x."endsOnLatest", x."onLatest") - x."onEarliest"), 0)
                  from "Meeting" x) and case when cardinality((
                    select case when count(w."id") = count(*) then array_agg(w."id") end
                    from unnest((
                        select array_agg(distinct (
                            select n."key"
                            from "currentKey"('Party', "i"."key") as n))
                        from unnest($5::text[]) as i("key"))::text[]) as g("key")
                    left
                    join "Party" w on w."code" = g."key")::text[]) < 2 or "t2_seat"."meetingId" in (
                  select o."meetingId"
                  from "Participant" o
                  where o."partyId" = ((
                      select case when cardinality(i."ids") <= 2 then i."ids" when i."ids" is not null then array(
                        select g."id"
                        from unnest(i."ids"[:16]) with ordinality as g("id", "place")
                        order by (
                          select count(*)
                          from (
                            select 1
                            from "Participant" p
                            where p."partyId" = g."id"
                            limit 1000) as few), g."place"
                        limit 2) end
                      from (
                        select (
                          select case when count(w."id") = count(*) then array_agg(w."id") end
                          from unnest((
                              select array_agg(distinct (
                                  select n."key"
                                  from "currentKey"('Party', "i"."key") as n))
                              from unnest($6::text[]) as i("key"))::text[]) as g("key")
                          left
                          join "Party" w on w."code" = g."key")::text[] as "ids" offset 0) as i)::text[])[2]) then cardinality((
                    select case when count(w."id") = count(*) then array_agg(w."id") end
                    from unnest((
                        select array_agg(distinct (
                            select n."key"
                            from "currentKey"('Party', "i"."key") as n))
                        from unnest($7::text[]) as i("key"))::text[]) as g("key")
                    left
                    join "Party" w on w."code" = g."key")::text[]) <= 2 or case when (
                  select count(*)
                  from "Participant" p
                  where p."meetingId" = "t2_seat"."meetingId") >= cardinality((
                    select case when count(w."id") = count(*) then array_agg(w."id") end
                    from unnest((
                        select array_agg(distinct (
                            select n."key"
                            from "currentKey"('Party', "i"."key") as n))
                        from unnest($8::text[]) as i("key"))::text[]) as g("key")
                    left
                    join "Party" w on w."code" = g."key")::text[]) then (
                  select count(distinct p."partyId")
                  from "Participant" p
                  where p."meetingId" = "t2_seat"."meetingId" and p."partyId" = any((
                      select case when count(w."id") = count(*) then array_agg(w."id") end
                      from unnest((
                          select array_agg(distinct (
                              select n."key"
                              from "currentKey"('Party', "i"."key") as n))
                          from unnest($9::text[]) as i("key"))::text[]) as g("key")
                      left
                      join "Party" w on w."code" = g."key")::text[])) = cardinality((
                    select case when count(w."id") = count(*) then array_agg(w."id") end
                    from unnest((
                        select array_agg(distinct (
                            select n."key"
                            from "currentKey"('Party', "i"."key") as n))
                        from unnest($10::text[]) as i("key"))::text[]) as g("key")
                    left
                    join "Party" w on w."code" = g."key")::text[]) else false end else false end
                order by coalesce("t2_seat"."meetingEarliest", '-infinity'::date) desc, "t2_seat"."meetingId" desc
                limit 11) as "t2_found"
              join "Meeting" as "t2" on "t2"."id" = "t2_found"."1"), ',"total":', (
              select count(*)::text
              from (
                select distinct "t2_seat"."meetingId"
                from "Participant" as "t2_seat"
                where "t2_seat"."partyId" = ((
                    select case when cardinality(i."ids") <= 2 then i."ids" when i."ids" is not null then array(
                      select g."id"
                      from unnest(i."ids"[:16]) with ordinality as g("id", "place")
                      order by (
                        select count(*)
                        from (
                          select 1
                          from "Participant" p
                          where p."partyId" = g."id"
                          limit 1000) as few), g."place"
                      limit 2) end
                    from (
                      select (
                        select case when count(w."id") = count(*) then array_agg(w."id") end
                        from unnest((
                            select array_agg(distinct (
                                select n."key"
                                from "currentKey"('Party', "i"."key") as n))
                            from unnest($11::text[]) as i("key"))::text[]) as g("key")
                        left
                        join "Party" w on w."code" = g."key")::text[] as "ids" offset 0) as i)::text[])[1] and "t2_seat"."meetingLatest" >= $12::date and coalesce("t2_seat"."meetingEarliest", '-infinity'::date) >= $13::date - (
                  select coalesce(max(coalesce(x."endsOnLatest", x."onLatest") - x."onEarliest"), 0)
                  from "Meeting" x) and case when cardinality((
                    select case when count(w."id") = count(*) then array_agg(w."id") end
                    from unnest((
                        select array_agg(distinct (
                            select n."key"
                            from "currentKey"('Party', "i"."key") as n))
                        from unnest($14::text[]) as i("key"))::text[]) as g("key")
                    left
                    join "Party" w on w."code" = g."key")::text[]) < 2 or "t2_seat"."meetingId" in (
                  select o."meetingId"
                  from "Participant" o
                  where o."partyId" = ((
                      select case when cardinality(i."ids") <= 2 then i."ids" when i."ids" is not null then array(
                        select g."id"
                        from unnest(i."ids"[:16]) with ordinality as g("id", "place")
                        order by (
                          select count(*)
                          from (
                            select 1
                            from "Participant" p
                            where p."partyId" = g."id"
                            limit 1000) as few), g."place"
                        limit 2) end
                      from (
                        select (
                          select case when count(w."id") = count(*) then array_agg(w."id") end
                          from unnest((
                              select array_agg(distinct (
                                  select n."key"
                                  from "currentKey"('Party', "i"."key") as n))
                              from unnest($15::text[]) as i("key"))::text[]) as g("key")
                          left
                          join "Party" w on w."code" = g."key")::text[] as "ids" offset 0) as i)::text[])[2]) then cardinality((
                    select case when count(w."id") = count(*) then array_agg(w."id") end
                    from unnest((
                        select array_agg(distinct (
                            select n."key"
                            from "currentKey"('Party', "i"."key") as n))
                        from unnest($16::text[]) as i("key"))::text[]) as g("key")
                    left
                    join "Party" w on w."code" = g."key")::text[]) <= 2 or case when (
                  select count(*)
                  from "Participant" p
                  where p."meetingId" = "t2_seat"."meetingId") >= cardinality((
                    select case when count(w."id") = count(*) then array_agg(w."id") end
                    from unnest((
                        select array_agg(distinct (
                            select n."key"
                            from "currentKey"('Party', "i"."key") as n))
                        from unnest($17::text[]) as i("key"))::text[]) as g("key")
                    left
                    join "Party" w on w."code" = g."key")::text[]) then (
                  select count(distinct p."partyId")
                  from "Participant" p
                  where p."meetingId" = "t2_seat"."meetingId" and p."partyId" = any((
                      select case when count(w."id") = count(*) then array_agg(w."id") end
                      from unnest((
                          select array_agg(distinct (
                              select n."key"
                              from "currentKey"('Party', "i"."key") as n))
                          from unnest($18::text[]) as i("key"))::text[]) as g("key")
                      left
                      join "Party" w on w."code" = g."key")::text[])) = cardinality((
                    select case when count(w."id") = count(*) then array_agg(w."id") end
                    from unnest((
                        select array_agg(distinct (
                            select n."key"
                            from "currentKey"('Party', "i"."key") as n))
                        from unnest($19::text[]) as i("key"))::text[]) as g("key")
                    left
                    join "Party" w on w."code" = g."key")::text[]) else false end else false end) as "t2_counted"), '}'))::text, 8000000))::text, 'null')) as "value"
