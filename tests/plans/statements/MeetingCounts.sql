-- MeetingCounts: 1 statement
-- 2 values
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
    having count(*) > 0), coalesce(("bounded"(((with "t2_once" as materialized (
              select *
              from (
                select g.*, null::text as "secondId", null::int as "year", null::text as "forumId", null::"MeetingKind" as "kind", null::"MeetingFormat" as "format", null::"MeetingStatus" as "status", concat_ws(' ', y."code") as "key"
                from (
                  select case when t."firstId" = w."id" then t."secondId" else t."firstId" end as "firstId", sum(t."meetings")::int as "count"
                  from (
                    select w."id"
                    from "Party" w
                    where w."code" = (
                      select n."key"
                      from "currentKey"('Party', ($2::text[])[1]) as n)) as w, "meetingTally"(2, w."id") as t
                  where t."kind" = 'BILATERAL'::"MeetingKind" and t."status" = 'HELD'::"MeetingStatus"
                  group by case when t."firstId" = w."id" then t."secondId" else t."firstId" end
                  having sum(t."meetings") > 0) as g
                left
                join "Party" "y" on "y"."id" = "g"."firstId") as "t2_once")
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
                  from "t2_once" as "t2"
                  where true
                  order by "t2"."count" desc, "t2"."key" collate "C" asc
                  limit 51) as "t2"), ',"total":', (
                select count(*)::text
                from "t2_once" as "t2"
                where true), '}')))::text, 8000000))::text, 'null')) as "value"
