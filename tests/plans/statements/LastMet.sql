-- LastMet: 1 statement
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
    having count(*) > 0), coalesce(("bounded"((coalesce((
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
              where "t2"."id" = (
                select b."id"
                from (
                  select n.*, coalesce(r."one", 1) as "one", coalesce(r."other", 2) as "other"
                  from (
                    select array_agg(w."key"
                      order by n."place") as "keys", array_agg(w."open"
                      order by n."place") as "open", array_agg(n."name"
                      order by n."place") filter (
                      where w."key" is null) as "unknown"
                    from unnest($2::text[]) with ordinality as n("name", "place")
                    left
                    join
                    lateral (
                      select w."id" || ':DEFENCE_MINISTER' as "key", w."id" || ':office' as "open"
                      from "Party" w
                      where w."code" = (
                        select n."key"
                        from "currentKey"('Party', "n"."name") as n)) as w on true) as n
                  left
                  join
                  lateral (
                    select a."place"::int as "one", b."place"::int as "other"
                    from unnest(n."keys") with ordinality as a("key", "place"), unnest(n."keys") with ordinality as b("key", "place")
                    where cardinality(n."keys") > 2 and a."place" < b."place" and b."place" <= 8
                    order by (
                      select count(*)
                      from (
                        select 1
                        from derived."Pair" f
                        where f."pair" = derived."pairOf"(a."key", b."key")
                        limit 1000) as few), 1, 2
                    limit 1) as r on true) as who, (
                  select null::text as "id", null::date as "earliest", null::date as "latest", true as "isThere") as since, (
                  select null::text as "id", null::date as "earliest", null::date as "latest", true as "isThere") as until,
                lateral (
                  select m."id", m."title", m."on", m."onEarliest" as "first", coalesce("m"."endsOnLatest", "m"."onLatest") as "last"
                  from "metTogether"(who."keys"[who."one"], who."keys"[who."other"]) as e
                  join "Meeting" m on m."id" = e."meetingId"
                  where "m"."status" = 'HELD' and not ("m"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("m"."kind"::text, "m"."forumId", (
                        select f."kind"::text
                        from "Forum" f
                        where f."id" = "m"."forumId"))) and not exists (
                    select 1
                    from unnest(who."keys", who."open") as g("key", "open")
                    where not exists (
                      select 1
                      from "Participant" s
                      left
                      join "Office" o on o."id" = s."officeId"
                      where s."meetingId" = "m"."id" and s."attendance" is null and (derived."hasKey"(s."partyId", s."personId", s."officeId", o."kind", g."key") or (split_part(g."key", ':', 2) not in ('', 'person', 'office') and exists (
                            select 1
                            from "ParticipantOffice" x
                            join "Office" xo on xo."id" = x."officeId"
                            where x."participantId" = s."id" and derived."hasKey"(s."partyId", s."personId", xo."id", xo."kind", g."key"))))))
                  order by e."day" desc, e."meetingId" desc
                  limit 1) as b)
              limit 1), 'null'))::text, 8000000))::text, 'null')) as "value"
