-- LastMet: 1 statement
-- 2 values
select coalesce((
    select concat('{"title":', to_json("t2"."title"), ',"on":', coalesce('"' || "t2"."on"::text || '"', 'null'), ',"place":', coalesce((
          select concat('{"city":', coalesce(to_json("t3"."city"), 'null'::json), '}')
          from "Place" as "t3"
          where "t3"."id" = "t2"."placeId"), 'null'), ',"participants":{"nodes":', (
        select concat('[', string_agg(concat('{"party":', coalesce((
                  select concat('{"code":"', "t5"."code", '"}')
                  from "Party" as "t5"
                  where "t5"."id" = "t4"."partyId"), 'null'), ',"person":', coalesce((
                  select concat('{"name":', to_json("t6"."name"), '}')
                  from "Person" as "t6"
                  where "t6"."id" = "t4"."personId"), 'null'), '}'), ','), ']')
        from (
          select "t4".*
          from "Participant" as "t4"
          where "t4"."meetingId" = "t2"."id"
          order by "t4"."position" asc, "t4"."id" asc
          limit 4) as "t4"), '}}')
    from "Meeting" as "t2"
    where "t2"."status" = 'HELD' and "t2"."kind" <> 'SESSION' and "t2"."id" in (
      select p."meetingId"
      from "Participant" p
      join "Party" w on w."id" = p."partyId"
      join "Office" o on o."id" = p."officeId" and o."kind" = 'DEFENCE_MINISTER'::"OfficeKind"
      where "w"."code" = any($1::text[])
      group by p."meetingId"
      having count(distinct "w"."code") = cardinality($2::text[]))
    order by "t2"."onEarliest" desc nulls last, "t2"."id" desc
    limit 1), 'null') as "value"
