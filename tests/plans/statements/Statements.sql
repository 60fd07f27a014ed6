-- Statements: 1 statement
-- 5 values
select concat((
    select '' || json_agg(json_build_array(x."place", left(x."name", 1000), case when x."number" <= 3 then case x."place" when 0 then (
          select e."slug"
          from (
            select string_to_array("fold"("x"."name"), ' ') as "parts") as w, "Person" e
          where e."slug" in (array_to_string(w."parts", '-'), array_to_string(w."parts"[cardinality(w."parts"):] || w."parts"[:cardinality(w."parts") - 1], '-'))
          order by e."slug" = array_to_string(w."parts", '-') desc
          limit 1) end end)
      order by x."number")::text || ''
    from (
      select u.*, row_number() over (
        order by u."place", u."entry") as "number"
      from (
        select 0 as "place", n."number" as "entry", "n"."name" as "name"
        from unnest($1::text[]) with ordinality as n("name", "number")
        where not exists (
          select 1
          from "Person" as r
          where r."slug" = "n"."name") and not (
          select n."key"
          from "currentKey"('Person', "n"."name") as n) <> "n"."name" and not exists (
          select 1
          from "public"."Person" as r
          where r."slug" = "n"."name")) as u) as x
    having count(*) > 0), coalesce(("bounded"((concat('{"rows":', (
              select concat('[', string_agg(concat('[{"key":', to_json("t2"."key"), ',"text":', to_json(case when octet_length("t2"."text") > 500 then "counted"("t2"."text", 8000000, 'Statement.text') else "t2"."text" end), ',"isVerbatim":', coalesce("t2"."isVerbatim"::text, 'null'), ',"topics":', to_json("t2"."topics"), ',"on":', coalesce('"' || "t2"."on"::text || '"', 'null'), ',"speaker":', coalesce((
                        select concat('{"slug":"', "t3"."slug", '","name":', to_json("t3"."name"), '}')
                        from "Person" as "t3"
                        where "t3"."id" = "t2"."personId"), 'null'), ',"party":', coalesce((
                        select concat('{"code":"', "t4"."code", '","name":', to_json("t4"."name"), '}')
                        from "Party" as "t4"
                        where "t4"."id" = "t2"."partyId"), 'null'), ',"meeting":', coalesce((
                        select concat('{"slug":"', "t5"."slug", '","title":', to_json("t5"."title"), ',"on":', coalesce('"' || "t5"."on"::text || '"', 'null'), '}')
                        from "Meeting" as "t5"
                        where "t5"."id" = "t2"."meetingId"), 'null'), ',"citations":{"nodes":', (
                      select concat('[', string_agg(concat('{"passage":', case when "t6"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t6"."quote") > 500 then "counted"("t6"."quote", 8000000, 'Passage.quote') else "t6"."quote" end), ',"start":', "t6"."start", ',"end":', "t6"."end", '}') else 'null' end, ',"document":{"title":', to_json("t6"."t7.title"), ',"publisher":', to_json("t6"."t7.publisher"), ',"publishedOn":', coalesce('"' || "t6"."t7.publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t6"."t7.url"), 'null'::json), '}}'), ','), ']')
                      from (
                        select "t6".*, "t7"."title" as "t7.title", "t7"."publisher" as "t7.publisher", "t7"."publishedOn" as "t7.publishedOn", "t7"."url" as "t7.url"
                        from "Citation" as "t6"
                        join "Document" as "t7" on "t7"."id" = "t6"."documentId"
                        where "t6"."statementId" = "t2"."id"
                        order by coalesce("t7"."publishedOnEarliest", 'infinity'::date) asc, "t6"."documentId" asc, coalesce("t6"."start", 2147483647) asc, "t6"."id" asc
                        limit 5) as "t6"), '}},[', to_json(coalesce(coalesce("t2"."onEarliest", (
                            select m."onEarliest"
                            from "Meeting" m
                            where m."id" = "t2"."meetingId")), '-infinity'::date)), ',', to_json("t2"."id"), ']]'), ','), ']')
              from (
                select "t2".*
                from "Statement" as "t2"
                where ("t2"."personId" in (
                    select e."id"
                    from "Person" e
                    where "e"."slug" = (
                      select (
                        select n."key"
                        from "currentKey"('Person', "i"."key") as n)
                      from (
                        select $2::text as "key") as i)) or "t2"."id" in (
                    select j."statementId"
                    from "StatementPerson" j
                    where j."personId" in (
                      select e."id"
                      from "Person" e
                      where "e"."slug" = (
                        select (
                          select n."key"
                          from "currentKey"('Person', "i"."key") as n)
                        from (
                          select $3::text as "key") as i))))
                order by coalesce(coalesce("t2"."onEarliest", (
                      select m."onEarliest"
                      from "Meeting" m
                      where m."id" = "t2"."meetingId")), '-infinity'::date) desc, "t2"."id" desc
                limit 21) as "t2"), ',"total":', (
              select count(*)::text
              from "Statement" as "t2"
              where ("t2"."personId" in (
                  select e."id"
                  from "Person" e
                  where "e"."slug" = (
                    select (
                      select n."key"
                      from "currentKey"('Person', "i"."key") as n)
                    from (
                      select $4::text as "key") as i)) or "t2"."id" in (
                  select j."statementId"
                  from "StatementPerson" j
                  where j."personId" in (
                    select e."id"
                    from "Person" e
                    where "e"."slug" = (
                      select (
                        select n."key"
                        from "currentKey"('Person', "i"."key") as n)
                      from (
                        select $5::text as "key") as i))))), '}'))::text, 8000000))::text, 'null')) as "value"
