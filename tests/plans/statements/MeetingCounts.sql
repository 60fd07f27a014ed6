-- MeetingCounts: 1 statement
-- 5 values
select concat((
    select '' || json_agg(json_build_array(x."place", x."name", x."meant"))::text || ''
    from (
      select 0 as "place", "n"."name" as "name", (
        select o."key"
        from (
          select left("fold"("n"."name"), 80) as "asked") as w, (
          select y."code", unnest(array[y."code", y."alpha2", y."name", y."officialName"])
          from "Party" y
          union all
          select y."code", n."text"
          from "PartyName" n
          join "Party" y on y."id" = n."partyId") as r("key", "text"),
        lateral (
          select r."key", levenshtein(left("fold"(r."text"), 80), w."asked") as "changed", similarity("fold"(r."text"), w."asked") as "likeness") as o
        where r."text" is not null and (o."changed" <= greatest(least(length(w."asked") - 3, 2), 0) or o."likeness" >= 0.4)
        order by o."changed", o."likeness" desc, o."key" collate "C"
        limit 1) as "meant"
      from unnest($1::text[]) as n("name")
      where not exists (
        select 1
        from "Party" as r
        where r."code" = "n"."name") and not exists (
        select 1
        from "MergedRecord" g
        where g."table" = 'Party' and g."key" = "n"."name") and not exists (
        select 1
        from "public"."Party" as r
        where r."code" = "n"."name")) as x
    having count(*) > 0), coalesce((concat('{"rows":', (
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
                  select w."id"
                  from "Party" w
                  where w."code" = coalesce((
                      select g."survivorKey"
                      from "MergedRecord" g
                      where g."table" = 'Party' and g."key" = ($2::text[])[1]
                      limit 1), ($3::text[])[1])) as w, "meetingTally"(2, w."id") as t
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
                select w."id"
                from "Party" w
                where w."code" = coalesce((
                    select g."survivorKey"
                    from "MergedRecord" g
                    where g."table" = 'Party' and g."key" = ($4::text[])[1]
                    limit 1), ($5::text[])[1])) as w, "meetingTally"(2, w."id") as t
              where t."kind" = 'BILATERAL'::"MeetingKind" and t."status" = 'HELD'::"MeetingStatus"
              group by case when t."firstId" = w."id" then t."secondId" else t."firstId" end
              having sum(t."meetings") > 0) as g
            left
            join "Party" "y" on "y"."id" = "g"."firstId") as "t2"
          where true), '}'))::text, 'null')) as "value"
