-- Matrix: 1 statement
-- 4 values
select "bounded"(((with "t2_once" as materialized (
        select *
        from (with "seat" as materialized (
            select y."id", y."code" collate "C" as "code", u."forumId", string_agg(distinct u."role"::text, ',') as "roles"
            from "ForumMembership" u
            join "Party" y on y."id" = u."partyId"
            where (least("u"."sinceLatest", "u"."attestedOnLatest") <= $1::date and case when "u"."untilEarliest" is not null then $2::date < "u"."untilEarliest" when "u"."hasEnded" is false then true else $3::date <= greatest(coalesce("u"."attestedOnLatest", "u"."sinceLatest"), "u"."attestedUntilEarliest") end) and true
            group by y."id", y."code", u."forumId"), "forum" as materialized (
            select f."forumId", (row_number() over ())::int - 1 as "bit"
            from (
              select distinct "forumId"
              from "seat") as f), "party" as materialized (
            select s."id", s."code", bit_or(set_bit(n."none", f."bit", 1)) as "forums"
            from "seat" s
            join "forum" f on f."forumId" = s."forumId", (
              select repeat('0', count(*)::int)::varbit as "none"
              from "forum") as n
            group by s."id", s."code")
          select p."code" || '-' || q."code" as "pair", p."id" as "firstId", q."id" as "secondId", bit_count(p."forums" & q."forums")::int as "count", $4::date as "day", false as "isOfMembers"
          from "party" p
          join "party" q on p."code" < q."code"
          where bit_count(p."forums" & q."forums") > 0) as "t2_once")
      select concat('{"totalCount":', (
          select count(*)::text
          from "t2_once" as "t2"
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
                    where "t4"."id" in (
                      select u."forumId"
                      from "ForumMembership" u
                      where u."partyId" = "t2"."firstId" and (least("u"."sinceLatest", "u"."attestedOnLatest") <= "t2"."day" and case when "u"."untilEarliest" is not null then "t2"."day" < "u"."untilEarliest" when "u"."hasEnded" is false then true else "t2"."day" <= greatest(coalesce("u"."attestedOnLatest", "u"."sinceLatest"), "u"."attestedUntilEarliest") end) and (u."role" = 'MEMBER' or not "t2"."isOfMembers") intersect
                      select u."forumId"
                      from "ForumMembership" u
                      where u."partyId" = "t2"."secondId" and (least("u"."sinceLatest", "u"."attestedOnLatest") <= "t2"."day" and case when "u"."untilEarliest" is not null then "t2"."day" < "u"."untilEarliest" when "u"."hasEnded" is false then true else "t2"."day" <= greatest(coalesce("u"."attestedOnLatest", "u"."sinceLatest"), "u"."attestedUntilEarliest") end) and (u."role" = 'MEMBER' or not "t2"."isOfMembers"))
                    order by "t4"."name" collate "C", "t4"."id") as "t4"), '}'), ','), ']')
          from (
            select "t2".*
            from "t2_once" as "t2"
            where true
            order by "t2"."count" desc, "t2"."pair" collate "C" asc
            limit 100) as "t2"), '}')))::text, 8000000) as "value"
