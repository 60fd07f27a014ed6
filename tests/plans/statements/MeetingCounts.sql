-- MeetingCounts: 1 statement
-- 2 values
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
        select g.*, null::text as "secondId", null::int as "year", null::text as "forumId", null::"MeetingKind" as "kind", null::"MeetingFormat" as "format", null::"MeetingStatus" as "status", concat_ws(' ', y."code") as "key"
        from (
          select case when t."firstId" = w."id" then t."secondId" else t."firstId" end as "firstId", sum(t."meetings")::int as "count"
          from (
            select y."id"
            from "Party" y
            where y."code" = ($1::text[])[1]) as w, "meetingTally"(2, w."id") as t
          where t."kind" = 'BILATERAL'::"MeetingKind" and t."status" = 'HELD'::"MeetingStatus"
          group by case when t."firstId" = w."id" then t."secondId" else t."firstId" end
          having sum(t."meetings") > 0) as g
        left
        join "Party" "y" on "y"."id" = "g"."firstId") as "t2"
      where true
      order by "t2"."count" desc, "t2"."key" collate "C" asc
      limit 51) as "t2"), ',"total":', (
    select count(*)::text
    from (
      select g.*, null::text as "secondId", null::int as "year", null::text as "forumId", null::"MeetingKind" as "kind", null::"MeetingFormat" as "format", null::"MeetingStatus" as "status", concat_ws(' ', y."code") as "key"
      from (
        select case when t."firstId" = w."id" then t."secondId" else t."firstId" end as "firstId", sum(t."meetings")::int as "count"
        from (
          select y."id"
          from "Party" y
          where y."code" = ($2::text[])[1]) as w, "meetingTally"(2, w."id") as t
        where t."kind" = 'BILATERAL'::"MeetingKind" and t."status" = 'HELD'::"MeetingStatus"
        group by case when t."firstId" = w."id" then t."secondId" else t."firstId" end
        having sum(t."meetings") > 0) as g
      left
      join "Party" "y" on "y"."id" = "g"."firstId") as "t2"
    where true), '}') as "value"
