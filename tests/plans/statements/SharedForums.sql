-- SharedForums: 1 statement
-- 6 values
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
    having count(*) > 0), coalesce(("bounded"(((
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
                where y."code" = any((
                    select array_agg(distinct (
                        select n."key"
                        from "currentKey"('Party', "i"."key") as n))
                    from unnest($2::text[]) as i("key"))::text[]) and (least("u"."sinceLatest", "u"."attestedOnLatest") <= $3::date and case when "u"."untilEarliest" is not null then $4::date < "u"."untilEarliest" when "u"."hasEnded" is false then true else $5::date <= greatest(coalesce("u"."attestedOnLatest", "u"."sinceLatest"), "u"."attestedUntilEarliest") end)
                group by u."forumId"
                having count(distinct y."code") = cardinality((
                    select array_agg(distinct (
                        select n."key"
                        from "currentKey"('Party', "i"."key") as n))
                    from unnest($6::text[]) as i("key"))::text[])) as "t2"
              where true
              order by "t2"."name" collate "C", "t2"."forumId") as "t2"))::text, 8000000))::text, 'null')) as "value"
