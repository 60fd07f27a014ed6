-- Nodes: 1 statement
-- 1 values
select "bounded"(((
      select concat('[', string_agg(coalesce((
              select case split_part("t3"."id", '_', 1) when 'doc' then (
                select concat('{"__typename":"Document","id":"', "t4"."id", '"}')
                from "Document" as "t4"
                where "t4"."id" = "t3"."id") when 'cit' then (
                select concat('{"__typename":"Citation","id":"', "t5"."id", '"}')
                from "Citation" as "t5"
                where "t5"."id" = "t3"."id") when 'sta' then (
                select concat('{"__typename":"State","id":"', "t6"."id", '"}')
                from "Party" as "t6"
                where "t6"."id" = "t3"."id" and "t6"."kind" = 'STATE') when 'org' then (
                select concat('{"__typename":"Organization","id":"', "t7"."id", '"}')
                from "Party" as "t7"
                where "t7"."id" = "t3"."id" and "t7"."kind" = 'ORGANIZATION') when 'per' then (
                select concat('{"__typename":"Person","id":"', "t8"."id", '"}')
                from "Person" as "t8"
                where "t8"."id" = "t3"."id") when 'ofc' then (
                select concat('{"__typename":"Office","id":"', "t9"."id", '"}')
                from "Office" as "t9"
                where "t9"."id" = "t3"."id") when 'ten' then (
                select concat('{"__typename":"Tenure","id":"', "t10"."id", '"}')
                from "Tenure" as "t10"
                where "t10"."id" = "t3"."id") when 'frm' then (
                select concat('{"__typename":"Forum","id":"', "t11"."id", '"}')
                from "Forum" as "t11"
                where "t11"."id" = "t3"."id") when 'mbr' then (
                select concat('{"__typename":"ForumMembership","id":"', "t12"."id", '"}')
                from "ForumMembership" as "t12"
                where "t12"."id" = "t3"."id") when 'chr' then (
                select concat('{"__typename":"ChairTerm","id":"', "t13"."id", '"}')
                from "ChairTerm" as "t13"
                where "t13"."id" = "t3"."id") when 'plc' then (
                select concat('{"__typename":"Place","id":"', "t14"."id", '"}')
                from "Place" as "t14"
                where "t14"."id" = "t3"."id") when 'mtg' then (
                select concat('{"__typename":"Meeting","id":"', "t15"."id", '"}')
                from "Meeting" as "t15"
                where "t15"."id" = "t3"."id") when 'par' then (
                select concat('{"__typename":"Participant","id":"', "t16"."id", '"}')
                from "Participant" as "t16"
                where "t16"."id" = "t3"."id") when 'rep' then (
                select concat('{"__typename":"StatusReport","id":"', "t17"."id", '"}')
                from "StatusReport" as "t17"
                where "t17"."id" = "t3"."id") when 'vrp' then (
                select concat('{"__typename":"VisitReport","id":"', "t18"."id", '"}')
                from "VisitReport" as "t18"
                where "t18"."id" = "t3"."id") when 'vcl' then (
                select concat('{"__typename":"VisitClaim","id":"', "t19"."id", '"}')
                from "VisitClaim" as "t19"
                where "t19"."id" = "t3"."id") when 'vis' then (
                select concat('{"__typename":"Visit","id":"', "t20"."id", '"}')
                from "Visit" as "t20"
                where "t20"."id" = "t3"."id") when 'stm' then (
                select concat('{"__typename":"Statement","id":"', "t21"."id", '"}')
                from "Statement" as "t21"
                where "t21"."id" = "t3"."id") when 'cmt' then (
                select concat('{"__typename":"Commitment","id":"', "t22"."id", '"}')
                from "Commitment" as "t22"
                where "t22"."id" = "t3"."id") when 'mls' then (
                select concat('{"__typename":"Milestone","id":"', "t23"."id", '"}')
                from "Milestone" as "t23"
                where "t23"."id" = "t3"."id") when 'agr' then (
                select concat('{"__typename":"Agreement","id":"', "t24"."id", '"}')
                from "Agreement" as "t24"
                where "t24"."id" = "t3"."id") when 'sig' then (
                select concat('{"__typename":"Signatory","id":"', "t25"."id", '"}')
                from "Signatory" as "t25"
                where "t25"."id" = "t3"."id") when 'agp' then (
                select concat('{"__typename":"AgreementReport","id":"', "t26"."id", '"}')
                from "AgreementReport" as "t26"
                where "t26"."id" = "t3"."id") when 'acy' then (
                select concat('{"__typename":"Activity","id":"', "t27"."id", '"}')
                from "Activity" as "t27"
                where "t27"."id" = "t3"."id") when 'acp' then (
                select concat('{"__typename":"ActivityReport","id":"', "t28"."id", '"}')
                from "ActivityReport" as "t28"
                where "t28"."id" = "t3"."id") when 'fsc' then (
                select concat('{"__typename":"FirstSinceClaim","id":"', "t29"."id", '"}')
                from "FirstSinceClaim" as "t29"
                where "t29"."id" = "t3"."id") when 'cnf' then (
                select concat('{"__typename":"Conflict","id":"', "t30"."id", '"}')
                from "Conflict" as "t30"
                where "t30"."id" = "t3"."id") when 'cfc' then (
                select concat('{"__typename":"ConflictClaim","id":"', "t31"."id", '"}')
                from "ConflictClaim" as "t31"
                where "t31"."id" = "t3"."id") when 'act' then (
                select concat('{"__typename":"Act","id":"', "t32"."id", '"}')
                from "Act" as "t32"
                where "t32"."id" = "t3"."id") end
              from (
                select "t2"."id" as "id") as "t3"), 'null'), ','
          order by "t2"."place"), ']')
      from unnest((
          select array_agg((
              select n."id"
              from "currentId"(i."id") as n)
            order by i."place")
          from unnest($1::text[]) with ordinality as i("id", "place"))) with ordinality as "t2"("id", "place")))::text, 8000000) as "value"
