-- MatrixChanges: 1 statement
-- 24 values
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
      from (
        select "pair", "firstId", "secondId", count(b."roles")::int as "before", count(a."roles")::int as "after", coalesce(array_agg("forumId") filter (
            where b."roles" is null), '{}') as "gainedIds", coalesce(array_agg("forumId") filter (
            where a."roles" is null), '{}') as "lostIds", coalesce(array_agg("forumId") filter (
            where b."roles" <> a."roles"), '{}') as "changedIds", (count(*) filter (
            where b."roles" is null or a."roles" is null))::int as "moved"
        from (
          select y."id" as "firstId", z."id" as "secondId", y."code" || '-' || z."code" as "pair", u."forumId", string_agg(distinct u."role"::text || ' ' || v."role"::text, ',') as "roles"
          from "ForumMembership" u
          join "ForumMembership" v on v."forumId" = u."forumId"
          join "Party" y on y."id" = u."partyId"
          join "Party" z on z."id" = v."partyId" and y."code" collate "C" < z."code" collate "C"
          where "u"."role" = 'MEMBER' and (least("u"."sinceLatest", "u"."attestedOnLatest") <= $1::date and case when "u"."untilEarliest" is not null then $2::date < "u"."untilEarliest" when "u"."hasEnded" is false then true else $3::date <= coalesce("u"."attestedOnLatest", "u"."sinceLatest") end) and "v"."role" = 'MEMBER' and (least("v"."sinceLatest", "v"."attestedOnLatest") <= $4::date and case when "v"."untilEarliest" is not null then $5::date < "v"."untilEarliest" when "v"."hasEnded" is false then true else $6::date <= coalesce("v"."attestedOnLatest", "v"."sinceLatest") end) and true
          group by y."id", z."id", y."code", z."code", u."forumId") as b full
        join (
          select y."id" as "firstId", z."id" as "secondId", y."code" || '-' || z."code" as "pair", u."forumId", string_agg(distinct u."role"::text || ' ' || v."role"::text, ',') as "roles"
          from "ForumMembership" u
          join "ForumMembership" v on v."forumId" = u."forumId"
          join "Party" y on y."id" = u."partyId"
          join "Party" z on z."id" = v."partyId" and y."code" collate "C" < z."code" collate "C"
          where "u"."role" = 'MEMBER' and (least("u"."sinceLatest", "u"."attestedOnLatest") <= $7::date and case when "u"."untilEarliest" is not null then $8::date < "u"."untilEarliest" when "u"."hasEnded" is false then true else $9::date <= coalesce("u"."attestedOnLatest", "u"."sinceLatest") end) and "v"."role" = 'MEMBER' and (least("v"."sinceLatest", "v"."attestedOnLatest") <= $10::date and case when "v"."untilEarliest" is not null then $11::date < "v"."untilEarliest" when "v"."hasEnded" is false then true else $12::date <= coalesce("v"."attestedOnLatest", "v"."sinceLatest") end) and true
          group by y."id", z."id", y."code", z."code", u."forumId") as a using ("pair", "firstId", "secondId", "forumId")
        group by "pair", "firstId", "secondId"
        having bool_or(b."roles" is distinct
          from a."roles")) as "t2"
      where true
      order by "t2"."moved" desc, "t2"."pair" collate "C" asc
      limit 51) as "t2"), ',"total":', (
    select count(*)::text
    from (
      select "pair", "firstId", "secondId", count(b."roles")::int as "before", count(a."roles")::int as "after", coalesce(array_agg("forumId") filter (
          where b."roles" is null), '{}') as "gainedIds", coalesce(array_agg("forumId") filter (
          where a."roles" is null), '{}') as "lostIds", coalesce(array_agg("forumId") filter (
          where b."roles" <> a."roles"), '{}') as "changedIds", (count(*) filter (
          where b."roles" is null or a."roles" is null))::int as "moved"
      from (
        select y."id" as "firstId", z."id" as "secondId", y."code" || '-' || z."code" as "pair", u."forumId", string_agg(distinct u."role"::text || ' ' || v."role"::text, ',') as "roles"
        from "ForumMembership" u
        join "ForumMembership" v on v."forumId" = u."forumId"
        join "Party" y on y."id" = u."partyId"
        join "Party" z on z."id" = v."partyId" and y."code" collate "C" < z."code" collate "C"
        where "u"."role" = 'MEMBER' and (least("u"."sinceLatest", "u"."attestedOnLatest") <= $13::date and case when "u"."untilEarliest" is not null then $14::date < "u"."untilEarliest" when "u"."hasEnded" is false then true else $15::date <= coalesce("u"."attestedOnLatest", "u"."sinceLatest") end) and "v"."role" = 'MEMBER' and (least("v"."sinceLatest", "v"."attestedOnLatest") <= $16::date and case when "v"."untilEarliest" is not null then $17::date < "v"."untilEarliest" when "v"."hasEnded" is false then true else $18::date <= coalesce("v"."attestedOnLatest", "v"."sinceLatest") end) and true
        group by y."id", z."id", y."code", z."code", u."forumId") as b full
      join (
        select y."id" as "firstId", z."id" as "secondId", y."code" || '-' || z."code" as "pair", u."forumId", string_agg(distinct u."role"::text || ' ' || v."role"::text, ',') as "roles"
        from "ForumMembership" u
        join "ForumMembership" v on v."forumId" = u."forumId"
        join "Party" y on y."id" = u."partyId"
        join "Party" z on z."id" = v."partyId" and y."code" collate "C" < z."code" collate "C"
        where "u"."role" = 'MEMBER' and (least("u"."sinceLatest", "u"."attestedOnLatest") <= $19::date and case when "u"."untilEarliest" is not null then $20::date < "u"."untilEarliest" when "u"."hasEnded" is false then true else $21::date <= coalesce("u"."attestedOnLatest", "u"."sinceLatest") end) and "v"."role" = 'MEMBER' and (least("v"."sinceLatest", "v"."attestedOnLatest") <= $22::date and case when "v"."untilEarliest" is not null then $23::date < "v"."untilEarliest" when "v"."hasEnded" is false then true else $24::date <= coalesce("v"."attestedOnLatest", "v"."sinceLatest") end) and true
        group by y."id", z."id", y."code", z."code", u."forumId") as a using ("pair", "firstId", "secondId", "forumId")
      group by "pair", "firstId", "secondId"
      having bool_or(b."roles" is distinct
        from a."roles")) as "t2"
    where true), '}') as "value"
