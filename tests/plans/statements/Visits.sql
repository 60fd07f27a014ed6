-- Visits: 1 statement
-- 0 values
select "bounded"((concat('{"rows":', (
        select concat('[', string_agg(concat('[{"key":', to_json("t2"."key"), ',"status":"', "visitStatus"("t2"."id"), '","from":', coalesce('"' || "t2"."from"::text || '"', 'null'), ',"to":', coalesce('"' || "t2"."to"::text || '"', 'null'), ',"days":', coalesce("t2"."days"::text, 'null'), ',"purpose":', coalesce(to_json(case when octet_length("t2"."purpose") > 500 then "counted"("t2"."purpose", 8000000, 'Visit.purpose') else "t2"."purpose" end), 'null'::json), ',"person":', coalesce((
                  select concat('{"slug":"', "t3"."slug", '","name":', to_json("t3"."name"), '}')
                  from "Person" as "t3"
                  where "t3"."id" = "t2"."personId"), 'null'), ',"place":', coalesce((
                  select concat('{"city":', coalesce(to_json("t4"."city"), 'null'::json), ',"country":', coalesce((
                        select concat('{"code":"', "t5"."code", '","name":', to_json("t5"."name"), '}')
                        from "Party" as "t5"
                        where "t5"."id" = "t4"."stateId"), 'null'), '}')
                  from "Place" as "t4"
                  where "t4"."id" = "t2"."placeId"), 'null'), ',"reports":', (
                select concat('[', string_agg(concat('{"status":"', "t6"."status", '","reportedOn":', coalesce('"' || "t6"."reportedOn"::text || '"', 'null'), ',"citation":', coalesce((
                          select concat('{"passage":', case when "t7"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t7"."quote") > 500 then "counted"("t7"."quote", 8000000, 'Passage.quote') else "t7"."quote" end), ',"start":', "t7"."start", ',"end":', "t7"."end", '}') else 'null' end, ',"document":', coalesce((
                                select concat('{"title":', to_json("t8"."title"), ',"publisher":', to_json("t8"."publisher"), ',"publishedOn":', coalesce('"' || "t8"."publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t8"."url"), 'null'::json), '}')
                                from "Document" as "t8"
                                where "t8"."id" = "t7"."documentId"), 'null'), '}')
                          from "Citation" as "t7"
                          where "t7"."visitReportId" = "t6"."id"
                          limit 1), 'null'), '}'), ','), ']')
                from (
                  select "t6".*
                  from "VisitReport" as "t6"
                  where "t6"."visitId" = "t2"."id"
                  order by "t6"."reportedOnEarliest" nulls last, "t6"."status", "t6"."id") as "t6"), '},[', to_json(coalesce("t2"."fromEarliest", '-infinity'::date)), ',', to_json("t2"."id"), ']]'), ','), ']')
        from (
          select "t2".*
          from "Visit" as "t2"
          where true
          order by coalesce("t2"."fromEarliest", '-infinity'::date) desc, "t2"."id" desc
          limit 21) as "t2"), ',"total":', (
        select count(*)::text
        from "Visit" as "t2"
        where true), '}'))::text, 8000000) as "value"
