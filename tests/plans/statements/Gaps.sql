-- Gaps: 1 statement
-- 42 values
select concat((
    select '' || json_agg(json_build_array(x."place", left(x."name", 1000), case when x."number" <= 3 then case x."place" when 0 then null::text when 1 then null::text end end)
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
          where r."id" = "n"."name") and not (
          select (
            select n."id"
            from "currentId"(i."id") as n)
          from (
            select "n"."name" as "id") as i) <> "n"."name" and not exists (
          select 1
          from "public"."Party" as r
          where r."id" = "n"."name")
        union all
        select 1 as "place", n."number" as "entry", "n"."name" as "name"
        from unnest($2::text[]) with ordinality as n("name", "number")
        where not exists (
          select 1
          from "Party" as r
          where r."id" = "n"."name") and not (
          select (
            select n."id"
            from "currentId"(i."id") as n)
          from (
            select "n"."name" as "id") as i) <> "n"."name" and not exists (
          select 1
          from "public"."Party" as r
          where r."id" = "n"."name")) as u) as x
    having count(*) > 0), coalesce(("bounded"((concat('{"rows":', (
              select concat('[', string_agg(concat('[{"kind":"', "t2"."kind", '","sentence":', to_json(case "t2"."kind" when 'OUTCOME_UNREPORTED' then (
                        select 'The day of “' || m."title" || '” has passed, and the last that the record holds of it is that it was ' || lower(m."status"::text) || '.'
                        from "Meeting" m
                        where m."id" = "t2"."key") when 'MEETING_WITHOUT_STATUS' then (
                        select 'No source in the record says whether “' || m."title" || '” was held.'
                        from "Meeting" m
                        where m."id" = "t2"."key") when 'MEETING_WITHOUT_DATE' then (
                        select 'No source in the record says when “' || m."title" || '” was or is to be.'
                        from "Meeting" m
                        where m."id" = "t2"."key") when 'MEETING_DATE_INEXACT' then (
                        select 'The date of “' || m."title" || '” is known only as ' || m."on" || '.'
                        from "Meeting" m
                        where m."id" = "t2"."key") when 'MEETING_WITHOUT_PLACE' then (
                        select 'No source in the record says where “' || m."title" || '” was or is to be.'
                        from "Meeting" m
                        where m."id" = "t2"."key") when 'SESSION_WITHOUT_SEATS' then (
                        select 'The record names no participant of “' || m."title" || '”.'
                        from "Meeting" m
                        where m."id" = "t2"."key") when 'ORDINAL_MISSING' then (
                        select 'The record holds no session no. ' || "t2"."number" || ' of ' || coalesce(f."acronym", f."name") || ', although it holds a later one.'
                        from "Forum" f
                        where f."id" = "t2"."key") when 'SEAT_UNNAMED' then (
                        select 'No source in the record names who ' || case when m."status" in ('CANCELLED', 'DECLINED', 'CALLED_OFF') then 'was to sit' when q."isExpected" or m."status" in ('EXPECTED', 'POSTPONED') then 'is to sit' else 'sat' end || ' for ' || y."name" || ' at “' || m."title" || '”.'
                        from "Participant" q
                        join "Meeting" m on m."id" = q."meetingId"
                        join "Party" y on y."id" = q."partyId"
                        where q."id" = "t2"."key") when 'ACCOUNT_MISSING' then (
                        select 'The record holds no account by ' || y."name" || ' of “' || m."title" || '”.'
                        from "Participant" q
                        join "Meeting" m on m."id" = q."meetingId"
                        join "Party" y on y."id" = q."partyId"
                        where q."id" = "t2"."key") when 'MEMBERSHIP_WITHOUT_START' then (
                        select 'No source in the record says since when ' || y."name" || ' is or was ' || replace(lower(u."role"::text), '_', ' ') || ' of ' || coalesce(f."acronym", f."name") || coalesce('; the earliest day on which a source shows it is ' || "u"."attestedOn", '') || '.'
                        from "ForumMembership" u
                        join "Party" y on y."id" = u."partyId"
                        join "Forum" f on f."id" = u."forumId"
                        where u."id" = "t2"."key") when 'MEMBERSHIP_WITHOUT_END' then (
                        select case when u."hasEnded" then 'No source in the record says when ' || y."name" || ' ceased to be ' else 'No source in the record says whether ' || y."name" || ' is still ' end || replace(lower(u."role"::text), '_', ' ') || ' of ' || coalesce(f."acronym", f."name") || '.'
                        from "ForumMembership" u
                        join "Party" y on y."id" = u."partyId"
                        join "Forum" f on f."id" = u."forumId"
                        where u."id" = "t2"."key") when 'TENURE_WITHOUT_START' then (
                        select 'No source in the record says since when ' || e."name" || ' is or was ' || o."title" || ' of ' || y."name" || coalesce('; the earliest day on which a source shows it is ' || "t"."attestedOn", '') || '.'
                        from "Tenure" t
                        join "Person" e on e."id" = t."personId"
                        join "Office" o on o."id" = t."officeId"
                        join "Party" y on y."id" = o."partyId"
                        where t."id" = "t2"."key") when 'TENURE_WITHOUT_END' then (
                        select case when t."hasEnded" then 'No source in the record says when ' || e."name" || ' ceased to be ' else 'No source in the record says whether ' || e."name" || ' is still ' end || o."title" || ' of ' || y."name" || '.'
                        from "Tenure" t
                        join "Person" e on e."id" = t."personId"
                        join "Office" o on o."id" = t."officeId"
                        join "Party" y on y."id" = o."partyId"
                        where t."id" = "t2"."key") when 'NO_SEAT_RECORDED' then (
                        select 'The record holds no seat of ' || coalesce((
                            select y."name"
                            from "Party" y
                            where y."id" = "t2"."key"), (
                            select e."name"
                            from "Person" e
                            where e."id" = "t2"."key")) || ' at any session of ' || coalesce(f."acronym", f."name") || "t2"."within" || '. There may have been one.'
                        from "Forum" f
                        where f."id" = "t2"."holder") when 'NO_MEETING_RECORDED' then 'The record holds no meeting of ' || coalesce((
                          select y."name"
                          from "Party" y
                          where y."id" = "t2"."holder"), (
                          select e."name"
                          from "Person" e
                          where e."id" = "t2"."holder")) || ' and ' || coalesce((
                          select y."name"
                          from "Party" y
                          where y."id" = "t2"."key"), (
                          select e."name"
                          from "Person" e
                          where e."id" = "t2"."key")) || "t2"."within" || ' that was held, sessions of forums aside. There may have been one.' end), ',"subject":', coalesce((
                        select case split_part("t3"."id", '_', 1) when 'mtg' then (
                          select concat('{"__typename":"Meeting","id":"', "t4"."id", '"}')
                          from "Meeting" as "t4"
                          where "t4"."id" = "t3"."id") when 'par' then (
                          select concat('{"__typename":"Participant","id":"', "t5"."id", '"}')
                          from "Participant" as "t5"
                          where "t5"."id" = "t3"."id") when 'mbr' then (
                          select concat('{"__typename":"ForumMembership","id":"', "t6"."id", '"}')
                          from "ForumMembership" as "t6"
                          where "t6"."id" = "t3"."id") when 'ten' then (
                          select concat('{"__typename":"Tenure","id":"', "t7"."id", '"}')
                          from "Tenure" as "t7"
                          where "t7"."id" = "t3"."id") when 'frm' then (
                          select concat('{"__typename":"Forum","id":"', "t8"."id", '"}')
                          from "Forum" as "t8"
                          where "t8"."id" = "t3"."id") when 'sta' then (
                          select concat('{"__typename":"State","id":"', "t9"."id", '"}')
                          from "Party" as "t9"
                          where "t9"."id" = "t3"."id" and "t9"."kind" = 'STATE') when 'org' then (
                          select concat('{"__typename":"Organization","id":"', "t10"."id", '"}')
                          from "Party" as "t10"
                          where "t10"."id" = "t3"."id" and "t10"."kind" = 'ORGANIZATION') when 'per' then (
                          select concat('{"__typename":"Person","id":"', "t11"."id", '"}')
                          from "Person" as "t11"
                          where "t11"."id" = "t3"."id") end
                        from (
                          select "t2"."key" as "id") as "t3"), 'null'), '},[', to_json("t2"."rank"), ',', to_json("t2"."day"), ',', to_json("t2"."key"), ',', to_json("t2"."number"), ']]'), ','), ']')
              from (
                select "t2".*
                from (with "meetings" as materialized (
                    select m."id", m."kind", m."status", ("m"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("m"."kind"::text, "m"."forumId", (
                          select f."kind"::text
                          from "Forum" f
                          where f."id" = "m"."forumId"))) as "isOfMany", m."onEarliest" as "day", coalesce("m"."endsOnLatest", "m"."onLatest") as "last", case when m."on" ~ '^[0-9-]{10}$' then 10 when m."on" is not null then 7 end as "exactness", m."placeId" is null and m."format" is distinct
                    from 'CALL' and m."format" is distinct
                    from 'VIDEO' as "lacksPlace"
                    from "Meeting" m
                    where m."id" in (
                      select h."meetingId"
                      from "Participant" h
                      where h."partyId" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $3::text as "id") as i) intersect
                      select h."meetingId"
                      from "Participant" h
                      where h."partyId" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $4::text as "id") as i))), "seated" as materialized (
                    select m."id" as "meetingId", m."kind", m."day", q."id", q."partyId", q."position"
                    from "meetings" m
                    join "Participant" q on q."meetingId" = m."id"
                    where m."status" = 'HELD' and not m."isOfMany"), "t2_0" as materialized (
                    select 0::int as "rank", coalesce("m"."day", 'infinity'::date) as "day", "m"."id" as "key", 0::int as "number", 'OUTCOME_UNREPORTED'::text as "kind", (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $5::text as "id") as i) as "holder", ''::text as "within"
                    from "meetings" m
                    where exists (
                      select 1
                      from "Party" h
                      where h."id" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $6::text as "id") as i)) and m."status" in ('EXPECTED', 'POSTPONED') and m."last" < $7::date
                    order by 0::int asc, coalesce("m"."day", 'infinity'::date) asc, "m"."id" asc, 0::int asc
                    limit 51), "t2_1" as materialized (
                    select *
                    from "t2_0"
                    union all (
                      select 1::int as "rank", coalesce("m"."day", 'infinity'::date) as "day", "m"."id" as "key", 0::int as "number", 'MEETING_WITHOUT_STATUS'::text as "kind", (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $8::text as "id") as i) as "holder", ''::text as "within"
                      from "meetings" m
                      where (
                        select count(*)
                        from "t2_0") < 51 and exists (
                        select 1
                        from "Party" h
                        where h."id" = (
                          select (
                            select n."id"
                            from "currentId"(i."id") as n)
                          from (
                            select $9::text as "id") as i)) and m."status" = 'UNKNOWN'
                      order by 1::int asc, coalesce("m"."day", 'infinity'::date) asc, "m"."id" asc, 0::int asc
                      limit 51)), "t2_2" as materialized (
                    select *
                    from "t2_1"
                    union all (
                      select 2::int as "rank", coalesce("m"."day", 'infinity'::date) as "day", "m"."id" as "key", 0::int as "number", 'MEETING_WITHOUT_DATE'::text as "kind", (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $10::text as "id") as i) as "holder", ''::text as "within"
                      from "meetings" m
                      where (
                        select count(*)
                        from "t2_1") < 51 and exists (
                        select 1
                        from "Party" h
                        where h."id" = (
                          select (
                            select n."id"
                            from "currentId"(i."id") as n)
                          from (
                            select $11::text as "id") as i)) and m."exactness" is null
                      order by 2::int asc, coalesce("m"."day", 'infinity'::date) asc, "m"."id" asc, 0::int asc
                      limit 51)), "t2_3" as materialized (
                    select *
                    from "t2_2"
                    union all (
                      select 3::int as "rank", coalesce("m"."day", 'infinity'::date) as "day", "m"."id" as "key", 0::int as "number", 'MEETING_DATE_INEXACT'::text as "kind", (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $12::text as "id") as i) as "holder", ''::text as "within"
                      from "meetings" m
                      where (
                        select count(*)
                        from "t2_2") < 51 and exists (
                        select 1
                        from "Party" h
                        where h."id" = (
                          select (
                            select n."id"
                            from "currentId"(i."id") as n)
                          from (
                            select $13::text as "id") as i)) and m."exactness" < 10
                      order by 3::int asc, coalesce("m"."day", 'infinity'::date) asc, "m"."id" asc, 0::int asc
                      limit 51)), "t2_4" as materialized (
                    select *
                    from "t2_3"
                    union all (
                      select 4::int as "rank", coalesce("m"."day", 'infinity'::date) as "day", "m"."id" as "key", 0::int as "number", 'MEETING_WITHOUT_PLACE'::text as "kind", (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $14::text as "id") as i) as "holder", ''::text as "within"
                      from "meetings" m
                      where (
                        select count(*)
                        from "t2_3") < 51 and exists (
                        select 1
                        from "Party" h
                        where h."id" = (
                          select (
                            select n."id"
                            from "currentId"(i."id") as n)
                          from (
                            select $15::text as "id") as i)) and m."lacksPlace"
                      order by 4::int asc, coalesce("m"."day", 'infinity'::date) asc, "m"."id" asc, 0::int asc
                      limit 51)), "t2_5" as materialized (
                    select *
                    from "t2_4"
                    union all (
                      select 7::int as "rank", coalesce("m"."day", 'infinity'::date) as "day", "q"."id" as "key", 0::int as "number", 'SEAT_UNNAMED'::text as "kind", (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $16::text as "id") as i) as "holder", ''::text as "within"
                      from "meetings" m
                      join "Participant" q on q."meetingId" = m."id"
                      where (
                        select count(*)
                        from "t2_4") < 51 and exists (
                        select 1
                        from "Party" h
                        where h."id" = (
                          select (
                            select n."id"
                            from "currentId"(i."id") as n)
                          from (
                            select $17::text as "id") as i)) and q."personId" is null and true
                      order by 7::int asc, coalesce("m"."day", 'infinity'::date) asc, "q"."id" asc, 0::int asc
                      limit 51)), "t2_6" as materialized (
                    select *
                    from "t2_5"
                    union all (
                      select 8::int as "rank", coalesce("q"."day", 'infinity'::date) as "day", "q"."id" as "key", 0::int as "number", 'ACCOUNT_MISSING'::text as "kind", (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $18::text as "id") as i) as "holder", ''::text as "within"
                      from (with "bilaterals" as materialized (
                          select s."meetingId" as "id", array_agg(s."id") as "seats", array_agg(s."partyId") as "parties"
                          from "seated" s
                          where s."kind" = 'BILATERAL'
                          group by 1), "cited" as materialized (
                          select b."id", b."parties", c."documentId", c."attributedTo"
                          from "bilaterals" b
                          join "Citation" c on c."meetingId" = b."id"
                          union all
                          select b."id", b."parties", c."documentId", c."attributedTo"
                          from "bilaterals" b cross
                          join unnest(b."seats") as x("id")
                          join "Citation" c on c."participantId" = x."id"
                          union all
                          select b."id", b."parties", c."documentId", c."attributedTo"
                          from "bilaterals" b
                          join "StatusReport" x on x."meetingId" = b."id"
                          join "Citation" c on c."statusReportId" = x."id"), "attributed" as materialized (
                          select s."id", s."parties", s."attributedTo"
                          from "cited" s
                          where s."attributedTo" is not null
                          union all
                          select b."id", b."parties", c."attributedTo"
                          from "bilaterals" b
                          join "Statement" x on x."meetingId" = b."id"
                          join "Citation" c on c."statementId" = x."id"
                          where c."attributedTo" is not null
                          union all
                          select b."id", b."parties", c."attributedTo"
                          from "bilaterals" b
                          join "Commitment" x on x."meetingId" = b."id"
                          join "Citation" c on c."commitmentId" = x."id"
                          where c."attributedTo" is not null), "sources" as materialized (
                          select s."id", s."parties", d."kind", d."publisher"
                          from "cited" s
                          join "Document" d on d."id" = s."documentId"
                          where d."kind" in ('JOINT_STATEMENT', 'READOUT', 'OFFICIAL_PAGE'))
                        select distinct on (side."meetingId", side."partyId") side.*
                        from (
                          select s."meetingId", s."partyId", false as "hasAccount", s."position", s."id", s."day"
                          from "seated" s
                          where s."kind" = 'BILATERAL'
                          union all
                          select account."meetingId", account."partyId", true, null, null, null
                          from (
                            select b."id" as "meetingId", s."partyId"
                            from "bilaterals" b
                            join "Statement" s on s."meetingId" = b."id"
                            where s."partyId" is not null
                            union all
                            select s."id", unnest(s."parties")
                            from "sources" s
                            where s."kind" = 'JOINT_STATEMENT'
                            union all
                            select unnest(named."meetings"), named."partyId"
                            from (
                              select y."id" as "partyId", ' ' || "fold"(s."text") || ' ' as "words", array_agg(s."id") as "meetings"
                              from (
                                select o."id", o."parties", o."publisher" as "text"
                                from "sources" o
                                where o."kind" <> 'JOINT_STATEMENT'
                                union all
                                select a."id", a."parties", a."attributedTo"
                                from "attributed" a ) as s cross
                              join unnest(s."parties") as y("id")
                              group by y."id", s."text" ) as named
                            where exists (
                              select 1
                              from (
                                select y."name"
                                from "Party" y
                                where y."id" = named."partyId"
                                union all
                                select y."officialName"
                                from "Party" y
                                where y."id" = named."partyId"
                                union all
                                select n."text"
                                from "PartyName" n
                                where n."partyId" = named."partyId") as called("text")
                              where position(' ' || "fold"(called."text") || ' ' in named."words") > 0)
                            union all
                            select a."id", y."id"
                            from "attributed" a cross
                            join unnest(a."parties") as y("id")
                            where exists (
                              select 1
                              from (
                                select e."name"
                                from "Participant" x
                                join "Person" e on e."id" = x."personId"
                                where x."meetingId" = a."id" and x."partyId" = y."id"
                                union all
                                select n."text"
                                from "Participant" x
                                join "PersonName" n on n."personId" = x."personId"
                                where x."meetingId" = a."id" and x."partyId" = y."id") as called("text")
                              where position(' ' || "fold"(called."text") || ' ' in ' ' || "fold"(a."attributedTo") || ' ') > 0)) as account ) as side
                        order by side."meetingId", side."partyId", side."hasAccount" desc, side."position", side."id") as q
                      where (
                        select count(*)
                        from "t2_5") < 51 and exists (
                        select 1
                        from "Party" h
                        where h."id" = (
                          select (
                            select n."id"
                            from "currentId"(i."id") as n)
                          from (
                            select $19::text as "id") as i)) and not q."hasAccount" and true
                      order by 8::int asc, coalesce("q"."day", 'infinity'::date) asc, "q"."id" asc, 0::int asc
                      limit 51)), "t2_7" as materialized (
                    select *
                    from "t2_6"
                    union all (
                      select 14::int as "rank", coalesce(null::date, 'infinity'::date) as "day", "y"."id" as "key", 0::int as "number", 'NO_MEETING_RECORDED'::text as "kind", (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $20::text as "id") as i) as "holder", ''::text as "within"
                      from "Party" y
                      where (
                        select count(*)
                        from "t2_6") < 51 and exists (
                        select 1
                        from "Party" h
                        where h."id" = (
                          select (
                            select n."id"
                            from "currentId"(i."id") as n)
                          from (
                            select $21::text as "id") as i)) and y."id" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $22::text as "id") as i) and not exists (
                        select 1
                        from "meetings" m
                        where m."status" = 'HELD' and not m."isOfMany")
                      order by 14::int asc, coalesce(null::date, 'infinity'::date) asc, "y"."id" asc, 0::int asc
                      limit 51))
                  select *
                  from "t2_7") as "t2"
                order by "t2"."rank" asc, "t2"."day" asc, "t2"."key" asc, "t2"."number" asc
                limit 51) as "t2"), ',"total":', (
              select count(*)::text
              from (with "meetings" as materialized (
                  select m."id", m."kind", m."status", ("m"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("m"."kind"::text, "m"."forumId", (
                        select f."kind"::text
                        from "Forum" f
                        where f."id" = "m"."forumId"))) as "isOfMany", m."onEarliest" as "day", coalesce("m"."endsOnLatest", "m"."onLatest") as "last", case when m."on" ~ '^[0-9-]{10}$' then 10 when m."on" is not null then 7 end as "exactness", m."placeId" is null and m."format" is distinct
                  from 'CALL' and m."format" is distinct
                  from 'VIDEO' as "lacksPlace"
                  from "Meeting" m
                  where m."id" in (
                    select h."meetingId"
                    from "Participant" h
                    where h."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $23::text as "id") as i) intersect
                    select h."meetingId"
                    from "Participant" h
                    where h."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $24::text as "id") as i))), "seated" as materialized (
                  select m."id" as "meetingId", m."kind", m."day", q."id", q."partyId", q."position"
                  from "meetings" m
                  join "Participant" q on q."meetingId" = m."id"
                  where m."status" = 'HELD' and not m."isOfMany") (
                  select 0::int as "rank", coalesce("m"."day", 'infinity'::date) as "day", "m"."id" as "key", 0::int as "number", 'OUTCOME_UNREPORTED'::text as "kind", (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $25::text as "id") as i) as "holder", ''::text as "within"
                  from "meetings" m
                  where exists (
                    select 1
                    from "Party" h
                    where h."id" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $26::text as "id") as i)) and m."status" in ('EXPECTED', 'POSTPONED') and m."last" < $27::date)
                union all (
                  select 1::int as "rank", coalesce("m"."day", 'infinity'::date) as "day", "m"."id" as "key", 0::int as "number", 'MEETING_WITHOUT_STATUS'::text as "kind", (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $28::text as "id") as i) as "holder", ''::text as "within"
                  from "meetings" m
                  where exists (
                    select 1
                    from "Party" h
                    where h."id" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $29::text as "id") as i)) and m."status" = 'UNKNOWN')
                union all (
                  select 2::int as "rank", coalesce("m"."day", 'infinity'::date) as "day", "m"."id" as "key", 0::int as "number", 'MEETING_WITHOUT_DATE'::text as "kind", (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $30::text as "id") as i) as "holder", ''::text as "within"
                  from "meetings" m
                  where exists (
                    select 1
                    from "Party" h
                    where h."id" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $31::text as "id") as i)) and m."exactness" is null)
                union all (
                  select 3::int as "rank", coalesce("m"."day", 'infinity'::date) as "day", "m"."id" as "key", 0::int as "number", 'MEETING_DATE_INEXACT'::text as "kind", (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $32::text as "id") as i) as "holder", ''::text as "within"
                  from "meetings" m
                  where exists (
                    select 1
                    from "Party" h
                    where h."id" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $33::text as "id") as i)) and m."exactness" < 10)
                union all (
                  select 4::int as "rank", coalesce("m"."day", 'infinity'::date) as "day", "m"."id" as "key", 0::int as "number", 'MEETING_WITHOUT_PLACE'::text as "kind", (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $34::text as "id") as i) as "holder", ''::text as "within"
                  from "meetings" m
                  where exists (
                    select 1
                    from "Party" h
                    where h."id" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $35::text as "id") as i)) and m."lacksPlace")
                union all (
                  select 7::int as "rank", coalesce("m"."day", 'infinity'::date) as "day", "q"."id" as "key", 0::int as "number", 'SEAT_UNNAMED'::text as "kind", (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $36::text as "id") as i) as "holder", ''::text as "within"
                  from "meetings" m
                  join "Participant" q on q."meetingId" = m."id"
                  where exists (
                    select 1
                    from "Party" h
                    where h."id" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $37::text as "id") as i)) and q."personId" is null and true)
                union all (
                  select 8::int as "rank", coalesce("q"."day", 'infinity'::date) as "day", "q"."id" as "key", 0::int as "number", 'ACCOUNT_MISSING'::text as "kind", (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $38::text as "id") as i) as "holder", ''::text as "within"
                  from (with "bilaterals" as materialized (
                      select s."meetingId" as "id", array_agg(s."id") as "seats", array_agg(s."partyId") as "parties"
                      from "seated" s
                      where s."kind" = 'BILATERAL'
                      group by 1), "cited" as materialized (
                      select b."id", b."parties", c."documentId", c."attributedTo"
                      from "bilaterals" b
                      join "Citation" c on c."meetingId" = b."id"
                      union all
                      select b."id", b."parties", c."documentId", c."attributedTo"
                      from "bilaterals" b cross
                      join unnest(b."seats") as x("id")
                      join "Citation" c on c."participantId" = x."id"
                      union all
                      select b."id", b."parties", c."documentId", c."attributedTo"
                      from "bilaterals" b
                      join "StatusReport" x on x."meetingId" = b."id"
                      join "Citation" c on c."statusReportId" = x."id"), "attributed" as materialized (
                      select s."id", s."parties", s."attributedTo"
                      from "cited" s
                      where s."attributedTo" is not null
                      union all
                      select b."id", b."parties", c."attributedTo"
                      from "bilaterals" b
                      join "Statement" x on x."meetingId" = b."id"
                      join "Citation" c on c."statementId" = x."id"
                      where c."attributedTo" is not null
                      union all
                      select b."id", b."parties", c."attributedTo"
                      from "bilaterals" b
                      join "Commitment" x on x."meetingId" = b."id"
                      join "Citation" c on c."commitmentId" = x."id"
                      where c."attributedTo" is not null), "sources" as materialized (
                      select s."id", s."parties", d."kind", d."publisher"
                      from "cited" s
                      join "Document" d on d."id" = s."documentId"
                      where d."kind" in ('JOINT_STATEMENT', 'READOUT', 'OFFICIAL_PAGE'))
                    select distinct on (side."meetingId", side."partyId") side.*
                    from (
                      select s."meetingId", s."partyId", false as "hasAccount", s."position", s."id", s."day"
                      from "seated" s
                      where s."kind" = 'BILATERAL'
                      union all
                      select account."meetingId", account."partyId", true, null, null, null
                      from (
                        select b."id" as "meetingId", s."partyId"
                        from "bilaterals" b
                        join "Statement" s on s."meetingId" = b."id"
                        where s."partyId" is not null
                        union all
                        select s."id", unnest(s."parties")
                        from "sources" s
                        where s."kind" = 'JOINT_STATEMENT'
                        union all
                        select unnest(named."meetings"), named."partyId"
                        from (
                          select y."id" as "partyId", ' ' || "fold"(s."text") || ' ' as "words", array_agg(s."id") as "meetings"
                          from (
                            select o."id", o."parties", o."publisher" as "text"
                            from "sources" o
                            where o."kind" <> 'JOINT_STATEMENT'
                            union all
                            select a."id", a."parties", a."attributedTo"
                            from "attributed" a ) as s cross
                          join unnest(s."parties") as y("id")
                          group by y."id", s."text" ) as named
                        where exists (
                          select 1
                          from (
                            select y."name"
                            from "Party" y
                            where y."id" = named."partyId"
                            union all
                            select y."officialName"
                            from "Party" y
                            where y."id" = named."partyId"
                            union all
                            select n."text"
                            from "PartyName" n
                            where n."partyId" = named."partyId") as called("text")
                          where position(' ' || "fold"(called."text") || ' ' in named."words") > 0)
                        union all
                        select a."id", y."id"
                        from "attributed" a cross
                        join unnest(a."parties") as y("id")
                        where exists (
                          select 1
                          from (
                            select e."name"
                            from "Participant" x
                            join "Person" e on e."id" = x."personId"
                            where x."meetingId" = a."id" and x."partyId" = y."id"
                            union all
                            select n."text"
                            from "Participant" x
                            join "PersonName" n on n."personId" = x."personId"
                            where x."meetingId" = a."id" and x."partyId" = y."id") as called("text")
                          where position(' ' || "fold"(called."text") || ' ' in ' ' || "fold"(a."attributedTo") || ' ') > 0)) as account ) as side
                    order by side."meetingId", side."partyId", side."hasAccount" desc, side."position", side."id") as q
                  where exists (
                    select 1
                    from "Party" h
                    where h."id" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $39::text as "id") as i)) and not q."hasAccount" and true)
                union all (
                  select 14::int as "rank", coalesce(null::date, 'infinity'::date) as "day", "y"."id" as "key", 0::int as "number", 'NO_MEETING_RECORDED'::text as "kind", (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $40::text as "id") as i) as "holder", ''::text as "within"
                  from "Party" y
                  where exists (
                    select 1
                    from "Party" h
                    where h."id" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $41::text as "id") as i)) and y."id" = (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $42::text as "id") as i) and not exists (
                    select 1
                    from "meetings" m
                    where m."status" = 'HELD' and not m."isOfMany"))) as "t2"), '}'))::text, 8000000))::text, 'null')) as "value"
