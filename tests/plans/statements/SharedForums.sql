-- SharedForums: 1 statement
-- 5 values
select (
  select concat('[', string_agg(concat('{"forum":', coalesce((
            select concat('{"slug":"', "t3"."slug", '","acronym":', coalesce(to_json("t3"."acronym"), 'null'::json), '}')
            from "Forum" as "t3"
            where "t3"."id" = "t2"."forumId"), 'null'), ',"memberships":', (
          select concat('[', string_agg(concat('{"party":', coalesce((
                    select concat('{"code":"', "t5"."code", '"}')
                    from "Party" as "t5"
                    where "t5"."id" = "t4"."partyId"), 'null'), ',"role":"', "t4"."role", '","since":', coalesce('"' || "t4"."since"::text || '"', 'null'), '}'), ','), ']')
          from (
            select "t4".*
            from "ForumMembership" as "t4"
            where "t4"."id" = any("t2"."membershipIds")
            order by (
              select y."code"
              from "Party" y
              where y."id" = "t4"."partyId") collate "C", "t4"."id") as "t4"), '}'), ','), ']')
  from (
    select "t2".*
    from (
      select u."forumId", array_agg(u."id") as "membershipIds", (
        select f."name"
        from "Forum" f
        where f."id" = u."forumId") as "name", string_agg(distinct y."code" || ' ' || u."role"::text, ',') as "roles"
      from "ForumMembership" u
      join "Party" y on y."id" = u."partyId"
      where y."code" = any($1::text[]) and (least("u"."sinceLatest", "u"."attestedOnLatest") <= $2::date and case when "u"."untilEarliest" is not null then $3::date < "u"."untilEarliest" when "u"."hasEnded" is false then true else $4::date <= coalesce("u"."attestedOnLatest", "u"."sinceLatest") end)
      group by u."forumId"
      having count(distinct y."code") = cardinality($5::text[])) as "t2"
    where true
    order by "t2"."name" collate "C", "t2"."forumId") as "t2") as "value"
