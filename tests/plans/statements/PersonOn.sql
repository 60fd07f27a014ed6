-- PersonOn: 1 statement
-- 2 values
select "bounded"((coalesce((
        select concat('{"id":"', "t2"."id", '","name":', to_json("t2"."name"), ',"names":', (
            select concat('[', string_agg(concat('{"text":', to_json("t3"."text"), ',"kind":"', "t3"."kind", '","language":', coalesce(to_json("t3"."language"), 'null'::json), '}'), ','), ']')
            from (
              select "t3".*
              from "PersonName" as "t3"
              where "t3"."personId" = "t2"."id"
              order by "t3"."kind", "t3"."text") as "t3"), ',"tenures":', (
            select concat('[', string_agg(concat('{"office":', coalesce((
                      select concat('{"title":', to_json("t5"."title"), ',"kind":"', "t5"."kind", '","party":', coalesce((
                            select concat('{"code":"', "t6"."code", '","name":', to_json("t6"."name"), '}')
                            from "Party" as "t6"
                            where "t6"."id" = "t5"."partyId"), 'null'), '}')
                      from "Office" as "t5"
                      where "t5"."id" = "t4"."officeId"), 'null'), ',"since":', coalesce('"' || "t4"."since"::text || '"', 'null'), ',"until":', coalesce('"' || "t4"."until"::text || '"', 'null'), ',"hasEnded":', coalesce("t4"."hasEnded"::text, 'null'), '}'), ','), ']')
            from (
              select "t4".*
              from "Tenure" as "t4"
              where "t4"."personId" = "t2"."id" and exists (
                select 1
                from "tenuresOn"("t4"."officeId", $1::date) d
                where d."tenureId" = "t4"."id" and d."isCertain")
              order by coalesce("t4"."sinceEarliest", "t4"."attestedOnEarliest") desc nulls last, "t4"."id") as "t4"), ',"visits":{"nodes":', (
            select concat('[', string_agg(concat('{"place":', coalesce((
                      select concat('{"city":', coalesce(to_json("t8"."city"), 'null'::json), ',"country":', coalesce((
                            select concat('{"code":"', "t9"."code", '"}')
                            from "Party" as "t9"
                            where "t9"."id" = "t8"."stateId"), 'null'), '}')
                      from "Place" as "t8"
                      where "t8"."id" = "t7"."placeId"), 'null'), ',"from":', coalesce('"' || "t7"."from"::text || '"', 'null'), ',"to":', coalesce('"' || "t7"."to"::text || '"', 'null'), ',"days":', coalesce("t7"."days"::text, 'null'), ',"purpose":', coalesce(to_json(case when octet_length("t7"."purpose") > 500 then "counted"("t7"."purpose", 8000000, 'Visit.purpose') else "t7"."purpose" end), 'null'::json), ',"ledger":', (with "t10_counted" as (
                      select m."status", m."on", ("m"."status" not in ('UNKNOWN', 'HELD') or ("m"."status" = 'HELD' and exists (
                            select 1
                            from "StatusReport" r
                            where r."meetingId" = "m"."id" and r."status" <> 'HELD'))) as "isAnnounced"
                      from "Meeting" m
                      where "m"."id" in (
                        select v."meetingId"
                        from "VisitMeeting" v
                        where v."visitId" = "t7"."id") and not ("m"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("m"."kind"::text, "m"."forumId", (
                            select f."kind"::text
                            from "Forum" f
                            where f."id" = "m"."forumId"))))
                    select concat('{"held":', "t10"."held", ',"expected":', "t10"."expected", ',"declined":', "t10"."declined", ',"cancelled":', "t10"."cancelled", ',"postponed":', "t10"."postponed", '}')
                    from (
                      select count(*) filter (
                        where m."status" = 'HELD'::"MeetingStatus") as "held", count(*) filter (
                        where m."status" = 'EXPECTED'::"MeetingStatus") as "expected", count(*) filter (
                        where m."status" = 'DECLINED'::"MeetingStatus") as "declined", count(*) filter (
                        where m."status" = 'CANCELLED'::"MeetingStatus") as "cancelled", count(*) filter (
                        where m."status" = 'POSTPONED'::"MeetingStatus") as "postponed"
                      from "t10_counted" m) as "t10"), ',"meetings":{"nodes":', (
                    select concat('[', string_agg(concat('{"title":', to_json("t11"."title"), ',"status":"', "t11"."status", '","participants":{"nodes":', (
                            select concat('[', string_agg(concat('{"party":', coalesce((
                                      select concat('{"code":"', "t13"."code", '"}')
                                      from "Party" as "t13"
                                      where "t13"."id" = "t12"."partyId"), 'null'), '}'), ','), ']')
                            from (
                              select "t12".*
                              from "Participant" as "t12"
                              where "t12"."meetingId" = "t11"."id"
                              order by "t12"."position" asc, "t12"."id" asc
                              limit 5) as "t12"), '}}'), ','), ']')
                    from (
                      select "t11".*
                      from "Meeting" as "t11"
                      where "t11"."id" in (
                        select v."meetingId"
                        from "VisitMeeting" v
                        where v."visitId" = "t7"."id")
                      order by coalesce("t11"."onEarliest", '-infinity'::date) desc, "t11"."id" desc
                      limit 20) as "t11"), '}}'), ','), ']')
            from (
              select "t7".*
              from "Visit" as "t7"
              where "t7"."personId" = "t2"."id"
              order by coalesce("t7"."fromEarliest", '-infinity'::date) desc, "t7"."id" desc
              limit 5) as "t7"), '},"meetings":{"totalCount":', (
            select count(*)::text
            from (
              select distinct "t14_seat"."meetingId"
              from "Participant" as "t14_seat"
              where "t14_seat"."personId" = "t2"."id") as "t14_counted"), ',"nodes":', (
            select concat('[', string_agg(concat('{"title":', to_json("t14"."title"), ',"on":', coalesce('"' || "t14"."on"::text || '"', 'null'), ',"status":"', "t14"."status", '","kind":"', "t14"."kind", '"}'), ','
                order by "t14_found"."0" desc, "t14_found"."1" desc), ']')
            from (
              select distinct on (coalesce("t14_seat"."meetingEarliest", '-infinity'::date), "t14_seat"."meetingId") coalesce("t14_seat"."meetingEarliest", '-infinity'::date) as "0", "t14_seat"."meetingId" as "1"
              from "Participant" as "t14_seat"
              where "t14_seat"."personId" = "t2"."id"
              order by coalesce("t14_seat"."meetingEarliest", '-infinity'::date) desc, "t14_seat"."meetingId" desc
              limit 20) as "t14_found"
            join "Meeting" as "t14" on "t14"."id" = "t14_found"."1"), '},"statements":{"nodes":', (
            select concat('[', string_agg(concat('{"text":', to_json(case when octet_length("t15"."text") > 500 then "counted"("t15"."text", 8000000, 'Statement.text') else "t15"."text" end), ',"isVerbatim":', coalesce("t15"."isVerbatim"::text, 'null'), ',"topics":', to_json("t15"."topics"), ',"meeting":', coalesce((
                      select concat('{"title":', to_json("t16"."title"), '}')
                      from "Meeting" as "t16"
                      where "t16"."id" = "t15"."meetingId"), 'null'), ',"citations":{"nodes":', (
                    select concat('[', string_agg(concat('{"passage":', case when "t17"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t17"."quote") > 500 then "counted"("t17"."quote", 8000000, 'Passage.quote') else "t17"."quote" end), ',"start":', "t17"."start", ',"end":', "t17"."end", '}') else 'null' end, '}'), ','), ']')
                    from (
                      select "t17".*
                      from "Citation" as "t17"
                      join "Document" as "t18" on "t18"."id" = "t17"."documentId"
                      where "t17"."statementId" = "t15"."id"
                      order by coalesce("t18"."publishedOnEarliest", 'infinity'::date) asc, "t17"."documentId" asc, coalesce("t17"."start", 2147483647) asc, "t17"."id" asc
                      limit 3) as "t17"), '}}'), ','), ']')
            from (
              select "t15".*
              from "Statement" as "t15"
              where ("t15"."personId" = "t2"."id" or "t15"."id" = any(array(
                    select j."statementId"
                    from "StatementPerson" j
                    where j."personId" = "t2"."id")))
              order by coalesce("t15"."onEarliest", 'infinity'::date) asc, "t15"."position" asc, "t15"."id" asc
              limit 10) as "t15"), '}}')
        from "Person" as "t2"
        where "t2"."slug" = (
          select (
            select n."key"
            from "currentKey"('Person', "i"."key") as n)
          from (
            select $2::text as "key") as i)
        limit 1), 'null'))::text, 8000000) as "value"
