-- Coverage: 1 statement
-- 13 values
select (
  select concat('[', string_agg(concat('{"kind":"', "t2"."kind", '","count":', "t2"."count", '}'), ','), ']')
  from (
    select "t2".*
    from (
      select *
      from (
        select found.*
        from (
          select (count(*) filter (
              where m."status" in ('EXPECTED', 'POSTPONED') and coalesce(m."endsOnLatest", m."onLatest") < $1::date))::int as "0", (count(*) filter (
              where m."status" = 'UNKNOWN'))::int as "1", (count(*) filter (
              where m."on" is null))::int as "2", (count(*) filter (
              where length(m."on") < 10))::int as "3", (count(*) filter (
              where m."placeId" is null and m."format" is distinct
              from 'CALL' and m."format" is distinct
              from 'VIDEO'))::int as "4"
          from "Meeting" m
          where exists (
            select 1
            from "Party" h
            where h."id" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $2::text as "id") as i)) and m."id" in (
            select "h"."meetingId"
            from "Participant" "h"
            where "h"."partyId" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $3::text as "id") as i))) as scan cross
        join
        lateral (values ('OUTCOME_UNREPORTED'::text, 0::int, scan."0"), ('MEETING_WITHOUT_STATUS'::text, 1::int, scan."1"), ('MEETING_WITHOUT_DATE'::text, 2::int, scan."2"), ('MEETING_DATE_INEXACT'::text, 3::int, scan."3"), ('MEETING_WITHOUT_PLACE'::text, 4::int, scan."4")) as found("kind", "rank", "count")
        union all
        select found.*
        from (
          select (count(*) filter (
              where q."personId" is null))::int as "0", (count(*) filter (
              where m."kind" = 'BILATERAL' and m."status" = 'HELD' and not exists (
                select 1
                from "Participant" x
                where x."meetingId" = q."meetingId" and x."partyId" = q."partyId" and (x."position", x."id") < (q."position", q."id")) and not (exists (
                  select 1
                  from "Statement" s
                  where s."meetingId" = m."id" and s."partyId" = q."partyId") or exists (
                  select 1
                  from (
                    select c."documentId", c."attributedTo"
                    from "Citation" c
                    where c."meetingId" = m."id"
                    union all
                    select c."documentId", c."attributedTo"
                    from "Participant" x
                    join "Citation" c on c."participantId" = x."id"
                    where x."meetingId" = m."id"
                    union all
                    select c."documentId", c."attributedTo"
                    from "StatusReport" x
                    join "Citation" c on c."statusReportId" = x."id"
                    where x."meetingId" = m."id") as source
                  join "Document" d on d."id" = source."documentId"
                  where d."kind" = 'JOINT_STATEMENT' or (d."kind" in ('READOUT', 'OFFICIAL_PAGE') and exists (
                      select 1
                      from (
                        select y."name"
                        from "Party" y
                        where y."id" = q."partyId"
                        union all
                        select y."officialName"
                        from "Party" y
                        where y."id" = q."partyId"
                        union all
                        select n."text"
                        from "PartyName" n
                        where n."partyId" = q."partyId") as called("text")
                      where position(' ' || "fold"(called."text") || ' ' in ' ' || "fold"(d."publisher") || ' ') > 0))) or exists (
                  select 1
                  from (
                    select c."documentId", c."attributedTo"
                    from "Citation" c
                    where c."meetingId" = m."id"
                    union all
                    select c."documentId", c."attributedTo"
                    from "Participant" x
                    join "Citation" c on c."participantId" = x."id"
                    where x."meetingId" = m."id"
                    union all
                    select c."documentId", c."attributedTo"
                    from "StatusReport" x
                    join "Citation" c on c."statusReportId" = x."id"
                    where x."meetingId" = m."id"
                    union all
                    select c."documentId", c."attributedTo"
                    from "Statement" x
                    join "Citation" c on c."statementId" = x."id"
                    where x."meetingId" = m."id"
                    union all
                    select c."documentId", c."attributedTo"
                    from "Commitment" x
                    join "Citation" c on c."commitmentId" = x."id"
                    where x."meetingId" = m."id") as source
                  where source."attributedTo" is not null and (exists (
                      select 1
                      from (
                        select y."name"
                        from "Party" y
                        where y."id" = q."partyId"
                        union all
                        select y."officialName"
                        from "Party" y
                        where y."id" = q."partyId"
                        union all
                        select n."text"
                        from "PartyName" n
                        where n."partyId" = q."partyId") as called("text")
                      where position(' ' || "fold"(called."text") || ' ' in ' ' || "fold"(source."attributedTo") || ' ') > 0) or exists (
                      select 1
                      from (
                        select e."name"
                        from "Participant" x
                        join "Person" e on e."id" = x."personId"
                        where x."meetingId" = q."meetingId" and x."partyId" = q."partyId"
                        union all
                        select n."text"
                        from "Participant" x
                        join "PersonName" n on n."personId" = x."personId"
                        where x."meetingId" = q."meetingId" and x."partyId" = q."partyId") as called("text")
                      where position(' ' || "fold"(called."text") || ' ' in ' ' || "fold"(source."attributedTo") || ' ') > 0))))))::int as "1"
          from "Participant" q
          join "Meeting" m on m."id" = q."meetingId"
          where exists (
            select 1
            from "Party" h
            where h."id" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $4::text as "id") as i)) and m."id" in (
            select "h"."meetingId"
            from "Participant" "h"
            where "h"."partyId" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $5::text as "id") as i))) as scan cross
        join
        lateral (values ('SEAT_UNNAMED'::text, 7::int, scan."0"), ('ACCOUNT_MISSING'::text, 8::int, scan."1")) as found("kind", "rank", "count")
        union all
        select found.*
        from (
          select (count(*) filter (
              where u."since" is null))::int as "0", (count(*) filter (
              where ("u"."hasEnded" is null or ("u"."hasEnded" and "u"."until" is null))))::int as "1"
          from "ForumMembership" u
          where exists (
            select 1
            from "Party" h
            where h."id" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $6::text as "id") as i)) and u."partyId" = (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $7::text as "id") as i)) as scan cross
        join
        lateral (values ('MEMBERSHIP_WITHOUT_START'::text, 9::int, scan."0"), ('MEMBERSHIP_WITHOUT_END'::text, 10::int, scan."1")) as found("kind", "rank", "count")
        union all
        select found.*
        from (
          select (count(*) filter (
              where t."since" is null))::int as "0", (count(*) filter (
              where ("t"."hasEnded" is null or ("t"."hasEnded" and "t"."until" is null))))::int as "1"
          from "Tenure" t
          join "Office" o on o."id" = t."officeId"
          where exists (
            select 1
            from "Party" h
            where h."id" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $8::text as "id") as i)) and o."partyId" = (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $9::text as "id") as i)) as scan cross
        join
        lateral (values ('TENURE_WITHOUT_START'::text, 11::int, scan."0"), ('TENURE_WITHOUT_END'::text, 12::int, scan."1")) as found("kind", "rank", "count")
        union all
        select found.*
        from (
          select (count(*) filter (
              where y."id" not in (
                select b."partyId"
                from "Participant" b
                join "Meeting" m on m."id" = b."meetingId"
                where m."id" in (
                  select "h"."meetingId"
                  from "Participant" "h"
                  where "h"."partyId" = (
                    select coalesce((
                        select g."survivorId"
                        from "MergedRecord" g
                        where g."id" = i."id"), i."id")
                    from (
                      select $10::text as "id") as i)) and m."status" = 'HELD' and m."kind" <> 'SESSION')))::int as "0"
          from "Party" y
          where exists (
            select 1
            from "Party" h
            where h."id" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $11::text as "id") as i)) and y."kind" = 'STATE' and y."id" <> (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $12::text as "id") as i)) as scan cross
        join
        lateral (values ('NO_MEETING_RECORDED'::text, 14::int, scan."0")) as found("kind", "rank", "count")) as found
      where exists (
        select 1
        from "Party" h
        where h."id" = (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $13::text as "id") as i))) as "t2"
    where true
    order by "t2"."rank") as "t2") as "value"
