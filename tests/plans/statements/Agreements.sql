-- Agreements: 1 statement
-- 3 values
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
    having count(*) > 0), coalesce(("bounded"((concat('{"rows":', (
              select concat('[', string_agg(concat('[{"key":', to_json("t2"."key"), ',"name":', coalesce(to_json("t2"."name"), 'null'::json), ',"kind":"', "t2"."kind", '","status":"', "t2"."status", '","signedOn":', coalesce('"' || "t2"."signedOn"::text || '"', 'null'), ',"since":', coalesce('"' || "t2"."since"::text || '"', 'null'), ',"until":', coalesce('"' || "t2"."until"::text || '"', 'null'), ',"topics":', to_json("t2"."topics"), ',"parties":', (
                      select concat('[', string_agg(concat('{"code":"', "t3"."code", '","name":', to_json("t3"."name"), '}'), ','), ']')
                      from (
                        select "t3".*
                        from "Party" as "t3"
                        where "t3"."id" in (
                          select x."partyId"
                          from "AgreementParty" x
                          where x."agreementId" = "t2"."id")
                        order by "t3"."name" collate "C", "t3"."id") as "t3"), ',"meeting":', coalesce((
                        select concat('{"slug":"', "t4"."slug", '","title":', to_json("t4"."title"), '}')
                        from "Meeting" as "t4"
                        where "t4"."id" = "t2"."meetingId"), 'null'), ',"parent":', coalesce((
                        select concat('{"key":', to_json("t5"."key"), ',"name":', coalesce(to_json("t5"."name"), 'null'::json), '}')
                        from "Agreement" as "t5"
                        where "t5"."id" = "t2"."parentId"), 'null'), ',"signatories":{"nodes":', (
                      select concat('[', string_agg(concat('{"role":"', "t6"."role", '","party":', coalesce((
                                select concat('{"code":"', "t7"."code", '","name":', to_json("t7"."name"), '}')
                                from "Party" as "t7"
                                where "t7"."id" = "t6"."partyId"), 'null'), ',"person":', coalesce((
                                select concat('{"slug":"', "t8"."slug", '","name":', to_json("t8"."name"), '}')
                                from "Person" as "t8"
                                where "t8"."id" = "t6"."personId"), 'null'), ',"office":', coalesce((
                                select concat('{"title":', to_json("t9"."title"), '}')
                                from "Office" as "t9"
                                where "t9"."id" = "t6"."officeId"), 'null'), '}'), ','), ']')
                      from (
                        select "t6".*
                        from "Signatory" as "t6"
                        where "t6"."agreementId" = "t2"."id"
                        order by "t6"."position" asc, "t6"."id" asc
                        limit 10) as "t6"), '},"reports":', (
                      select concat('[', string_agg(concat('{"status":"', "t10"."status", '","on":', coalesce('"' || "t10"."on"::text || '"', 'null'), ',"reportedOn":', coalesce('"' || "t10"."reportedOn"::text || '"', 'null'), ',"citation":', coalesce((
                                select concat('{"passage":', case when "t11"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t11"."quote") > 500 then "counted"("t11"."quote", 8000000, 'Passage.quote') else "t11"."quote" end), ',"start":', "t11"."start", ',"end":', "t11"."end", '}') else 'null' end, ',"document":', coalesce((
                                      select concat('{"title":', to_json("t12"."title"), ',"publisher":', to_json("t12"."publisher"), ',"publishedOn":', coalesce('"' || "t12"."publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t12"."url"), 'null'::json), '}')
                                      from "Document" as "t12"
                                      where "t12"."id" = "t11"."documentId"), 'null'), '}')
                                from "Citation" as "t11"
                                where "t11"."agreementReportId" = "t10"."id"
                                limit 1), 'null'), '}'), ','), ']')
                      from (
                        select "t10".*
                        from "AgreementReport" as "t10"
                        where "t10"."agreementId" = "t2"."id"
                        order by coalesce("t10"."onEarliest", "t10"."reportedOnEarliest") nulls last, "t10"."status", "t10"."id") as "t10"), '},[', to_json(coalesce("t2"."signedOnEarliest", '-infinity'::date)), ',', to_json("t2"."id"), ']]'), ','), ']')
              from (
                select "t2".*
                from "Agreement" as "t2"
                where not exists (
                  select 1
                  from unnest((
                      select array_agg(distinct (
                          select n."key"
                          from "currentKey"('Party', "i"."key") as n))
                      from unnest($2::text[]) as i("key"))::text[]) as k("code")
                  where not exists (
                    select 1
                    from "AgreementParty" x
                    join "Party" p on p."id" = x."partyId"
                    where x."agreementId" = "t2"."id" and p."code" = k."code"))
                order by coalesce("t2"."signedOnEarliest", '-infinity'::date) desc, "t2"."id" desc
                limit 21) as "t2"), ',"total":', (
              select count(*)::text
              from "Agreement" as "t2"
              where not exists (
                select 1
                from unnest((
                    select array_agg(distinct (
                        select n."key"
                        from "currentKey"('Party', "i"."key") as n))
                    from unnest($3::text[]) as i("key"))::text[]) as k("code")
                where not exists (
                  select 1
                  from "AgreementParty" x
                  join "Party" p on p."id" = x."partyId"
                  where x."agreementId" = "t2"."id" and p."code" = k."code"))), '}'))::text, 8000000))::text, 'null')) as "value"
