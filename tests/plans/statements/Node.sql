-- Node: 1 statement
-- 1 values
select "bounded"((coalesce((
        select case split_part("t2"."id", '_', 1) when 'doc' then (
          select concat('{"__typename":"Document","id":"', "t3"."id", '"}')
          from "Document" as "t3"
          where "t3"."id" = "t2"."id") when 'cit' then (
          select concat('{"__typename":"Citation","id":"', "t4"."id", '"}')
          from "Citation" as "t4"
          where "t4"."id" = "t2"."id") when 'sta' then (
          select concat('{"__typename":"State","id":"', "t5"."id", '"}')
          from "Party" as "t5"
          where "t5"."id" = "t2"."id" and "t5"."kind" = 'STATE') when 'org' then (
          select concat('{"__typename":"Organization","id":"', "t6"."id", '"}')
          from "Party" as "t6"
          where "t6"."id" = "t2"."id" and "t6"."kind" = 'ORGANIZATION') when 'per' then (
          select concat('{"__typename":"Person","id":"', "t7"."id", '"}')
          from "Person" as "t7"
          where "t7"."id" = "t2"."id") when 'ofc' then (
          select concat('{"__typename":"Office","id":"', "t8"."id", '"}')
          from "Office" as "t8"
          where "t8"."id" = "t2"."id") when 'ten' then (
          select concat('{"__typename":"Tenure","id":"', "t9"."id", '"}')
          from "Tenure" as "t9"
          where "t9"."id" = "t2"."id") when 'frm' then (
          select concat('{"__typename":"Forum","id":"', "t10"."id", '"}')
          from "Forum" as "t10"
          where "t10"."id" = "t2"."id") when 'mbr' then (
          select concat('{"__typename":"ForumMembership","id":"', "t11"."id", '"}')
          from "ForumMembership" as "t11"
          where "t11"."id" = "t2"."id") when 'chr' then (
          select concat('{"__typename":"ChairTerm","id":"', "t12"."id", '"}')
          from "ChairTerm" as "t12"
          where "t12"."id" = "t2"."id") when 'plc' then (
          select concat('{"__typename":"Place","id":"', "t13"."id", '"}')
          from "Place" as "t13"
          where "t13"."id" = "t2"."id") when 'mtg' then (
          select concat('{"__typename":"Meeting","id":"', "t14"."id", '","title":', to_json("t14"."title"), '}')
          from "Meeting" as "t14"
          where "t14"."id" = "t2"."id") when 'par' then (
          select concat('{"__typename":"Participant","id":"', "t15"."id", '"}')
          from "Participant" as "t15"
          where "t15"."id" = "t2"."id") when 'rep' then (
          select concat('{"__typename":"StatusReport","id":"', "t16"."id", '"}')
          from "StatusReport" as "t16"
          where "t16"."id" = "t2"."id") when 'vrp' then (
          select concat('{"__typename":"VisitReport","id":"', "t17"."id", '"}')
          from "VisitReport" as "t17"
          where "t17"."id" = "t2"."id") when 'vcl' then (
          select concat('{"__typename":"VisitClaim","id":"', "t18"."id", '"}')
          from "VisitClaim" as "t18"
          where "t18"."id" = "t2"."id") when 'vis' then (
          select concat('{"__typename":"Visit","id":"', "t19"."id", '"}')
          from "Visit" as "t19"
          where "t19"."id" = "t2"."id") when 'stm' then (
          select concat('{"__typename":"Statement","id":"', "t20"."id", '"}')
          from "Statement" as "t20"
          where "t20"."id" = "t2"."id") when 'cmt' then (
          select concat('{"__typename":"Commitment","id":"', "t21"."id", '"}')
          from "Commitment" as "t21"
          where "t21"."id" = "t2"."id") when 'mls' then (
          select concat('{"__typename":"Milestone","id":"', "t22"."id", '"}')
          from "Milestone" as "t22"
          where "t22"."id" = "t2"."id") when 'agr' then (
          select concat('{"__typename":"Agreement","id":"', "t23"."id", '"}')
          from "Agreement" as "t23"
          where "t23"."id" = "t2"."id") when 'sig' then (
          select concat('{"__typename":"Signatory","id":"', "t24"."id", '"}')
          from "Signatory" as "t24"
          where "t24"."id" = "t2"."id") when 'agp' then (
          select concat('{"__typename":"AgreementReport","id":"', "t25"."id", '"}')
          from "AgreementReport" as "t25"
          where "t25"."id" = "t2"."id") when 'acy' then (
          select concat('{"__typename":"Activity","id":"', "t26"."id", '"}')
          from "Activity" as "t26"
          where "t26"."id" = "t2"."id") when 'acp' then (
          select concat('{"__typename":"ActivityReport","id":"', "t27"."id", '"}')
          from "ActivityReport" as "t27"
          where "t27"."id" = "t2"."id") when 'fsc' then (
          select concat('{"__typename":"FirstSinceClaim","id":"', "t28"."id", '"}')
          from "FirstSinceClaim" as "t28"
          where "t28"."id" = "t2"."id") when 'cnf' then (
          select concat('{"__typename":"Conflict","id":"', "t29"."id", '"}')
          from "Conflict" as "t29"
          where "t29"."id" = "t2"."id") when 'cfc' then (
          select concat('{"__typename":"ConflictClaim","id":"', "t30"."id", '"}')
          from "ConflictClaim" as "t30"
          where "t30"."id" = "t2"."id") when 'act' then (
          select concat('{"__typename":"Act","id":"', "t31"."id", '"}')
          from "Act" as "t31"
          where "t31"."id" = "t2"."id") end
        from (
          select (
            select (
              select n."id"
              from "currentId"(i."id") as n)
            from (
              select $1::text as "id") as i) as "id") as "t2"), 'null'))::text, 8000000) as "value"
