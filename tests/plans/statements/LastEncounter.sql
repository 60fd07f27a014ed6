-- LastEncounter: 1 statement
-- 4 values
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
              select concat('{"explanation":', to_json("t2"."explanation"), ',"isCertain":', coalesce("t2"."isCertain"::text, 'null'), ',"coveredThrough":', coalesce('"' || "t2"."coveredThrough"::text || '"', 'null'), ',"meeting":', coalesce((
                    select concat('{"slug":"', "t3"."slug", '","title":', to_json("t3"."title"), ',"on":', coalesce('"' || "t3"."on"::text || '"', 'null'), ',"endsOn":', coalesce('"' || "t3"."endsOn"::text || '"', 'null'), ',"format":', coalesce('"' || "t3"."format"::text || '"', 'null'), ',"place":', coalesce((
                          select concat('{"city":', coalesce(to_json("t4"."city"), 'null'::json), '}')
                          from "Place" as "t4"
                          where "t4"."id" = "t3"."placeId"), 'null'), '}')
                    from "Meeting" as "t3"
                    where "t3"."id" = "t2"."meetingId"), 'null'), ',"contenderCount":', "t2"."contenderCount", ',"contenders":', (
                  select concat('[', string_agg(concat('{"slug":"', "t5"."slug", '","title":', to_json("t5"."title"), ',"on":', coalesce('"' || "t5"."on"::text || '"', 'null'), ',"endsOn":', coalesce('"' || "t5"."endsOn"::text || '"', 'null'), ',"format":', coalesce('"' || "t5"."format"::text || '"', 'null'), '}'), ','), ']')
                  from (
                    select "t5".*
                    from "Meeting" as "t5"
                    where "t5"."id" = any("t2"."contenderIds")
                    order by array_position("t2"."contenderIds", "t5"."id")) as "t5"), '}')
              from (
                select b."id" as "meetingId", c."ids" as "contenderIds", c."count" as "contenderCount", b."id" is not null and c."count" = 0 and who."unknown" is null and since."isThere" and until."isThere" as "isCertain", (
                  select case when count(*) = count(l."day") then min(l."day") end
                  from unnest(who."keys") as g("key")
                  left
                  join
                  lateral (
                    select s."meetingEarliest" as "day"
                    from "Participant" s
                    join "Meeting" m on m."id" = s."meetingId"
                    where s."partyId" = split_part(g."key", ':', 1) and s."meetingEarliest" is not null and s."attendance" is null and m."status" = 'HELD'
                    order by s."meetingEarliest" desc
                    limit 1) as l on true) as "coveredThrough", case when who."unknown" is not null then 'The record does not know ' || array_to_string(who."unknown", ', ') || '.' when b."id" is null and c."count" = 0 then 'The record holds no such meeting, which does not mean that there was none.' when b."id" is null then 'None counts for certain; ' || c."count" || ' may, because ' || concat_ws(' and ', case when c."lackDays" then 'days are not exact enough' end, case when c."lackFormat" then 'a format is not recorded' end, case when c."lackSeats" then 'a seat is not named' end) || '.' else b."title" || coalesce(', ' || b."on"::text, ', on an unknown day') || case when c."count" = 0 then '; no other in the record can have been later.' else '; ' || c."count" || case c."count" when 1 then ' other' else ' others' end || ' may have been later, because ' || concat_ws(' and ', case when c."lackDays" then 'days are not exact enough' end, case when c."lackFormat" then 'a format is not recorded' end, case when c."lackSeats" then 'a seat is not named' end) || '.' end end as "explanation"
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
                  select null::text as "id", $3::date as "earliest", $4::date as "latest", true as "isThere") as until
                left
                join
                lateral (
                  select m."id", m."title", m."on", m."onEarliest" as "first", coalesce("m"."endsOnLatest", "m"."onLatest") as "last"
                  from "metTogether"(who."keys"[who."one"], who."keys"[who."other"]) as e
                  join "Meeting" m on m."id" = e."meetingId"
                  where "m"."status" = 'HELD' and not ("m"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("m"."kind"::text, "m"."forumId", (
                        select f."kind"::text
                        from "Forum" f
                        where f."id" = "m"."forumId"))) and coalesce("m"."endsOnLatest", "m"."onLatest") < until."earliest" and e."day" < until."earliest" and "m"."id" is distinct
                  from until."id" and not exists (
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
                  limit 1) as b on true
                left
                join
                lateral (
                  select coalesce((array_agg(x."id"
                        order by x."day" desc, x."id" desc))[1:20], '{}') as "ids", count(*)::int as "count", bool_or(not x."hasFormat") as "lackFormat", bool_or(not x."hasSeats") as "lackSeats", bool_or(x."hasFormat" and x."hasSeats") as "lackDays"
                  from (
                    select m."id", e."day", true as "hasFormat", not exists (
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
                              where x."participantId" = s."id" and derived."hasKey"(s."partyId", s."personId", xo."id", xo."kind", g."key")))))) as "hasSeats"
                    from (
                      select distinct e."day", e."meetingId"
                      from (values (who."keys"[who."one"], who."keys"[who."other"]), (who."keys"[who."one"], who."open"[who."other"]), (who."open"[who."one"], who."keys"[who."other"]), (who."open"[who."one"], who."open"[who."other"])) as k("one", "other"), (values (coalesce(b."first" - (
                              select coalesce(max(coalesce(x."endsOnLatest", x."onLatest") - x."onEarliest"), 0)
                              from "Meeting" x), '-infinity'::date), coalesce(until."latest", 'infinity'::date)), ('-infinity'::date, '-infinity'::date)) as r("from", "to"),
                      lateral "metTogether"(k."one", k."other") as e
                      where e."day" between r."from" and r."to" and (e."last" >= b."first") is not false) as e
                    join "Meeting" m on m."id" = e."meetingId"
                    where "m"."status" = 'HELD' and not ("m"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("m"."kind"::text, "m"."forumId", (
                          select f."kind"::text
                          from "Forum" f
                          where f."id" = "m"."forumId"))) and until."isThere" and coalesce("m"."onEarliest", '-infinity'::date) < coalesce(until."latest", 'infinity'::date) and "m"."id" is distinct
                    from until."id" and "m"."id" is distinct
                    from b."id" and not exists (
                      select 1
                      from unnest(who."keys", who."open") as g("key", "open")
                      where not exists (
                        select 1
                        from "Participant" s
                        left
                        join "Office" o on o."id" = s."officeId"
                        where s."meetingId" = "m"."id" and s."attendance" is null and (derived."hasKey"(s."partyId", s."personId", s."officeId", o."kind", g."key") or derived."hasKey"(s."partyId", s."personId", s."officeId", o."kind", g."open") or (split_part(g."key", ':', 2) not in ('', 'person', 'office') and exists (
                              select 1
                              from "ParticipantOffice" x
                              join "Office" xo on xo."id" = x."officeId"
                              where x."participantId" = s."id" and derived."hasKey"(s."partyId", s."personId", xo."id", xo."kind", g."key"))))))) as x) as c on true) as "t2"
              where true
              limit 1), 'null'))::text, 8000000))::text, 'null')) as "value"
