-- Coverage: 1 statement
-- 13 values
select concat((
    select '' || json_agg(json_build_array(x."place", left(x."name", 1000), case when x."number" <= 3 then case x."place" when 0 then null::text end end)
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
          where r."id" = "n"."name")) as u) as x
    having count(*) > 0), coalesce(("bounded"(((
            select concat('[', string_agg(concat('{"kind":"', "t2"."kind", '","count":', "t2"."count", '}'), ','), ']')
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
                        select $2::text as "id") as i))), "seated" as materialized (
                  select m."id" as "meetingId", m."kind", m."day", q."id", q."partyId", q."position"
                  from "meetings" m
                  join "Participant" q on q."meetingId" = m."id"
                  where m."status" = 'HELD' and not m."isOfMany")
                select *
                from (
                  select found.*
                  from (
                    select (count(*) filter (
                        where m."status" in ('EXPECTED', 'POSTPONED') and m."last" < $3::date))::int as "0", (count(*) filter (
                        where m."status" = 'UNKNOWN'))::int as "1", (count(*) filter (
                        where m."exactness" is null))::int as "2", (count(*) filter (
                        where m."exactness" < 10))::int as "3", (count(*) filter (
                        where m."lacksPlace"))::int as "4"
                    from "meetings" m
                    where exists (
                      select 1
                      from "Party" h
                      where h."id" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $4::text as "id") as i))) as scan cross
                  join
                  lateral (values ('OUTCOME_UNREPORTED'::text, 0::int, scan."0"), ('MEETING_WITHOUT_STATUS'::text, 1::int, scan."1"), ('MEETING_WITHOUT_DATE'::text, 2::int, scan."2"), ('MEETING_DATE_INEXACT'::text, 3::int, scan."3"), ('MEETING_WITHOUT_PLACE'::text, 4::int, scan."4")) as found("kind", "rank", "count")
                  union all
                  select found.*
                  from (
                    select (count(*) filter (
                        where true))::int as "0"
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
                          select $5::text as "id") as i)) and q."personId" is null) as scan cross
                  join
                  lateral (values ('SEAT_UNNAMED'::text, 7::int, scan."0")) as found("kind", "rank", "count")
                  union all
                  select found.*
                  from (
                    select (count(*) filter (
                        where true))::int as "0"
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
                          select $6::text as "id") as i)) and not q."hasAccount") as scan cross
                  join
                  lateral (values ('ACCOUNT_MISSING'::text, 8::int, scan."0")) as found("kind", "rank", "count")
                  union all
                  select found.*
                  from (
                    select (count(*) filter (
                        where "u"."since" is null))::int as "0", (count(*) filter (
                        where ("u"."hasEnded" is null or ("u"."hasEnded" and "u"."until" is null))))::int as "1"
                    from "ForumMembership" u
                    where exists (
                      select 1
                      from "Party" h
                      where h."id" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $7::text as "id") as i)) and u."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $8::text as "id") as i)) as scan cross
                  join
                  lateral (values ('MEMBERSHIP_WITHOUT_START'::text, 9::int, scan."0"), ('MEMBERSHIP_WITHOUT_END'::text, 10::int, scan."1")) as found("kind", "rank", "count")
                  union all
                  select found.*
                  from (
                    select (count(*) filter (
                        where "t"."since" is null))::int as "0", (count(*) filter (
                        where ("t"."hasEnded" is null or ("t"."hasEnded" and "t"."until" is null))))::int as "1"
                    from "Tenure" t
                    join "Office" o on o."id" = t."officeId"
                    where exists (
                      select 1
                      from "Party" h
                      where h."id" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $9::text as "id") as i)) and o."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $10::text as "id") as i)) as scan cross
                  join
                  lateral (values ('TENURE_WITHOUT_START'::text, 11::int, scan."0"), ('TENURE_WITHOUT_END'::text, 12::int, scan."1")) as found("kind", "rank", "count")
                  union all
                  select found.*
                  from (
                    select (count(*) filter (
                        where y."id" not in (
                          select s."partyId"
                          from "seated" s)))::int as "0"
                    from "Party" y
                    where exists (
                      select 1
                      from "Party" h
                      where h."id" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $11::text as "id") as i)) and y."kind" = 'STATE' and y."id" <> (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $12::text as "id") as i) and (exists (
                        select 1
                        from "Participant" p
                        where p."partyId" = y."id") or exists (
                        select 1
                        from "ForumMembership" f
                        where f."partyId" = y."id"))) as scan cross
                  join
                  lateral (values ('NO_MEETING_RECORDED'::text, 14::int, scan."0")) as found("kind", "rank", "count")) as found
                where exists (
                  select 1
                  from "Party" h
                  where h."id" = (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $13::text as "id") as i))) as "t2"
              where true
              order by "t2"."rank") as "t2"))::text, 8000000))::text, 'null')) as "value"
