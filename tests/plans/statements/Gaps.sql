-- Gaps: 1 statement
-- 28 values
select concat('{"rows":', (
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
              select 'The record names nobody who took part in “' || m."title" || '”.'
              from "Meeting" m
              where m."id" = "t2"."key") when 'ORDINAL_MISSING' then (
              select 'The record holds no session no. ' || "t2"."number" || ' of ' || coalesce(f."acronym", f."name") || ', although it holds a later one.'
              from "Forum" f
              where f."id" = "t2"."key") when 'SEAT_UNNAMED' then (
              select 'No source in the record names who ' || case when q."isExpected" then 'is to sit' else 'sat' end || ' for ' || y."name" || ' at “' || m."title" || '”.'
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
                  where e."id" = "t2"."key")) || ' at any session of ' || coalesce(f."acronym", f."name") || '. It does not say that there was none.'
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
                where e."id" = "t2"."key")) || ' that was held, sessions of forums aside. It does not say that there was none.' end), ',"subject":', coalesce((
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
      from ((
          select "gap"."rank" as "rank", coalesce(gap."day", 'infinity'::date) as "day", "gap"."subject" as "key", "gap"."number" as "number", "gap"."kind" as "kind", (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $1::text as "id") as i) as "holder"
          from "Meeting" m cross
          join
          lateral (values (0::int, 'OUTCOME_UNREPORTED'::text, m."status" in ('EXPECTED', 'POSTPONED') and coalesce(m."endsOnLatest", m."onLatest") < $2::date, "m"."id", "m"."onEarliest", 0::int), (1::int, 'MEETING_WITHOUT_STATUS'::text, m."status" = 'UNKNOWN', "m"."id", "m"."onEarliest", 0::int), (2::int, 'MEETING_WITHOUT_DATE'::text, m."on" is null, "m"."id", "m"."onEarliest", 0::int), (3::int, 'MEETING_DATE_INEXACT'::text, length(m."on") < 10, "m"."id", "m"."onEarliest", 0::int), (4::int, 'MEETING_WITHOUT_PLACE'::text, m."placeId" is null and m."format" is distinct
              from 'CALL' and m."format" is distinct
              from 'VIDEO', "m"."id", "m"."onEarliest", 0::int)) as gap("rank", "kind", "lacks", "subject", "day", "number")
          where exists (
            select 1
            from "Party" h
            where h."id" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $3::text as "id") as i)) and m."id" in (
            select "h"."meetingId"
            from "Participant" "h"
            where "h"."partyId" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $4::text as "id") as i) intersect
            select "i"."meetingId"
            from "Participant" "i"
            where "i"."partyId" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $5::text as "id") as i)) and gap."lacks"
          order by "gap"."rank" asc, coalesce(gap."day", 'infinity'::date) asc, "gap"."subject" asc, "gap"."number" asc
          limit 51)
        union all (
          select "gap"."rank" as "rank", coalesce(gap."day", 'infinity'::date) as "day", "gap"."subject" as "key", "gap"."number" as "number", "gap"."kind" as "kind", (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $6::text as "id") as i) as "holder"
          from "Participant" q
          join "Meeting" m on m."id" = q."meetingId" cross
          join
          lateral (values (7::int, 'SEAT_UNNAMED'::text, q."personId" is null, "q"."id", "m"."onEarliest", 0::int), (8::int, 'ACCOUNT_MISSING'::text, m."kind" = 'BILATERAL' and m."status" = 'HELD' and not exists (
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
                      where position(' ' || "fold"(called."text") || ' ' in ' ' || "fold"(source."attributedTo") || ' ') > 0)))), "q"."id", "m"."onEarliest", 0::int)) as gap("rank", "kind", "lacks", "subject", "day", "number")
          where exists (
            select 1
            from "Party" h
            where h."id" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $7::text as "id") as i)) and m."id" in (
            select "h"."meetingId"
            from "Participant" "h"
            where "h"."partyId" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $8::text as "id") as i) intersect
            select "i"."meetingId"
            from "Participant" "i"
            where "i"."partyId" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $9::text as "id") as i)) and gap."lacks"
          order by "gap"."rank" asc, coalesce(gap."day", 'infinity'::date) asc, "gap"."subject" asc, "gap"."number" asc
          limit 51)
        union all (
          select "gap"."rank" as "rank", coalesce(gap."day", 'infinity'::date) as "day", "gap"."subject" as "key", "gap"."number" as "number", "gap"."kind" as "kind", (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $10::text as "id") as i) as "holder"
          from "Party" y cross
          join
          lateral (values (14::int, 'NO_MEETING_RECORDED'::text, not exists (
                select 1
                from "Meeting" m
                where m."id" in (
                  select "h"."meetingId"
                  from "Participant" "h"
                  where "h"."partyId" = (
                    select coalesce((
                        select g."survivorId"
                        from "MergedRecord" g
                        where g."id" = i."id"), i."id")
                    from (
                      select $11::text as "id") as i) intersect
                  select "i"."meetingId"
                  from "Participant" "i"
                  where "i"."partyId" = (
                    select coalesce((
                        select g."survivorId"
                        from "MergedRecord" g
                        where g."id" = i."id"), i."id")
                    from (
                      select $12::text as "id") as i)) and m."status" = 'HELD' and m."kind" <> 'SESSION'), "y"."id", null::date, 0::int)) as gap("rank", "kind", "lacks", "subject", "day", "number")
          where exists (
            select 1
            from "Party" h
            where h."id" = (
              select coalesce((
                  select g."survivorId"
                  from "MergedRecord" g
                  where g."id" = i."id"), i."id")
              from (
                select $13::text as "id") as i)) and y."id" = (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $14::text as "id") as i) and gap."lacks"
          order by "gap"."rank" asc, coalesce(gap."day", 'infinity'::date) asc, "gap"."subject" asc, "gap"."number" asc
          limit 51)) as "t2"
      order by "t2"."rank" asc, "t2"."day" asc, "t2"."key" asc, "t2"."number" asc
      limit 51) as "t2"), ',"total":', (
    select count(*)::text
    from ((
        select "gap"."rank" as "rank", coalesce(gap."day", 'infinity'::date) as "day", "gap"."subject" as "key", "gap"."number" as "number", "gap"."kind" as "kind", (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $15::text as "id") as i) as "holder"
        from "Meeting" m cross
        join
        lateral (values (0::int, 'OUTCOME_UNREPORTED'::text, m."status" in ('EXPECTED', 'POSTPONED') and coalesce(m."endsOnLatest", m."onLatest") < $16::date, "m"."id", "m"."onEarliest", 0::int), (1::int, 'MEETING_WITHOUT_STATUS'::text, m."status" = 'UNKNOWN', "m"."id", "m"."onEarliest", 0::int), (2::int, 'MEETING_WITHOUT_DATE'::text, m."on" is null, "m"."id", "m"."onEarliest", 0::int), (3::int, 'MEETING_DATE_INEXACT'::text, length(m."on") < 10, "m"."id", "m"."onEarliest", 0::int), (4::int, 'MEETING_WITHOUT_PLACE'::text, m."placeId" is null and m."format" is distinct
            from 'CALL' and m."format" is distinct
            from 'VIDEO', "m"."id", "m"."onEarliest", 0::int)) as gap("rank", "kind", "lacks", "subject", "day", "number")
        where exists (
          select 1
          from "Party" h
          where h."id" = (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $17::text as "id") as i)) and m."id" in (
          select "h"."meetingId"
          from "Participant" "h"
          where "h"."partyId" = (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $18::text as "id") as i) intersect
          select "i"."meetingId"
          from "Participant" "i"
          where "i"."partyId" = (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $19::text as "id") as i)) and gap."lacks")
      union all (
        select "gap"."rank" as "rank", coalesce(gap."day", 'infinity'::date) as "day", "gap"."subject" as "key", "gap"."number" as "number", "gap"."kind" as "kind", (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $20::text as "id") as i) as "holder"
        from "Participant" q
        join "Meeting" m on m."id" = q."meetingId" cross
        join
        lateral (values (7::int, 'SEAT_UNNAMED'::text, q."personId" is null, "q"."id", "m"."onEarliest", 0::int), (8::int, 'ACCOUNT_MISSING'::text, m."kind" = 'BILATERAL' and m."status" = 'HELD' and not exists (
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
                    where position(' ' || "fold"(called."text") || ' ' in ' ' || "fold"(source."attributedTo") || ' ') > 0)))), "q"."id", "m"."onEarliest", 0::int)) as gap("rank", "kind", "lacks", "subject", "day", "number")
        where exists (
          select 1
          from "Party" h
          where h."id" = (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $21::text as "id") as i)) and m."id" in (
          select "h"."meetingId"
          from "Participant" "h"
          where "h"."partyId" = (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $22::text as "id") as i) intersect
          select "i"."meetingId"
          from "Participant" "i"
          where "i"."partyId" = (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $23::text as "id") as i)) and gap."lacks")
      union all (
        select "gap"."rank" as "rank", coalesce(gap."day", 'infinity'::date) as "day", "gap"."subject" as "key", "gap"."number" as "number", "gap"."kind" as "kind", (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $24::text as "id") as i) as "holder"
        from "Party" y cross
        join
        lateral (values (14::int, 'NO_MEETING_RECORDED'::text, not exists (
              select 1
              from "Meeting" m
              where m."id" in (
                select "h"."meetingId"
                from "Participant" "h"
                where "h"."partyId" = (
                  select coalesce((
                      select g."survivorId"
                      from "MergedRecord" g
                      where g."id" = i."id"), i."id")
                  from (
                    select $25::text as "id") as i) intersect
                select "i"."meetingId"
                from "Participant" "i"
                where "i"."partyId" = (
                  select coalesce((
                      select g."survivorId"
                      from "MergedRecord" g
                      where g."id" = i."id"), i."id")
                  from (
                    select $26::text as "id") as i)) and m."status" = 'HELD' and m."kind" <> 'SESSION'), "y"."id", null::date, 0::int)) as gap("rank", "kind", "lacks", "subject", "day", "number")
        where exists (
          select 1
          from "Party" h
          where h."id" = (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $27::text as "id") as i)) and y."id" = (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $28::text as "id") as i) and gap."lacks")) as "t2"), '}') as "value"
