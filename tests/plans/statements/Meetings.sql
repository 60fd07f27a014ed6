-- Meetings: 1 statement
-- 11 values
select concat((
    select '' || json_agg(json_build_array(x."place", x."name", x."meant"))::text || ''
    from (
      select 0 as "place", "n"."name" as "name", (
        select o."key"
        from (
          select left("fold"("n"."name"), 80) as "asked") as w, (
          select y."code", unnest(array[y."code", y."alpha2", y."name", y."officialName"])
          from "Party" y
          union all
          select y."code", n."text"
          from "PartyName" n
          join "Party" y on y."id" = n."partyId") as r("key", "text"),
        lateral (
          select r."key", levenshtein(left("fold"(r."text"), 80), w."asked") as "changed", similarity("fold"(r."text"), w."asked") as "likeness") as o
        where r."text" is not null and (o."changed" <= greatest(least(length(w."asked") - 3, 2), 0) or o."likeness" >= 0.4)
        order by o."changed", o."likeness" desc, o."key" collate "C"
        limit 1) as "meant"
      from unnest($1::text[]) as n("name")
      where not exists (
        select 1
        from "Party" as r
        where r."code" = "n"."name") and not exists (
        select 1
        from "MergedRecord" g
        where g."table" = 'Party' and g."key" = "n"."name") and not exists (
        select 1
        from "public"."Party" as r
        where r."code" = "n"."name")) as x
    having count(*) > 0), coalesce((concat('{"rows":', (
          select concat('[', string_agg(concat('[{"id":"', "t2"."id", '","title":', to_json("t2"."title"), ',"kind":"', "t2"."kind", '","format":', coalesce('"' || "t2"."format"::text || '"', 'null'), ',"status":"', "t2"."status", '","on":', coalesce('"' || "t2"."on"::text || '"', 'null'), ',"endsOn":', coalesce('"' || "t2"."endsOn"::text || '"', 'null'), ',"place":', coalesce((
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
                  select concat('[', string_agg(concat('{"stance":"', "t12"."stance", '","attributedTo":', coalesce(to_json("t12"."attributedTo"), 'null'::json), ',"passage":', case when "t12"."quote" is not null then concat('{"quote":', to_json("t12"."quote"), ',"start":', "t12"."start", ',"end":', "t12"."end", '}') else 'null' end, ',"document":{"id":"', "t12"."t13.id", '","title":', to_json("t12"."t13.title"), ',"publisher":', to_json("t12"."t13.publisher"), ',"publishedOn":', coalesce('"' || "t12"."t13.publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t12"."t13.url"), 'null'::json), '}}'), ','), ']')
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
            where "t2_seat"."partyId" = (
              select w."id"
              from "Party" w
              where w."code" = coalesce((
                  select g."survivorKey"
                  from "MergedRecord" g
                  where g."table" = 'Party' and g."key" = ($2::text[])[1]
                  limit 1), ($3::text[])[1])) and "t2_seat"."meetingLatest" >= $4::date and coalesce("t2_seat"."meetingEarliest", '-infinity'::date) >= $5::date - (
              select coalesce(max(coalesce(x."endsOnLatest", x."onLatest") - x."onEarliest"), 0)
              from "Meeting" x) and (
              select not exists (
                select 1
                from unnest((
                    select array_agg(distinct coalesce((
                          select g."survivorKey"
                          from "MergedRecord" g
                          where g."table" = 'Party' and g."key" = "i"."key"
                          limit 1), "i"."key"))
                    from unnest($6::text[]) as i("key"))::text[]) as g
                where not exists (
                  select 1
                  from "Participant" p
                  join "Party" w on w."id" = p."partyId"
                  where p."meetingId" = "t2"."id" and w."code" = g))
              from "Meeting" as "t2"
              where "t2"."id" = "t2_seat"."meetingId")
            order by coalesce("t2_seat"."meetingEarliest", '-infinity'::date) desc, "t2_seat"."meetingId" desc
            limit 11) as "t2_found"
          join "Meeting" as "t2" on "t2"."id" = "t2_found"."1"), ',"total":', (
          select count(distinct "t2_seat"."meetingId")::text
          from "Participant" as "t2_seat"
          where "t2_seat"."partyId" = (
            select w."id"
            from "Party" w
            where w."code" = coalesce((
                select g."survivorKey"
                from "MergedRecord" g
                where g."table" = 'Party' and g."key" = ($7::text[])[1]
                limit 1), ($8::text[])[1])) and "t2_seat"."meetingLatest" >= $9::date and coalesce("t2_seat"."meetingEarliest", '-infinity'::date) >= $10::date - (
            select coalesce(max(coalesce(x."endsOnLatest", x."onLatest") - x."onEarliest"), 0)
            from "Meeting" x) and (
            select not exists (
              select 1
              from unnest((
                  select array_agg(distinct coalesce((
                        select g."survivorKey"
                        from "MergedRecord" g
                        where g."table" = 'Party' and g."key" = "i"."key"
                        limit 1), "i"."key"))
                  from unnest($11::text[]) as i("key"))::text[]) as g
              where not exists (
                select 1
                from "Participant" p
                join "Party" w on w."id" = p."partyId"
                where p."meetingId" = "t2"."id" and w."code" = g))
            from "Meeting" as "t2"
            where "t2"."id" = "t2_seat"."meetingId")), '}'))::text, 'null')) as "value"
