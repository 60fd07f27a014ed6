-- PersonOn: 1 statement
-- 4 values
select coalesce((
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
          where "t4"."personId" = "t2"."id" and (least("t4"."sinceLatest", "t4"."attestedOnLatest") <= $1::date and case when "t4"."untilEarliest" is not null then $2::date < "t4"."untilEarliest" when "t4"."hasEnded" is false then true else $3::date <= coalesce("t4"."attestedOnLatest", "t4"."sinceLatest") end)
          order by coalesce("t4"."sinceEarliest", "t4"."attestedOnEarliest") desc nulls last, "t4"."id") as "t4"), ',"visits":{"nodes":', (
        select concat('[', string_agg(concat('{"place":', coalesce((
                  select concat('{"city":', coalesce(to_json("t8"."city"), 'null'::json), ',"country":', coalesce((
                        select concat('{"code":"', "t9"."code", '"}')
                        from "Party" as "t9"
                        where "t9"."id" = "t8"."stateId"), 'null'), '}')
                  from "Place" as "t8"
                  where "t8"."id" = "t7"."placeId"), 'null'), ',"from":', coalesce('"' || "t7"."from"::text || '"', 'null'), ',"to":', coalesce('"' || "t7"."to"::text || '"', 'null'), ',"days":', coalesce("t7"."days"::text, 'null'), ',"purpose":', coalesce(to_json("t7"."purpose"), 'null'::json), ',"ledger":{"held":', (
                select count(*)
                from "VisitMeeting" v
                join "Meeting" m on m."id" = v."meetingId"
                where v."visitId" = "t7"."id" and m."kind" <> 'SESSION' and m."status" = 'HELD'::"MeetingStatus"), ',"expected":', (
                select count(*)
                from "VisitMeeting" v
                join "Meeting" m on m."id" = v."meetingId"
                where v."visitId" = "t7"."id" and m."kind" <> 'SESSION' and m."status" = 'EXPECTED'::"MeetingStatus"), ',"declined":', (
                select count(*)
                from "VisitMeeting" v
                join "Meeting" m on m."id" = v."meetingId"
                where v."visitId" = "t7"."id" and m."kind" <> 'SESSION' and m."status" = 'DECLINED'::"MeetingStatus"), ',"cancelled":', (
                select count(*)
                from "VisitMeeting" v
                join "Meeting" m on m."id" = v."meetingId"
                where v."visitId" = "t7"."id" and m."kind" <> 'SESSION' and m."status" = 'CANCELLED'::"MeetingStatus"), ',"postponed":', (
                select count(*)
                from "VisitMeeting" v
                join "Meeting" m on m."id" = v."meetingId"
                where v."visitId" = "t7"."id" and m."kind" <> 'SESSION' and m."status" = 'POSTPONED'::"MeetingStatus"), '},"meetings":{"nodes":', (
                select concat('[', string_agg(concat('{"title":', to_json("t10"."title"), ',"status":"', "t10"."status", '","participants":{"nodes":', (
                        select concat('[', string_agg(concat('{"party":', coalesce((
                                  select concat('{"code":"', "t12"."code", '"}')
                                  from "Party" as "t12"
                                  where "t12"."id" = "t11"."partyId"), 'null'), '}'), ','), ']')
                        from (
                          select "t11".*
                          from "Participant" as "t11"
                          where "t11"."meetingId" = "t10"."id"
                          order by "t11"."position" asc, "t11"."id" asc
                          limit 5) as "t11"), '}}'), ','), ']')
                from (
                  select "t10".*
                  from "Meeting" as "t10"
                  where "t10"."id" in (
                    select v."meetingId"
                    from "VisitMeeting" v
                    where v."visitId" = "t7"."id")
                  order by coalesce("t10"."onEarliest", '-infinity'::date) desc, "t10"."id" desc
                  limit 20) as "t10"), '}}'), ','), ']')
        from (
          select "t7".*
          from "Visit" as "t7"
          where "t7"."personId" = "t2"."id"
          order by coalesce("t7"."fromEarliest", '-infinity'::date) desc, "t7"."id" desc
          limit 5) as "t7"), '},"meetings":{"totalCount":', (
        select count(distinct "t13_seat"."meetingId")::text
        from "Participant" as "t13_seat"
        where "t13_seat"."personId" = "t2"."id"), ',"nodes":', (
        select concat('[', string_agg(concat('{"title":', to_json("t13"."title"), ',"on":', coalesce('"' || "t13"."on"::text || '"', 'null'), ',"status":"', "t13"."status", '","kind":"', "t13"."kind", '"}'), ','
            order by "t13_found"."0" desc, "t13_found"."1" desc), ']')
        from (
          select distinct on (coalesce("t13_seat"."meetingEarliest", '-infinity'::date), "t13_seat"."meetingId") coalesce("t13_seat"."meetingEarliest", '-infinity'::date) as "0", "t13_seat"."meetingId" as "1"
          from "Participant" as "t13_seat"
          where "t13_seat"."personId" = "t2"."id"
          order by coalesce("t13_seat"."meetingEarliest", '-infinity'::date) desc, "t13_seat"."meetingId" desc
          limit 20) as "t13_found"
        join "Meeting" as "t13" on "t13"."id" = "t13_found"."1"), '},"statements":{"nodes":', (
        select concat('[', string_agg(concat('{"text":', to_json("t14"."text"), ',"isVerbatim":', coalesce("t14"."isVerbatim"::text, 'null'), ',"topics":', to_json("t14"."topics"), ',"meeting":', coalesce((
                  select concat('{"title":', to_json("t15"."title"), '}')
                  from "Meeting" as "t15"
                  where "t15"."id" = "t14"."meetingId"), 'null'), ',"citations":{"nodes":', (
                select concat('[', string_agg(concat('{"passage":', case when "t16"."quote" is not null then concat('{"quote":', to_json("t16"."quote"), ',"start":', "t16"."start", ',"end":', "t16"."end", '}') else 'null' end, '}'), ','), ']')
                from (
                  select "t16".*
                  from "Citation" as "t16"
                  join "Document" as "t17" on "t17"."id" = "t16"."documentId"
                  where "t16"."statementId" = "t14"."id"
                  order by coalesce("t17"."publishedOnEarliest", 'infinity'::date) asc, "t16"."documentId" asc, coalesce("t16"."start", 2147483647) asc, "t16"."id" asc
                  limit 3) as "t16"), '}}'), ','), ']')
        from (
          select "t14".*
          from "Statement" as "t14"
          where "t14"."personId" = "t2"."id"
          order by coalesce("t14"."onEarliest", 'infinity'::date) asc, "t14"."position" asc, "t14"."id" asc
          limit 10) as "t14"), '}}')
    from "Person" as "t2"
    where "t2"."slug" = (
      select coalesce((
          select g."survivorKey"
          from "MergedRecord" g
          where g."table" = 'Person' and g."key" = i."key"
          limit 1), i."key")
      from (
        select $4::text as "key") as i)
    limit 1), 'null') as "value"
