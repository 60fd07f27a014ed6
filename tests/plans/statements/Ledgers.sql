-- Ledgers: 1 statement
-- 1 values
select "bounded"((coalesce((
        select concat('{"title":', to_json("t2"."title"), ',"ledger":', (with "t3_counted" as (
              select m."status", m."on", ("m"."status" not in ('UNKNOWN', 'HELD') or ("m"."status" = 'HELD' and exists (
                    select 1
                    from "StatusReport" r
                    where r."meetingId" = "m"."id" and r."status" <> 'HELD'))) as "isAnnounced"
              from "Meeting" m
              where "m"."sidelinesOfId" = "t2"."id" and not ("m"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("m"."kind"::text, "m"."forumId", (
                    select f."kind"::text
                    from "Forum" f
                    where f."id" = "m"."forumId"))))
            select concat('{"total":', "t3"."total", ',"announced":', "t3"."announced", ',"open":', "t3"."open", ',"held":', "t3"."held", ',"declined":', "t3"."declined", ',"cancelled":', "t3"."cancelled", ',"postponed":', "t3"."postponed", ',"addressesExpected":', (
                select count(*)
                from "Participant" p
                join "Meeting" m on m."id" = p."meetingId"
                where m."kind" = 'SESSION' and p."role" = 'SPEAKER' and "m"."id" = "t2"."id" and p."isExpected"), ',"addressesGiven":', (
                select count(*)
                from "Participant" p
                join "Meeting" m on m."id" = p."meetingId"
                where m."kind" = 'SESSION' and p."role" = 'SPEAKER' and "m"."id" = "t2"."id" and not p."isExpected" and m."status" = 'HELD'), ',"entries":{"rows":', (
                select concat('[', string_agg(concat('[{"meeting":{"slug":"', "t4"."slug", '","title":', to_json("t4"."title"), ',"on":', coalesce('"' || "t4"."on"::text || '"', 'null'), '},"status":"', "t4"."status", '","isOpen":', coalesce("t4"."status" in ('EXPECTED', 'POSTPONED')::text, 'null'), ',"announcedBy":', (
                        select concat('[', string_agg(concat('{"reportedOn":', coalesce('"' || "t5"."reportedOn"::text || '"', 'null'), ',"citation":', coalesce((
                                  select concat('{"document":', coalesce((
                                        select concat('{"publisher":', to_json("t7"."publisher"), ',"publishedOn":', coalesce('"' || "t7"."publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t7"."url"), 'null'::json), '}')
                                        from "Document" as "t7"
                                        where "t7"."id" = "t6"."documentId"), 'null'), '}')
                                  from "Citation" as "t6"
                                  where "t6"."statusReportId" = "t5"."id"
                                  limit 1), 'null'), '}'), ','), ']')
                        from (
                          select "t5".*
                          from "StatusReport" as "t5"
                          where "t5"."meetingId" = "t4"."id" and "t5"."status" = 'EXPECTED'
                          order by "t5"."reportedOnEarliest" nulls last, "t5"."id") as "t5"), ',"confirmedBy":', (
                        select concat('[', string_agg(concat('{"status":"', "t8"."status", '","reportedOn":', coalesce('"' || "t8"."reportedOn"::text || '"', 'null'), ',"citation":', coalesce((
                                  select concat('{"document":', coalesce((
                                        select concat('{"publisher":', to_json("t10"."publisher"), ',"publishedOn":', coalesce('"' || "t10"."publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t10"."url"), 'null'::json), '}')
                                        from "Document" as "t10"
                                        where "t10"."id" = "t9"."documentId"), 'null'), '}')
                                  from "Citation" as "t9"
                                  where "t9"."statusReportId" = "t8"."id"
                                  limit 1), 'null'), '}'), ','), ']')
                        from (
                          select "t8".*
                          from "StatusReport" as "t8"
                          where "t8"."meetingId" = "t4"."id" and "t8"."status" <> 'EXPECTED' and "t8"."status" = "t4"."status"
                          order by "t8"."reportedOnEarliest" nulls last, "t8"."id") as "t8"), ',"otherReports":', (
                        select concat('[', string_agg(concat('{"status":"', "t11"."status", '","reportedOn":', coalesce('"' || "t11"."reportedOn"::text || '"', 'null'), ',"citation":', coalesce((
                                  select concat('{"document":', coalesce((
                                        select concat('{"publisher":', to_json("t13"."publisher"), ',"publishedOn":', coalesce('"' || "t13"."publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t13"."url"), 'null'::json), '}')
                                        from "Document" as "t13"
                                        where "t13"."id" = "t12"."documentId"), 'null'), '}')
                                  from "Citation" as "t12"
                                  where "t12"."statusReportId" = "t11"."id"
                                  limit 1), 'null'), '}'), ','), ']')
                        from (
                          select "t11".*
                          from "StatusReport" as "t11"
                          where "t11"."meetingId" = "t4"."id" and "t11"."status" <> 'EXPECTED' and "t11"."status" <> "t4"."status"
                          order by "t11"."reportedOnEarliest" nulls last, "t11"."id") as "t11"), '},[', to_json(coalesce("t4"."onEarliest", '-infinity'::date)), ',', to_json("t4"."id"), ']]'), ','), ']')
                from (
                  select "t4".*
                  from "Meeting" as "t4"
                  where "t4"."sidelinesOfId" = "t2"."id" and not ("t4"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("t4"."kind"::text, "t4"."forumId", (
                        select f."kind"::text
                        from "Forum" f
                        where f."id" = "t4"."forumId")))
                  order by coalesce("t4"."onEarliest", '-infinity'::date) desc, "t4"."id" desc
                  limit 21) as "t4"), '}}')
            from (
              select count(*) filter (
                where true) as "total", count(*) filter (
                where m."isAnnounced") as "announced", count(*) filter (
                where "m"."status" in ('EXPECTED', 'POSTPONED')) as "open", count(*) filter (
                where m."status" = 'HELD'::"MeetingStatus") as "held", count(*) filter (
                where m."status" = 'DECLINED'::"MeetingStatus") as "declined", count(*) filter (
                where m."status" = 'CANCELLED'::"MeetingStatus") as "cancelled", count(*) filter (
                where m."status" = 'POSTPONED'::"MeetingStatus") as "postponed"
              from "t3_counted" m) as "t3"), '}')
        from "Meeting" as "t2"
        where "t2"."slug" = (
          select (
            select n."key"
            from "currentKey"('Meeting', "i"."key") as n)
          from (
            select $1::text as "key") as i)
        limit 1), 'null'))::text, 8000000) as "value"
