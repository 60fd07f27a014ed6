-- Matrix: 1 statement
-- 12 values
select concat('{"totalCount":', (
    select count(*)::text
    from (
      select y."code" || '-' || z."code" as "pair", y."id" as "firstId", z."id" as "secondId", count(distinct u."forumId")::int as "count", array_agg(distinct u."forumId") as "forumIds"
      from "ForumMembership" u
      join "ForumMembership" v on v."forumId" = u."forumId"
      join "Party" y on y."id" = u."partyId"
      join "Party" z on z."id" = v."partyId" and y."code" collate "C" < z."code" collate "C"
      where (least("u"."sinceLatest", "u"."attestedOnLatest") <= $1::date and case when "u"."untilEarliest" is not null then $2::date < "u"."untilEarliest" when "u"."hasEnded" is false then true else $3::date <= coalesce("u"."attestedOnLatest", "u"."sinceLatest") end) and (least("v"."sinceLatest", "v"."attestedOnLatest") <= $4::date and case when "v"."untilEarliest" is not null then $5::date < "v"."untilEarliest" when "v"."hasEnded" is false then true else $6::date <= coalesce("v"."attestedOnLatest", "v"."sinceLatest") end) and true
      group by y."code", z."code", y."id", z."id") as "t2"
    where true), ',"nodes":', (
    select concat('[', string_agg(concat('{"parties":', (
            select concat('[', string_agg(concat('{"code":"', "t3"."code", '"}'), ','), ']')
            from (
              select "t3".*
              from "Party" as "t3"
              where "t3"."id" in ("t2"."firstId", "t2"."secondId")
              order by "t3"."code" collate "C") as "t3"), ',"count":', "t2"."count", ',"forums":', (
            select concat('[', string_agg(concat('{"slug":"', "t4"."slug", '"}'), ','), ']')
            from (
              select "t4".*
              from "Forum" as "t4"
              where "t4"."id" = any("t2"."forumIds")
              order by "t4"."name" collate "C", "t4"."id") as "t4"), '}'), ','), ']')
    from (
      select "t2".*
      from (
        select y."code" || '-' || z."code" as "pair", y."id" as "firstId", z."id" as "secondId", count(distinct u."forumId")::int as "count", array_agg(distinct u."forumId") as "forumIds"
        from "ForumMembership" u
        join "ForumMembership" v on v."forumId" = u."forumId"
        join "Party" y on y."id" = u."partyId"
        join "Party" z on z."id" = v."partyId" and y."code" collate "C" < z."code" collate "C"
        where (least("u"."sinceLatest", "u"."attestedOnLatest") <= $7::date and case when "u"."untilEarliest" is not null then $8::date < "u"."untilEarliest" when "u"."hasEnded" is false then true else $9::date <= coalesce("u"."attestedOnLatest", "u"."sinceLatest") end) and (least("v"."sinceLatest", "v"."attestedOnLatest") <= $10::date and case when "v"."untilEarliest" is not null then $11::date < "v"."untilEarliest" when "v"."hasEnded" is false then true else $12::date <= coalesce("v"."attestedOnLatest", "v"."sinceLatest") end) and true
        group by y."code", z."code", y."id", z."id") as "t2"
      where true
      order by "t2"."count" desc, "t2"."pair" collate "C" asc
      limit 100) as "t2"), '}') as "value"
