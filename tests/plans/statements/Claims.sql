-- Claims: 1 statement
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
              select concat('[', string_agg(concat('[{"meeting":', coalesce((
                        select concat('{"slug":"', "t3"."slug", '","title":', to_json("t3"."title"), ',"on":', coalesce('"' || "t3"."on"::text || '"', 'null'), '}')
                        from "Meeting" as "t3"
                        where "t3"."id" = "t2"."meetingId"), 'null'), ',"level":"', "t2"."level", '","since":', coalesce((
                        select case split_part("t4"."id", '_', 1) when 'mls' then (
                          select concat('{"__typename":"Milestone","label":', to_json("t5"."label"), ',"on":', coalesce('"' || "t5"."on"::text || '"', 'null'), '}')
                          from "Milestone" as "t5"
                          where "t5"."id" = "t4"."id") when 'mtg' then (
                          select concat('{"__typename":"Meeting","slug":"', "t6"."slug", '","title":', to_json("t6"."title"), ',"on":', coalesce('"' || "t6"."on"::text || '"', 'null'), '}')
                          from "Meeting" as "t6"
                          where "t6"."id" = "t4"."id") end
                        from (
                          select coalesce("t2"."sinceMilestoneId", "t2"."sinceMeetingId") as "id") as "t4"), 'null'), ',"isPreviousMeeting":', coalesce("t2"."isPreviousMeeting"::text, 'null'), ',"verdict":"', case when ("t2"."isPreviousMeeting" and not not exists (
                        select 1
                        from "Participant" a
                        where a."meetingId" = "t2"."meetingId" and a."attendance" is null and not exists (
                          select 1
                          from "Participant" b
                          where b."meetingId" = "t2"."sinceMeetingId" and b."attendance" is null and b."partyId" = a."partyId" and ("t2"."level" = 'PARTIES' or ("t2"."level" = 'OFFICES' and (b."officeId" = a."officeId" or b."officeId" is null)) or ("t2"."level" = 'PERSONS' and (b."personId" = a."personId" or b."personId" is null)))))) or exists (
                      select x."id"
                      from "Meeting" m
                      left
                      join "Milestone" ms on ms."id" = "t2"."sinceMilestoneId"
                      left
                      join "Meeting" mm on mm."id" = "t2"."sinceMeetingId" cross
                      join
                      lateral (
                        select "t2"."sinceOnEarliest" as "sinceOnEarliest", "t2"."sinceOnLatest" as "sinceOnLatest") as cs cross
                      join
                      lateral (
                        select case when num_nonnulls("t2"."sinceMilestoneId", "t2"."sinceMeetingId", "t2"."sinceOn") = 0 then '-infinity'::date end as "day") as ever cross
                      join
                      lateral (
                        select array[s."key", t."key"] as "keys", array[s."open", t."open"] as "open"
                        from (
                          select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                          from "Participant" a
                          left
                          join "Office" o on o."id" = a."officeId"
                          where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as s
                        join (
                          select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                          from "Participant" a
                          left
                          join "Office" o on o."id" = a."officeId"
                          where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as t on t."partyId" <> s."partyId" and t."key" <> s."key"
                        order by s."key" collate "C", t."key" collate "C"
                        limit 1) as k,
                      lateral "metTogether"(k."keys"[1], k."keys"[2]) as e
                      join "Meeting" x on x."id" = e."meetingId"
                      where m."id" = "t2"."meetingId" and x."id" <> m."id" and x."id" is distinct
                      from mm."id" and "x"."status" = 'HELD' and not ("x"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("x"."kind"::text, "x"."forumId", (
                            select f."kind"::text
                            from "Forum" f
                            where f."id" = "x"."forumId"))) and x."onEarliest" > coalesce(ms."onLatest", mm."endsOnLatest", mm."onLatest", cs."sinceOnLatest", ever."day") and coalesce("x"."endsOnLatest", "x"."onLatest") < m."onEarliest" and not exists (
                        select 1
                        from "Participant" a
                        where a."meetingId" = "t2"."meetingId" and a."attendance" is null and not exists (
                          select 1
                          from "Participant" b
                          where b."meetingId" = x."id" and b."attendance" is null and b."partyId" = a."partyId" and ("t2"."level" = 'PARTIES' or ("t2"."level" = 'OFFICES' and (b."officeId" = a."officeId")) or ("t2"."level" = 'PERSONS' and (b."personId" = a."personId")))))) then 'CONTRADICTED' when (
                      select nullif(concat_ws(' and ', case when coalesce(ms."onLatest", mm."endsOnLatest", mm."onLatest", cs."sinceOnLatest", ever."day") is null then 'the day that it counts from is not known' end, case when m."onEarliest" is null then 'the day of the meeting is not known' end, case when exists (
                            select 1
                            from "Participant" a
                            where a."meetingId" = m."id" and (("t2"."level" = 'OFFICES' and a."officeId" is null) or ("t2"."level" = 'PERSONS' and a."personId" is null))) then 'a seat is not named at this level' end, case when not exists (
                            select 1
                            from (
                              select array[s."key", t."key"] as "keys", array[s."open", t."open"] as "open"
                              from (
                                select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                                from "Participant" a
                                left
                                join "Office" o on o."id" = a."officeId"
                                where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as s
                              join (
                                select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                                from "Participant" a
                                left
                                join "Office" o on o."id" = a."officeId"
                                where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as t on t."partyId" <> s."partyId" and t."key" <> s."key"
                              order by s."key" collate "C", t."key" collate "C"
                              limit 1) as k) then 'the record does not hold seats of two parties at the meeting' end, null, case when "t2"."isPreviousMeeting" and not not exists (
                            select 1
                            from "Participant" a
                            where a."meetingId" = "t2"."meetingId" and a."attendance" is null and not exists (
                              select 1
                              from "Participant" b
                              where b."meetingId" = "t2"."sinceMeetingId" and b."attendance" is null and b."partyId" = a."partyId" and ("t2"."level" = 'PARTIES' or ("t2"."level" = 'OFFICES' and (b."officeId" = a."officeId")) or ("t2"."level" = 'PERSONS' and (b."personId" = a."personId"))))) then 'the participants of the meeting that it counts from are not known' end), '')
                      from "Meeting" m
                      left
                      join "Milestone" ms on ms."id" = "t2"."sinceMilestoneId"
                      left
                      join "Meeting" mm on mm."id" = "t2"."sinceMeetingId" cross
                      join
                      lateral (
                        select "t2"."sinceOnEarliest" as "sinceOnEarliest", "t2"."sinceOnLatest" as "sinceOnLatest") as cs cross
                      join
                      lateral (
                        select case when num_nonnulls("t2"."sinceMilestoneId", "t2"."sinceMeetingId", "t2"."sinceOn") = 0 then '-infinity'::date end as "day") as ever
                      where m."id" = "t2"."meetingId") is not null or exists (
                      select x."id"
                      from "Meeting" m
                      left
                      join "Milestone" ms on ms."id" = "t2"."sinceMilestoneId"
                      left
                      join "Meeting" mm on mm."id" = "t2"."sinceMeetingId" cross
                      join
                      lateral (
                        select "t2"."sinceOnEarliest" as "sinceOnEarliest", "t2"."sinceOnLatest" as "sinceOnLatest") as cs cross
                      join
                      lateral (
                        select case when num_nonnulls("t2"."sinceMilestoneId", "t2"."sinceMeetingId", "t2"."sinceOn") = 0 then '-infinity'::date end as "day") as ever cross
                      join
                      lateral (
                        select array[s."key", t."key"] as "keys", array[s."open", t."open"] as "open"
                        from (
                          select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                          from "Participant" a
                          left
                          join "Office" o on o."id" = a."officeId"
                          where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as s
                        join (
                          select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                          from "Participant" a
                          left
                          join "Office" o on o."id" = a."officeId"
                          where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as t on t."partyId" <> s."partyId" and t."key" <> s."key"
                        order by s."key" collate "C", t."key" collate "C"
                        limit 1) as k,
                      lateral (
                        select distinct f."meetingId"
                        from (values (k."keys"[1], k."keys"[2]), (k."keys"[1], k."open"[2]), (k."open"[1], k."keys"[2]), (k."open"[1], k."open"[2])) as v("one", "other"),
                        lateral "metTogether"(v."one", v."other") as f) as e
                      join "Meeting" x on x."id" = e."meetingId"
                      where m."id" = "t2"."meetingId" and x."id" <> m."id" and x."id" is distinct
                      from mm."id" and "x"."status" = 'HELD' and not ("x"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("x"."kind"::text, "x"."forumId", (
                            select f."kind"::text
                            from "Forum" f
                            where f."id" = "x"."forumId"))) and coalesce(coalesce("x"."endsOnLatest", "x"."onLatest"), 'infinity'::date) >= coalesce(coalesce(ms."onEarliest", mm."onEarliest", cs."sinceOnEarliest", ever."day"), '-infinity'::date) and coalesce(x."onEarliest", '-infinity'::date) <= coalesce(m."endsOnLatest", m."onLatest", 'infinity'::date) and not exists (
                        select 1
                        from "Participant" a
                        where a."meetingId" = "t2"."meetingId" and a."attendance" is null and not exists (
                          select 1
                          from "Participant" b
                          where b."meetingId" = x."id" and b."attendance" is null and b."partyId" = a."partyId" and ("t2"."level" = 'PARTIES' or ("t2"."level" = 'OFFICES' and (b."officeId" = a."officeId" or b."officeId" is null)) or ("t2"."level" = 'PERSONS' and (b."personId" = a."personId" or b."personId" is null)))))) then 'UNVERIFIABLE' else 'SUPPORTED' end, '","explanation":', to_json((
                        select case when ("t2"."isPreviousMeeting" and not not exists (
                            select 1
                            from "Participant" a
                            where a."meetingId" = "t2"."meetingId" and a."attendance" is null and not exists (
                              select 1
                              from "Participant" b
                              where b."meetingId" = "t2"."sinceMeetingId" and b."attendance" is null and b."partyId" = a."partyId" and ("t2"."level" = 'PARTIES' or ("t2"."level" = 'OFFICES' and (b."officeId" = a."officeId" or b."officeId" is null)) or ("t2"."level" = 'PERSONS' and (b."personId" = a."personId" or b."personId" is null)))))) then 'Not all of them attended ' || (
                          select "mm"."title" || coalesce(', ' || "mm"."on", '')
                          from "Meeting" mm
                          where mm."id" = "t2"."sinceMeetingId") || '.' when w."listed" is not null then 'They had met in between: ' || w."listed" || '.' when w."missing" is not null then 'The record is inconclusive because ' || w."missing" || '.' when w."many" > 0 then 'The record is inconclusive: ' || w."many" || ' of their meetings may have been in between, because days, formats or seats are not known exactly.' else 'The record holds no meeting of theirs in between.' end
                        from (
                          select (
                            select string_agg("c"."title" || coalesce(', ' || "c"."on", ''), '; '
                              order by c."onEarliest", c."id")
                            from "Meeting" c
                            where c."id" in (
                              select x."id"
                              from "Meeting" m
                              left
                              join "Milestone" ms on ms."id" = "t2"."sinceMilestoneId"
                              left
                              join "Meeting" mm on mm."id" = "t2"."sinceMeetingId" cross
                              join
                              lateral (
                                select "t2"."sinceOnEarliest" as "sinceOnEarliest", "t2"."sinceOnLatest" as "sinceOnLatest") as cs cross
                              join
                              lateral (
                                select case when num_nonnulls("t2"."sinceMilestoneId", "t2"."sinceMeetingId", "t2"."sinceOn") = 0 then '-infinity'::date end as "day") as ever cross
                              join
                              lateral (
                                select array[s."key", t."key"] as "keys", array[s."open", t."open"] as "open"
                                from (
                                  select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                                  from "Participant" a
                                  left
                                  join "Office" o on o."id" = a."officeId"
                                  where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as s
                                join (
                                  select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                                  from "Participant" a
                                  left
                                  join "Office" o on o."id" = a."officeId"
                                  where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as t on t."partyId" <> s."partyId" and t."key" <> s."key"
                                order by s."key" collate "C", t."key" collate "C"
                                limit 1) as k,
                              lateral "metTogether"(k."keys"[1], k."keys"[2]) as e
                              join "Meeting" x on x."id" = e."meetingId"
                              where m."id" = "t2"."meetingId" and x."id" <> m."id" and x."id" is distinct
                              from mm."id" and "x"."status" = 'HELD' and not ("x"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("x"."kind"::text, "x"."forumId", (
                                    select f."kind"::text
                                    from "Forum" f
                                    where f."id" = "x"."forumId"))) and x."onEarliest" > coalesce(ms."onLatest", mm."endsOnLatest", mm."onLatest", cs."sinceOnLatest", ever."day") and coalesce("x"."endsOnLatest", "x"."onLatest") < m."onEarliest" and not exists (
                                select 1
                                from "Participant" a
                                where a."meetingId" = "t2"."meetingId" and a."attendance" is null and not exists (
                                  select 1
                                  from "Participant" b
                                  where b."meetingId" = x."id" and b."attendance" is null and b."partyId" = a."partyId" and ("t2"."level" = 'PARTIES' or ("t2"."level" = 'OFFICES' and (b."officeId" = a."officeId")) or ("t2"."level" = 'PERSONS' and (b."personId" = a."personId"))))))) as "listed", (
                            select nullif(concat_ws(' and ', case when coalesce(ms."onLatest", mm."endsOnLatest", mm."onLatest", cs."sinceOnLatest", ever."day") is null then 'the day that it counts from is not known' end, case when m."onEarliest" is null then 'the day of the meeting is not known' end, case when exists (
                                  select 1
                                  from "Participant" a
                                  where a."meetingId" = m."id" and (("t2"."level" = 'OFFICES' and a."officeId" is null) or ("t2"."level" = 'PERSONS' and a."personId" is null))) then 'a seat is not named at this level' end, case when not exists (
                                  select 1
                                  from (
                                    select array[s."key", t."key"] as "keys", array[s."open", t."open"] as "open"
                                    from (
                                      select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                                      from "Participant" a
                                      left
                                      join "Office" o on o."id" = a."officeId"
                                      where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as s
                                    join (
                                      select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                                      from "Participant" a
                                      left
                                      join "Office" o on o."id" = a."officeId"
                                      where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as t on t."partyId" <> s."partyId" and t."key" <> s."key"
                                    order by s."key" collate "C", t."key" collate "C"
                                    limit 1) as k) then 'the record does not hold seats of two parties at the meeting' end, null, case when "t2"."isPreviousMeeting" and not not exists (
                                  select 1
                                  from "Participant" a
                                  where a."meetingId" = "t2"."meetingId" and a."attendance" is null and not exists (
                                    select 1
                                    from "Participant" b
                                    where b."meetingId" = "t2"."sinceMeetingId" and b."attendance" is null and b."partyId" = a."partyId" and ("t2"."level" = 'PARTIES' or ("t2"."level" = 'OFFICES' and (b."officeId" = a."officeId")) or ("t2"."level" = 'PERSONS' and (b."personId" = a."personId"))))) then 'the participants of the meeting that it counts from are not known' end), '')
                            from "Meeting" m
                            left
                            join "Milestone" ms on ms."id" = "t2"."sinceMilestoneId"
                            left
                            join "Meeting" mm on mm."id" = "t2"."sinceMeetingId" cross
                            join
                            lateral (
                              select "t2"."sinceOnEarliest" as "sinceOnEarliest", "t2"."sinceOnLatest" as "sinceOnLatest") as cs cross
                            join
                            lateral (
                              select case when num_nonnulls("t2"."sinceMilestoneId", "t2"."sinceMeetingId", "t2"."sinceOn") = 0 then '-infinity'::date end as "day") as ever
                            where m."id" = "t2"."meetingId") as "missing", (
                            select count(*)
                            from (
                              select x."id"
                              from "Meeting" m
                              left
                              join "Milestone" ms on ms."id" = "t2"."sinceMilestoneId"
                              left
                              join "Meeting" mm on mm."id" = "t2"."sinceMeetingId" cross
                              join
                              lateral (
                                select "t2"."sinceOnEarliest" as "sinceOnEarliest", "t2"."sinceOnLatest" as "sinceOnLatest") as cs cross
                              join
                              lateral (
                                select case when num_nonnulls("t2"."sinceMilestoneId", "t2"."sinceMeetingId", "t2"."sinceOn") = 0 then '-infinity'::date end as "day") as ever cross
                              join
                              lateral (
                                select array[s."key", t."key"] as "keys", array[s."open", t."open"] as "open"
                                from (
                                  select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                                  from "Participant" a
                                  left
                                  join "Office" o on o."id" = a."officeId"
                                  where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as s
                                join (
                                  select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                                  from "Participant" a
                                  left
                                  join "Office" o on o."id" = a."officeId"
                                  where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as t on t."partyId" <> s."partyId" and t."key" <> s."key"
                                order by s."key" collate "C", t."key" collate "C"
                                limit 1) as k,
                              lateral (
                                select distinct f."meetingId"
                                from (values (k."keys"[1], k."keys"[2]), (k."keys"[1], k."open"[2]), (k."open"[1], k."keys"[2]), (k."open"[1], k."open"[2])) as v("one", "other"),
                                lateral "metTogether"(v."one", v."other") as f) as e
                              join "Meeting" x on x."id" = e."meetingId"
                              where m."id" = "t2"."meetingId" and x."id" <> m."id" and x."id" is distinct
                              from mm."id" and "x"."status" = 'HELD' and not ("x"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("x"."kind"::text, "x"."forumId", (
                                    select f."kind"::text
                                    from "Forum" f
                                    where f."id" = "x"."forumId"))) and coalesce(coalesce("x"."endsOnLatest", "x"."onLatest"), 'infinity'::date) >= coalesce(coalesce(ms."onEarliest", mm."onEarliest", cs."sinceOnEarliest", ever."day"), '-infinity'::date) and coalesce(x."onEarliest", '-infinity'::date) <= coalesce(m."endsOnLatest", m."onLatest", 'infinity'::date) and not exists (
                                select 1
                                from "Participant" a
                                where a."meetingId" = "t2"."meetingId" and a."attendance" is null and not exists (
                                  select 1
                                  from "Participant" b
                                  where b."meetingId" = x."id" and b."attendance" is null and b."partyId" = a."partyId" and ("t2"."level" = 'PARTIES' or ("t2"."level" = 'OFFICES' and (b."officeId" = a."officeId" or b."officeId" is null)) or ("t2"."level" = 'PERSONS' and (b."personId" = a."personId" or b."personId" is null))))) and x."id" not in (
                                select x."id"
                                from "Meeting" m
                                left
                                join "Milestone" ms on ms."id" = "t2"."sinceMilestoneId"
                                left
                                join "Meeting" mm on mm."id" = "t2"."sinceMeetingId" cross
                                join
                                lateral (
                                  select "t2"."sinceOnEarliest" as "sinceOnEarliest", "t2"."sinceOnLatest" as "sinceOnLatest") as cs cross
                                join
                                lateral (
                                  select case when num_nonnulls("t2"."sinceMilestoneId", "t2"."sinceMeetingId", "t2"."sinceOn") = 0 then '-infinity'::date end as "day") as ever cross
                                join
                                lateral (
                                  select array[s."key", t."key"] as "keys", array[s."open", t."open"] as "open"
                                  from (
                                    select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                                    from "Participant" a
                                    left
                                    join "Office" o on o."id" = a."officeId"
                                    where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as s
                                  join (
                                    select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                                    from "Participant" a
                                    left
                                    join "Office" o on o."id" = a."officeId"
                                    where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as t on t."partyId" <> s."partyId" and t."key" <> s."key"
                                  order by s."key" collate "C", t."key" collate "C"
                                  limit 1) as k,
                                lateral "metTogether"(k."keys"[1], k."keys"[2]) as e
                                join "Meeting" x on x."id" = e."meetingId"
                                where m."id" = "t2"."meetingId" and x."id" <> m."id" and x."id" is distinct
                                from mm."id" and "x"."status" = 'HELD' and not ("x"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("x"."kind"::text, "x"."forumId", (
                                      select f."kind"::text
                                      from "Forum" f
                                      where f."id" = "x"."forumId"))) and x."onEarliest" > coalesce(ms."onLatest", mm."endsOnLatest", mm."onLatest", cs."sinceOnLatest", ever."day") and coalesce("x"."endsOnLatest", "x"."onLatest") < m."onEarliest" and not exists (
                                  select 1
                                  from "Participant" a
                                  where a."meetingId" = "t2"."meetingId" and a."attendance" is null and not exists (
                                    select 1
                                    from "Participant" b
                                    where b."meetingId" = x."id" and b."attendance" is null and b."partyId" = a."partyId" and ("t2"."level" = 'PARTIES' or ("t2"."level" = 'OFFICES' and (b."officeId" = a."officeId")) or ("t2"."level" = 'PERSONS' and (b."personId" = a."personId"))))))) as p) as "many") as w)), ',"counterexamples":', (
                      select concat('[', string_agg(concat('{"slug":"', "t7"."slug", '","title":', to_json("t7"."title"), ',"on":', coalesce('"' || "t7"."on"::text || '"', 'null'), '}'), ','), ']')
                      from (
                        select "t7".*
                        from "Meeting" as "t7"
                        where "t7"."id" in (
                          select x."id"
                          from "Meeting" m
                          left
                          join "Milestone" ms on ms."id" = "t2"."sinceMilestoneId"
                          left
                          join "Meeting" mm on mm."id" = "t2"."sinceMeetingId" cross
                          join
                          lateral (
                            select "t2"."sinceOnEarliest" as "sinceOnEarliest", "t2"."sinceOnLatest" as "sinceOnLatest") as cs cross
                          join
                          lateral (
                            select case when num_nonnulls("t2"."sinceMilestoneId", "t2"."sinceMeetingId", "t2"."sinceOn") = 0 then '-infinity'::date end as "day") as ever cross
                          join
                          lateral (
                            select array[s."key", t."key"] as "keys", array[s."open", t."open"] as "open"
                            from (
                              select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                              from "Participant" a
                              left
                              join "Office" o on o."id" = a."officeId"
                              where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as s
                            join (
                              select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                              from "Participant" a
                              left
                              join "Office" o on o."id" = a."officeId"
                              where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as t on t."partyId" <> s."partyId" and t."key" <> s."key"
                            order by s."key" collate "C", t."key" collate "C"
                            limit 1) as k,
                          lateral "metTogether"(k."keys"[1], k."keys"[2]) as e
                          join "Meeting" x on x."id" = e."meetingId"
                          where m."id" = "t2"."meetingId" and x."id" <> m."id" and x."id" is distinct
                          from mm."id" and "x"."status" = 'HELD' and not ("x"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("x"."kind"::text, "x"."forumId", (
                                select f."kind"::text
                                from "Forum" f
                                where f."id" = "x"."forumId"))) and x."onEarliest" > coalesce(ms."onLatest", mm."endsOnLatest", mm."onLatest", cs."sinceOnLatest", ever."day") and coalesce("x"."endsOnLatest", "x"."onLatest") < m."onEarliest" and not exists (
                            select 1
                            from "Participant" a
                            where a."meetingId" = "t2"."meetingId" and a."attendance" is null and not exists (
                              select 1
                              from "Participant" b
                              where b."meetingId" = x."id" and b."attendance" is null and b."partyId" = a."partyId" and ("t2"."level" = 'PARTIES' or ("t2"."level" = 'OFFICES' and (b."officeId" = a."officeId")) or ("t2"."level" = 'PERSONS' and (b."personId" = a."personId"))))))
                        order by "t7"."onEarliest", "t7"."id") as "t7"), ',"possibleCounterexamples":', (
                      select concat('[', string_agg(concat('{"slug":"', "t8"."slug", '","title":', to_json("t8"."title"), ',"on":', coalesce('"' || "t8"."on"::text || '"', 'null'), '}'), ','), ']')
                      from (
                        select "t8".*
                        from "Meeting" as "t8"
                        where "t8"."id" in (
                          select x."id"
                          from "Meeting" m
                          left
                          join "Milestone" ms on ms."id" = "t2"."sinceMilestoneId"
                          left
                          join "Meeting" mm on mm."id" = "t2"."sinceMeetingId" cross
                          join
                          lateral (
                            select "t2"."sinceOnEarliest" as "sinceOnEarliest", "t2"."sinceOnLatest" as "sinceOnLatest") as cs cross
                          join
                          lateral (
                            select case when num_nonnulls("t2"."sinceMilestoneId", "t2"."sinceMeetingId", "t2"."sinceOn") = 0 then '-infinity'::date end as "day") as ever cross
                          join
                          lateral (
                            select array[s."key", t."key"] as "keys", array[s."open", t."open"] as "open"
                            from (
                              select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                              from "Participant" a
                              left
                              join "Office" o on o."id" = a."officeId"
                              where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as s
                            join (
                              select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                              from "Participant" a
                              left
                              join "Office" o on o."id" = a."officeId"
                              where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as t on t."partyId" <> s."partyId" and t."key" <> s."key"
                            order by s."key" collate "C", t."key" collate "C"
                            limit 1) as k,
                          lateral (
                            select distinct f."meetingId"
                            from (values (k."keys"[1], k."keys"[2]), (k."keys"[1], k."open"[2]), (k."open"[1], k."keys"[2]), (k."open"[1], k."open"[2])) as v("one", "other"),
                            lateral "metTogether"(v."one", v."other") as f) as e
                          join "Meeting" x on x."id" = e."meetingId"
                          where m."id" = "t2"."meetingId" and x."id" <> m."id" and x."id" is distinct
                          from mm."id" and "x"."status" = 'HELD' and not ("x"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("x"."kind"::text, "x"."forumId", (
                                select f."kind"::text
                                from "Forum" f
                                where f."id" = "x"."forumId"))) and coalesce(coalesce("x"."endsOnLatest", "x"."onLatest"), 'infinity'::date) >= coalesce(coalesce(ms."onEarliest", mm."onEarliest", cs."sinceOnEarliest", ever."day"), '-infinity'::date) and coalesce(x."onEarliest", '-infinity'::date) <= coalesce(m."endsOnLatest", m."onLatest", 'infinity'::date) and not exists (
                            select 1
                            from "Participant" a
                            where a."meetingId" = "t2"."meetingId" and a."attendance" is null and not exists (
                              select 1
                              from "Participant" b
                              where b."meetingId" = x."id" and b."attendance" is null and b."partyId" = a."partyId" and ("t2"."level" = 'PARTIES' or ("t2"."level" = 'OFFICES' and (b."officeId" = a."officeId" or b."officeId" is null)) or ("t2"."level" = 'PERSONS' and (b."personId" = a."personId" or b."personId" is null))))) and x."id" not in (
                            select x."id"
                            from "Meeting" m
                            left
                            join "Milestone" ms on ms."id" = "t2"."sinceMilestoneId"
                            left
                            join "Meeting" mm on mm."id" = "t2"."sinceMeetingId" cross
                            join
                            lateral (
                              select "t2"."sinceOnEarliest" as "sinceOnEarliest", "t2"."sinceOnLatest" as "sinceOnLatest") as cs cross
                            join
                            lateral (
                              select case when num_nonnulls("t2"."sinceMilestoneId", "t2"."sinceMeetingId", "t2"."sinceOn") = 0 then '-infinity'::date end as "day") as ever cross
                            join
                            lateral (
                              select array[s."key", t."key"] as "keys", array[s."open", t."open"] as "open"
                              from (
                                select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                                from "Participant" a
                                left
                                join "Office" o on o."id" = a."officeId"
                                where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as s
                              join (
                                select a."partyId", case "t2"."level" when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end as "key", case "t2"."level" when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end as "open"
                                from "Participant" a
                                left
                                join "Office" o on o."id" = a."officeId"
                                where a."meetingId" = "t2"."meetingId" and a."attendance" is null) as t on t."partyId" <> s."partyId" and t."key" <> s."key"
                              order by s."key" collate "C", t."key" collate "C"
                              limit 1) as k,
                            lateral "metTogether"(k."keys"[1], k."keys"[2]) as e
                            join "Meeting" x on x."id" = e."meetingId"
                            where m."id" = "t2"."meetingId" and x."id" <> m."id" and x."id" is distinct
                            from mm."id" and "x"."status" = 'HELD' and not ("x"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("x"."kind"::text, "x"."forumId", (
                                  select f."kind"::text
                                  from "Forum" f
                                  where f."id" = "x"."forumId"))) and x."onEarliest" > coalesce(ms."onLatest", mm."endsOnLatest", mm."onLatest", cs."sinceOnLatest", ever."day") and coalesce("x"."endsOnLatest", "x"."onLatest") < m."onEarliest" and not exists (
                              select 1
                              from "Participant" a
                              where a."meetingId" = "t2"."meetingId" and a."attendance" is null and not exists (
                                select 1
                                from "Participant" b
                                where b."meetingId" = x."id" and b."attendance" is null and b."partyId" = a."partyId" and ("t2"."level" = 'PARTIES' or ("t2"."level" = 'OFFICES' and (b."officeId" = a."officeId")) or ("t2"."level" = 'PERSONS' and (b."personId" = a."personId")))))))
                        order by "t8"."onEarliest" nulls last, "t8"."id") as "t8"), ',"citation":', coalesce((
                        select concat('{"attributedTo":', coalesce(to_json("t9"."attributedTo"), 'null'::json), ',"passage":', case when "t9"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t9"."quote") > 500 then "counted"("t9"."quote", 8000000, 'Passage.quote') else "t9"."quote" end), '}') else 'null' end, ',"document":', coalesce((
                              select concat('{"title":', to_json("t10"."title"), ',"publisher":', to_json("t10"."publisher"), ',"publishedOn":', coalesce('"' || "t10"."publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t10"."url"), 'null'::json), '}')
                              from "Document" as "t10"
                              where "t10"."id" = "t9"."documentId"), 'null'), '}')
                        from "Citation" as "t9"
                        where "t9"."firstSinceClaimId" = "t2"."id"
                        limit 1), 'null'), '},[', to_json(coalesce((
                          select m."onEarliest"
                          from "Meeting" m
                          where m."id" = "t2"."meetingId"), '-infinity'::date)), ',', to_json("t2"."key" collate "C"), ']]'), ','), ']')
              from (
                select "t2".*
                from "FirstSinceClaim" as "t2"
                where not exists (
                  select 1
                  from unnest((
                      select array_agg(distinct (
                          select n."key"
                          from "currentKey"('Party', "i"."key") as n))
                      from unnest($2::text[]) as i("key"))::text[]) as g
                  where not exists (
                    select 1
                    from "Participant" p
                    join "Party" w on w."id" = p."partyId"
                    where p."meetingId" = "t2"."meetingId" and w."code" = g))
                order by coalesce((
                    select m."onEarliest"
                    from "Meeting" m
                    where m."id" = "t2"."meetingId"), '-infinity'::date) desc, "t2"."key" collate "C" asc
                limit 11) as "t2"), ',"total":', (
              select count(*)::text
              from "FirstSinceClaim" as "t2"
              where not exists (
                select 1
                from unnest((
                    select array_agg(distinct (
                        select n."key"
                        from "currentKey"('Party', "i"."key") as n))
                    from unnest($3::text[]) as i("key"))::text[]) as g
                where not exists (
                  select 1
                  from "Participant" p
                  join "Party" w on w."id" = p."partyId"
                  where p."meetingId" = "t2"."meetingId" and w."code" = g))), '}'))::text, 8000000))::text, 'null')) as "value"
