-- MeetingCounts: 1 statement
-- 6 values
select concat('{"rows":', (
    select concat('[', string_agg(concat('[{"count":', "t2"."count", ',"parties":', (
            select concat('[', string_agg(concat('{"code":"', "t3"."code", '","name":', to_json("t3"."name"), '}'), ','), ']')
            from (
              select "t3".*
              from "Party" as "t3"
              where "t3"."id" in ("t2"."firstId", "t2"."secondId")
              order by "t3"."code" collate "C") as "t3"), ',"year":', coalesce("t2"."year"::text, 'null'), ',"forum":', coalesce((
              select concat('{"slug":"', "t4"."slug", '"}')
              from "Forum" as "t4"
              where "t4"."id" = "t2"."forumId"), 'null'), ',"kind":', coalesce('"' || "t2"."kind"::text || '"', 'null'), ',"format":', coalesce('"' || "t2"."format"::text || '"', 'null'), ',"status":', coalesce('"' || "t2"."status"::text || '"', 'null'), '},[', to_json("t2"."count"), ',', to_json("t2"."key" collate "C"), ']]'), ','), ']')
    from (
      select "t2".*
      from (
        select g.*, null::text as "secondId", null::int as "year", null::text as "forumId", null::"MeetingKind" as "kind", null::"MeetingFormat" as "format", null::"MeetingStatus" as "status", concat_ws(' ', (
            select y."code"
            from "Party" y
            where y."id" = "g"."firstId")) as "key"
        from (
          select "a"."partyId" as "firstId", count(distinct m."id")::int as "count"
          from "Meeting" m
          join "Participant" a on a."meetingId" = m."id" and a."partyId" not in (
            select y."id"
            from "Party" y
            where y."code" = any($1::text[]))
          where "m"."id" in (
            select p."meetingId"
            from "Participant" p
            join "Party" w on w."id" = p."partyId"
            where w."code" = any($2::text[])
            group by p."meetingId"
            having count(distinct w."id") = (
              select count(distinct g)
              from unnest($3::text[]) as g)) and "m"."kind" = 'BILATERAL'::"MeetingKind" and "m"."status" = 'HELD'::"MeetingStatus"
          group by "a"."partyId") as g) as "t2"
      where true
      order by "t2"."count" desc, "t2"."key" collate "C" asc
      limit 51) as "t2"), ',"total":', (
    select count(*)::text
    from (
      select g.*, null::text as "secondId", null::int as "year", null::text as "forumId", null::"MeetingKind" as "kind", null::"MeetingFormat" as "format", null::"MeetingStatus" as "status", concat_ws(' ', (
          select y."code"
          from "Party" y
          where y."id" = "g"."firstId")) as "key"
      from (
        select "a"."partyId" as "firstId", count(distinct m."id")::int as "count"
        from "Meeting" m
        join "Participant" a on a."meetingId" = m."id" and a."partyId" not in (
          select y."id"
          from "Party" y
          where y."code" = any($4::text[]))
        where "m"."id" in (
          select p."meetingId"
          from "Participant" p
          join "Party" w on w."id" = p."partyId"
          where w."code" = any($5::text[])
          group by p."meetingId"
          having count(distinct w."id") = (
            select count(distinct g)
            from unnest($6::text[]) as g)) and "m"."kind" = 'BILATERAL'::"MeetingKind" and "m"."status" = 'HELD'::"MeetingStatus"
        group by "a"."partyId") as g) as "t2"
    where true), '}') as "value"
