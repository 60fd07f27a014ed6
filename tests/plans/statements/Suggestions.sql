-- Suggestions: 1 statement
-- 2 values
select "bounded"(((with "t2_once" as materialized (
        select *
        from search."suggested"($1::text, array['PERSON', 'STATE', 'ORGANIZATION', 'FORUM', 'MEETING', 'STATEMENT', 'DOCUMENT', 'PASSAGE', 'AGREEMENT', 'ACTIVITY', 'OFFICE', 'PLACE', 'VISIT', 'MILESTONE', 'COMMITMENT', 'CLAIM', 'VISIT_CLAIM']::text[], $2::text) as "t2_once")
      select concat('{"nodes":', (
          select concat('[', string_agg(concat('{"kind":"', "t2"."kind", '","text":', to_json("t2"."text"), ',"match":', coalesce((
                    select case split_part("t3"."id", '_', 1) when 'per' then (
                      select concat('{"__typename":"Person","id":"', "t4"."id", '","slug":"', "t4"."slug", '"}')
                      from "Person" as "t4"
                      where "t4"."id" = "t3"."id") when 'sta' then (
                      select concat('{"__typename":"State","id":"', "t5"."id", '","code":"', "t5"."code", '"}')
                      from "Party" as "t5"
                      where "t5"."id" = "t3"."id" and "t5"."kind" = 'STATE') when 'org' then (
                      select concat('{"__typename":"Organization","id":"', "t6"."id", '","code":"', "t6"."code", '"}')
                      from "Party" as "t6"
                      where "t6"."id" = "t3"."id" and "t6"."kind" = 'ORGANIZATION') when 'frm' then (
                      select concat('{"__typename":"Forum","id":"', "t7"."id", '","slug":"', "t7"."slug", '"}')
                      from "Forum" as "t7"
                      where "t7"."id" = "t3"."id") when 'mtg' then (
                      select concat('{"__typename":"Meeting","id":"', "t8"."id", '"}')
                      from "Meeting" as "t8"
                      where "t8"."id" = "t3"."id") when 'doc' then (
                      select concat('{"__typename":"Document","id":"', "t9"."id", '"}')
                      from "Document" as "t9"
                      where "t9"."id" = "t3"."id") when 'stm' then (
                      select concat('{"__typename":"Statement","id":"', "t10"."id", '"}')
                      from "Statement" as "t10"
                      where "t10"."id" = "t3"."id") when 'cit' then (
                      select concat('{"__typename":"Citation","id":"', "t11"."id", '"}')
                      from "Citation" as "t11"
                      where "t11"."id" = "t3"."id") when 'agr' then (
                      select concat('{"__typename":"Agreement","id":"', "t12"."id", '","key":', to_json("t12"."key"), '}')
                      from "Agreement" as "t12"
                      where "t12"."id" = "t3"."id") when 'acy' then (
                      select concat('{"__typename":"Activity","id":"', "t13"."id", '","key":', to_json("t13"."key"), '}')
                      from "Activity" as "t13"
                      where "t13"."id" = "t3"."id") when 'ofc' then (
                      select concat('{"__typename":"Office","id":"', "t14"."id", '"}')
                      from "Office" as "t14"
                      where "t14"."id" = "t3"."id") when 'plc' then (
                      select concat('{"__typename":"Place","id":"', "t15"."id", '"}')
                      from "Place" as "t15"
                      where "t15"."id" = "t3"."id") when 'vis' then (
                      select concat('{"__typename":"Visit","id":"', "t16"."id", '"}')
                      from "Visit" as "t16"
                      where "t16"."id" = "t3"."id") when 'mls' then (
                      select concat('{"__typename":"Milestone","id":"', "t17"."id", '"}')
                      from "Milestone" as "t17"
                      where "t17"."id" = "t3"."id") when 'cmt' then (
                      select concat('{"__typename":"Commitment","id":"', "t18"."id", '"}')
                      from "Commitment" as "t18"
                      where "t18"."id" = "t3"."id") when 'fsc' then (
                      select concat('{"__typename":"FirstSinceClaim","id":"', "t19"."id", '"}')
                      from "FirstSinceClaim" as "t19"
                      where "t19"."id" = "t3"."id") when 'vcl' then (
                      select concat('{"__typename":"VisitClaim","id":"', "t20"."id", '"}')
                      from "VisitClaim" as "t20"
                      where "t20"."id" = "t3"."id") end
                    from (
                      select case when "t2"."day" is null then "t2"."id" end as "id") as "t3"), 'null'), '}'), ','), ']')
          from (
            select "t2".*
            from "t2_once" as "t2"
            where true
            order by "t2"."rank" asc, search."placeOf"("t2"."kind") asc, length("t2"."text") asc, "t2"."id" asc
            limit 8) as "t2"), '}')))::text, 8000000) as "value"
