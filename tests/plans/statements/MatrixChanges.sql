-- MatrixChanges: 1 statement
-- 6 values
select "bounded"(((with "t2_once" as materialized (
        select *
        from (
          select "pair", "firstId", "secondId", count(b."roles")::int as "before", count(a."roles")::int as "after", coalesce(array_agg("forumId") filter (
              where b."roles" is null), '{}') as "gainedIds", coalesce(array_agg("forumId") filter (
              where a."roles" is null), '{}') as "lostIds", coalesce(array_agg("forumId") filter (
              where b."roles" <> a."roles"), '{}') as "changedIds", (count(*) filter (
              where b."roles" is null or a."roles" is null))::int as "moved"
          from (with "seat" as materialized (
              select y."id", y."code" collate "C" as "code", u."forumId", string_agg(distinct u."role"::text, ',') as "roles"
              from "ForumMembership" u
              join "Party" y on y."id" = u."partyId"
              where "u"."role" = 'MEMBER' and (least("u"."sinceLatest", "u"."attestedOnLatest") <= $1::date and case when "u"."untilEarliest" is not null then $2::date < "u"."untilEarliest" when "u"."hasEnded" is false then true else $3::date <= greatest(coalesce("u"."attestedOnLatest", "u"."sinceLatest"), "u"."attestedUntilEarliest") end) and true
              group by y."id", y."code", u."forumId")
            select p."id" as "firstId", q."id" as "secondId", p."code" || '-' || q."code" as "pair", p."forumId", p."roles" || ' ' || q."roles" as "roles"
            from "seat" p
            join "seat" q on q."forumId" = p."forumId" and p."code" < q."code") as b full
          join (with "seat" as materialized (
              select y."id", y."code" collate "C" as "code", u."forumId", string_agg(distinct u."role"::text, ',') as "roles"
              from "ForumMembership" u
              join "Party" y on y."id" = u."partyId"
              where "u"."role" = 'MEMBER' and (least("u"."sinceLatest", "u"."attestedOnLatest") <= $4::date and case when "u"."untilEarliest" is not null then $5::date < "u"."untilEarliest" when "u"."hasEnded" is false then true else $6::date <= greatest(coalesce("u"."attestedOnLatest", "u"."sinceLatest"), "u"."attestedUntilEarliest") end) and true
              group by y."id", y."code", u."forumId")
            select p."id" as "firstId", q."id" as "secondId", p."code" || '-' || q."code" as "pair", p."forumId", p."roles" || ' ' || q."roles" as "roles"
            from "seat" p
            join "seat" q on q."forumId" = p."forumId" and p."code" < q."code") as a using ("pair", "firstId", "secondId", "forumId")
          group by "pair", "firstId", "secondId"
          having bool_or(b."roles" is distinct
            from a."roles")) as "t2_once")
      select concat('{"rows":', (
          select concat('[', string_agg(concat('[{"parties":', (
                  select concat('[', string_agg(concat('{"code":"', "t3"."code", '"}'), ','), ']')
                  from (
                    select "t3".*
                    from "Party" as "t3"
                    where "t3"."id" in ("t2"."firstId", "t2"."secondId")
                    order by "t3"."code" collate "C") as "t3"), ',"before":', "t2"."before", ',"after":', "t2"."after", ',"gained":', (
                  select concat('[', string_agg(concat('{"slug":"', "t4"."slug", '"}'), ','), ']')
                  from (
                    select "t4".*
                    from "Forum" as "t4"
                    where "t4"."id" = any("t2"."gainedIds")
                    order by "t4"."name" collate "C", "t4"."id") as "t4"), ',"lost":', (
                  select concat('[', string_agg(concat('{"slug":"', "t5"."slug", '"}'), ','), ']')
                  from (
                    select "t5".*
                    from "Forum" as "t5"
                    where "t5"."id" = any("t2"."lostIds")
                    order by "t5"."name" collate "C", "t5"."id") as "t5"), ',"roleChanged":', (
                  select concat('[', string_agg(concat('{"slug":"', "t6"."slug", '"}'), ','), ']')
                  from (
                    select "t6".*
                    from "Forum" as "t6"
                    where "t6"."id" = any("t2"."changedIds")
                    order by "t6"."name" collate "C", "t6"."id") as "t6"), '},[', to_json("t2"."moved"), ',', to_json("t2"."pair" collate "C"), ']]'), ','), ']')
          from (
            select "t2".*
            from "t2_once" as "t2"
            where true
            order by "t2"."moved" desc, "t2"."pair" collate "C" asc
            limit 51) as "t2"), ',"total":', (
          select count(*)::text
          from "t2_once" as "t2"
          where true), '}')))::text, 8000000) as "value"
