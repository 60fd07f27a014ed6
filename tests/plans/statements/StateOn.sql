-- StateOn: 1 statement
-- 11 values
select "bounded"((coalesce((
        select concat('{"id":"', "t2"."id", '","code":"', "t2"."code", '","alpha2":', coalesce('"' || "t2"."alpha2"::text || '"', 'null'), ',"name":', to_json("t2"."name"), ',"officialName":', coalesce(to_json("t2"."officialName"), 'null'::json), ',"memberships":{"totalCount":', (
            select count(*)::text
            from "ForumMembership" as "t3"
            where "t3"."partyId" = "t2"."id" and (least("t3"."sinceLatest", "t3"."attestedOnLatest") <= $1::date and case when "t3"."untilEarliest" is not null then $2::date < "t3"."untilEarliest" when "t3"."hasEnded" is false then true else $3::date <= greatest(coalesce("t3"."attestedOnLatest", "t3"."sinceLatest"), "t3"."attestedUntilEarliest") end)), ',"nodes":', (
            select concat('[', string_agg(concat('{"role":"', "t3"."role", '","since":', coalesce('"' || "t3"."since"::text || '"', 'null'), ',"forum":{"slug":"', "t3"."t4.slug", '","acronym":', coalesce(to_json("t3"."t4.acronym"), 'null'::json), '}}'), ','), ']')
            from (
              select "t3".*, "t4"."slug" as "t4.slug", "t4"."acronym" as "t4.acronym"
              from "ForumMembership" as "t3"
              join "Forum" as "t4" on "t4"."id" = "t3"."forumId"
              where "t3"."partyId" = "t2"."id" and (least("t3"."sinceLatest", "t3"."attestedOnLatest") <= $4::date and case when "t3"."untilEarliest" is not null then $5::date < "t3"."untilEarliest" when "t3"."hasEnded" is false then true else $6::date <= greatest(coalesce("t3"."attestedOnLatest", "t3"."sinceLatest"), "t3"."attestedUntilEarliest") end)
              order by "t4"."name" collate "C" asc, coalesce(coalesce("t3"."sinceEarliest", "t3"."attestedOnEarliest"), '-infinity'::date) asc, "t3"."id" asc
              limit 50) as "t3"), '},"meetings":{"totalCount":', (
            select count(*)::text
            from (
              select distinct "t5_seat"."meetingId"
              from "Participant" as "t5_seat"
              where "t5_seat"."partyId" = "t2"."id" and "t5_seat"."meetingEarliest" <= $7::date and coalesce("t5_seat"."meetingEarliest", '-infinity'::date) <= $8::date and (
                select "t5"."kind" = 'BILATERAL'::"MeetingKind"
                from "Meeting" as "t5"
                where "t5"."id" = "t5_seat"."meetingId")) as "t5_counted"), ',"nodes":', (
            select concat('[', string_agg(concat('{"title":', to_json("t5"."title"), ',"on":', coalesce('"' || "t5"."on"::text || '"', 'null'), ',"status":"', "t5"."status", '","participants":{"nodes":', (
                    select concat('[', string_agg(concat('{"party":', coalesce((
                              select concat('{"code":"', "t7"."code", '"}')
                              from "Party" as "t7"
                              where "t7"."id" = "t6"."partyId"), 'null'), '}'), ','), ']')
                    from (
                      select "t6".*
                      from "Participant" as "t6"
                      where "t6"."meetingId" = "t5"."id"
                      order by "t6"."position" asc, "t6"."id" asc
                      limit 4) as "t6"), '}}'), ','
                order by "t5_found"."0" desc, "t5_found"."1" desc), ']')
            from (
              select distinct on (coalesce("t5_seat"."meetingEarliest", '-infinity'::date), "t5_seat"."meetingId") coalesce("t5_seat"."meetingEarliest", '-infinity'::date) as "0", "t5_seat"."meetingId" as "1"
              from "Participant" as "t5_seat"
              where "t5_seat"."partyId" = "t2"."id" and "t5_seat"."meetingEarliest" <= $9::date and coalesce("t5_seat"."meetingEarliest", '-infinity'::date) <= $10::date and (
                select "t5"."kind" = 'BILATERAL'::"MeetingKind"
                from "Meeting" as "t5"
                where "t5"."id" = "t5_seat"."meetingId")
              order by coalesce("t5_seat"."meetingEarliest", '-infinity'::date) desc, "t5_seat"."meetingId" desc
              limit 20) as "t5_found"
            join "Meeting" as "t5" on "t5"."id" = "t5_found"."1"), '}}')
        from "Party" as "t2"
        where "t2"."kind" = 'STATE' and "t2"."code" = (
          select (
            select n."key"
            from "currentKey"('Party', "i"."key") as n)
          from (
            select $11::text as "key") as i)
        limit 1), 'null'))::text, 8000000) as "value"
