-- LedgerBetween: 1 statement
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
    having count(*) > 0), coalesce(("bounded"(((with "t2_counted" as (
              select m."status", m."on", ("m"."status" not in ('UNKNOWN', 'HELD') or ("m"."status" = 'HELD' and exists (
                    select 1
                    from "StatusReport" r
                    where r."meetingId" = "m"."id" and r."status" <> 'HELD'))) as "isAnnounced"
              from "Meeting" m
              where m."id" in (
                select "f"."meetingId"
                from "metTogether"((array(
                      select w."id"
                      from unnest($2::text[]) with ordinality as n("name", "place")
                      join "Party" w on w."code" = (
                        select n."key"
                        from "currentKey"('Party', "n"."name") as n)
                      order by n."place"))[1], (array(
                      select w."id"
                      from unnest($3::text[]) with ordinality as n("name", "place")
                      join "Party" w on w."code" = (
                        select n."key"
                        from "currentKey"('Party', "n"."name") as n)
                      order by n."place"))[2]) as "f"
                where true) and not ("m"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("m"."kind"::text, "m"."forumId", (
                    select f."kind"::text
                    from "Forum" f
                    where f."id" = "m"."forumId"))) and (
                select count(distinct s."partyId")
                from "Participant" s
                where s."meetingId" = "m"."id" and s."partyId" = any(array(
                    select w."id"
                    from unnest($4::text[]) with ordinality as n("name", "place")
                    join "Party" w on w."code" = (
                      select n."key"
                      from "currentKey"('Party', "n"."name") as n)
                    order by n."place"))) = cardinality($5::text[]))
            select concat('{"total":', "t2"."total", ',"announced":', "t2"."announced", ',"held":', "t2"."held", ',"open":', "t2"."open", ',"fulfilment":', (
                select concat('[', string_agg(concat('{"period":', coalesce('"' || "t3"."period"::text || '"', 'null'), ',"announced":', "t3"."announced", ',"held":', "t3"."held", ',"declined":', "t3"."declined", ',"cancelled":', "t3"."cancelled", ',"open":', "t3"."open", '}'), ','), ']')
                from (
                  select "t3".*
                  from (
                    select substring(left(m."on", 4)
                      from '^[0-9]{4}(?:-[0-9]{2})?') as "period", count(*) as "announced", count(*) filter (
                      where m."status" = 'HELD') as "held", count(*) filter (
                      where m."status" = 'DECLINED') as "declined", count(*) filter (
                      where m."status" = 'CANCELLED') as "cancelled", count(*) filter (
                      where m."status" = 'CALLED_OFF') as "calledOff", count(*) filter (
                      where "m"."status" in ('EXPECTED', 'POSTPONED')) as "open"
                    from "t2_counted" m
                    where m."isAnnounced"
                    group by 1) as "t3"
                  where true
                  order by "t3"."period" nulls last) as "t3"), ',"entries":{"nodes":', (
                select concat('[', string_agg(concat('{"meeting":{"slug":"', "t4"."slug", '","title":', to_json("t4"."title"), ',"on":', coalesce('"' || "t4"."on"::text || '"', 'null'), '},"status":"', "t4"."status", '","isOpen":', coalesce("t4"."status" in ('EXPECTED', 'POSTPONED')::text, 'null'), ',"announcedBy":', (
                        select concat('[', string_agg(concat('{"reportedOn":', coalesce('"' || "t5"."reportedOn"::text || '"', 'null'), ',"citation":', coalesce((
                                  select concat('{"document":', coalesce((
                                        select concat('{"publisher":', to_json("t7"."publisher"), '}')
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
                        select concat('[', string_agg(concat('{"reportedOn":', coalesce('"' || "t8"."reportedOn"::text || '"', 'null'), ',"citation":', coalesce((
                                  select concat('{"document":', coalesce((
                                        select concat('{"publisher":', to_json("t10"."publisher"), '}')
                                        from "Document" as "t10"
                                        where "t10"."id" = "t9"."documentId"), 'null'), '}')
                                  from "Citation" as "t9"
                                  where "t9"."statusReportId" = "t8"."id"
                                  limit 1), 'null'), '}'), ','), ']')
                        from (
                          select "t8".*
                          from "StatusReport" as "t8"
                          where "t8"."meetingId" = "t4"."id" and "t8"."status" <> 'EXPECTED' and "t8"."status" = "t4"."status"
                          order by "t8"."reportedOnEarliest" nulls last, "t8"."id") as "t8"), '}'), ','
                    order by "t4_found"."0" desc, "t4_found"."1" desc), ']')
                from (
                  select distinct on ("t4_found"."day", "t4_found"."meetingId") "t4_found"."day" as "0", "t4_found"."meetingId" as "1"
                  from (
                    select *
                    from "metTogether"((array(
                          select w."id"
                          from unnest($6::text[]) with ordinality as n("name", "place")
                          join "Party" w on w."code" = (
                            select n."key"
                            from "currentKey"('Party', "n"."name") as n)
                          order by n."place"))[1], (array(
                          select w."id"
                          from unnest($7::text[]) with ordinality as n("name", "place")
                          join "Party" w on w."code" = (
                            select n."key"
                            from "currentKey"('Party', "n"."name") as n)
                          order by n."place"))[2]) as t
                    order by t."day" desc, t."meetingId" desc) as "t4_found"
                  where true and (
                    select not ("t4"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("t4"."kind"::text, "t4"."forumId", (
                          select f."kind"::text
                          from "Forum" f
                          where f."id" = "t4"."forumId"))) and (
                      select count(distinct s."partyId")
                      from "Participant" s
                      where s."meetingId" = "t4"."id" and s."partyId" = any(array(
                          select w."id"
                          from unnest($8::text[]) with ordinality as n("name", "place")
                          join "Party" w on w."code" = (
                            select n."key"
                            from "currentKey"('Party', "n"."name") as n)
                          order by n."place"))) = cardinality($9::text[])
                    from "Meeting" as "t4"
                    where "t4"."id" = "t4_found"."meetingId")
                  order by "t4_found"."day" desc, "t4_found"."meetingId" desc
                  limit 20) as "t4_found"
                join "Meeting" as "t4" on "t4"."id" = "t4_found"."1"), '}}')
            from (
              select count(*) filter (
                where true) as "total", count(*) filter (
                where m."isAnnounced") as "announced", count(*) filter (
                where m."status" = 'HELD'::"MeetingStatus") as "held", count(*) filter (
                where "m"."status" in ('EXPECTED', 'POSTPONED')) as "open"
              from "t2_counted" m) as "t2"))::text, 8000000))::text, 'null')) as "value"
