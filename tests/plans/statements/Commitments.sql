-- Commitments: 1 statement
-- 2 values
select "bounded"((concat('{"rows":', (
        select concat('[', string_agg(concat('[{"key":', to_json("t2"."key"), ',"summary":', to_json(case when octet_length("t2"."summary") > 500 then "counted"("t2"."summary", 8000000, 'Commitment.summary') else "t2"."summary" end), ',"kind":"', "t2"."kind", '","status":"', "t2"."status", '","on":', coalesce('"' || "t2"."on"::text || '"', 'null'), ',"dueOn":', coalesce('"' || "t2"."dueOn"::text || '"', 'null'), ',"parties":', (
                select concat('[', string_agg(concat('{"code":"', "t3"."code", '","name":', to_json("t3"."name"), '}'), ','), ']')
                from (
                  select "t3".*
                  from "Party" as "t3"
                  where "t3"."id" in (
                    select c."partyId"
                    from "CommitmentParty" c
                    where c."commitmentId" = "t2"."id")
                  order by "t3"."name" collate "C", "t3"."id") as "t3"), ',"meeting":', coalesce((
                  select concat('{"slug":"', "t4"."slug", '","title":', to_json("t4"."title"), ',"on":', coalesce('"' || "t4"."on"::text || '"', 'null'), '}')
                  from "Meeting" as "t4"
                  where "t4"."id" = "t2"."meetingId"), 'null'), ',"citations":{"nodes":', (
                select concat('[', string_agg(concat('{"passage":', case when "t5"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t5"."quote") > 500 then "counted"("t5"."quote", 8000000, 'Passage.quote') else "t5"."quote" end), ',"start":', "t5"."start", ',"end":', "t5"."end", '}') else 'null' end, ',"document":{"title":', to_json("t5"."t6.title"), ',"publisher":', to_json("t5"."t6.publisher"), ',"publishedOn":', coalesce('"' || "t5"."t6.publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t5"."t6.url"), 'null'::json), '}}'), ','), ']')
                from (
                  select "t5".*, "t6"."title" as "t6.title", "t6"."publisher" as "t6.publisher", "t6"."publishedOn" as "t6.publishedOn", "t6"."url" as "t6.url"
                  from "Citation" as "t5"
                  join "Document" as "t6" on "t6"."id" = "t5"."documentId"
                  where "t5"."commitmentId" = "t2"."id"
                  order by coalesce("t6"."publishedOnEarliest", 'infinity'::date) asc, "t5"."documentId" asc, coalesce("t5"."start", 2147483647) asc, "t5"."id" asc
                  limit 5) as "t5"), '}},[', to_json(coalesce("t2"."dueOnEarliest", 'infinity'::date)), ',', to_json(coalesce(coalesce("t2"."onEarliest", (
                      select m."onEarliest"
                      from "Meeting" m
                      where m."id" = "t2"."meetingId")), '-infinity'::date)), ',', to_json("t2"."id"), ']]'), ','), ']')
        from (
          select "t2".*
          from "Commitment" as "t2"
          where not exists (
            select 1
            from unnest((
                select array_agg(distinct (
                    select n."key"
                    from "currentKey"('Party', "i"."key") as n))
                from unnest($1::text[]) as i("key"))::text[]) as k("code")
            where not exists (
              select 1
              from "CommitmentParty" x
              join "Party" p on p."id" = x."partyId"
              where x."commitmentId" = "t2"."id" and p."code" = k."code"))
          order by coalesce("t2"."dueOnEarliest", 'infinity'::date) asc, coalesce(coalesce("t2"."onEarliest", (
                select m."onEarliest"
                from "Meeting" m
                where m."id" = "t2"."meetingId")), '-infinity'::date) desc, "t2"."id" desc
          limit 21) as "t2"), ',"total":', (
        select count(*)::text
        from "Commitment" as "t2"
        where not exists (
          select 1
          from unnest((
              select array_agg(distinct (
                  select n."key"
                  from "currentKey"('Party', "i"."key") as n))
              from unnest($2::text[]) as i("key"))::text[]) as k("code")
          where not exists (
            select 1
            from "CommitmentParty" x
            join "Party" p on p."id" = x."partyId"
            where x."commitmentId" = "t2"."id" and p."code" = k."code"))), '}'))::text, 8000000) as "value"
