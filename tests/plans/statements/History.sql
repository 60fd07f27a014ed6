-- History: 1 statement
-- 1 values
select "bounded"((coalesce((
        select case split_part("t2_of_id"."id", '_', 1) when 'doc' then (
          select concat('{"__typename":"Document","id":"', "t3"."id", '","version":', "versionOf"('Document', "t3"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Document" as "t3"
          where "t3"."id" = "t2_of_id"."id") when 'cit' then (
          select concat('{"__typename":"Citation","id":"', "t7"."id", '","version":', "versionOf"('Citation', "t7"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Citation" as "t7"
          where "t7"."id" = "t2_of_id"."id") when 'sta' then (
          select concat('{"__typename":"State","id":"', "t8"."id", '","version":', "versionOf"('Party', "t8"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Party" as "t8"
          where "t8"."id" = "t2_of_id"."id" and "t8"."kind" = 'STATE') when 'org' then (
          select concat('{"__typename":"Organization","id":"', "t9"."id", '","version":', "versionOf"('Party', "t9"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Party" as "t9"
          where "t9"."id" = "t2_of_id"."id" and "t9"."kind" = 'ORGANIZATION') when 'per' then (
          select concat('{"__typename":"Person","id":"', "t10"."id", '","version":', "versionOf"('Person', "t10"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Person" as "t10"
          where "t10"."id" = "t2_of_id"."id") when 'ofc' then (
          select concat('{"__typename":"Office","id":"', "t11"."id", '","version":', "versionOf"('Office', "t11"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Office" as "t11"
          where "t11"."id" = "t2_of_id"."id") when 'ten' then (
          select concat('{"__typename":"Tenure","id":"', "t12"."id", '","version":', "versionOf"('Tenure', "t12"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Tenure" as "t12"
          where "t12"."id" = "t2_of_id"."id") when 'frm' then (
          select concat('{"__typename":"Forum","id":"', "t13"."id", '","version":', "versionOf"('Forum', "t13"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Forum" as "t13"
          where "t13"."id" = "t2_of_id"."id") when 'mbr' then (
          select concat('{"__typename":"ForumMembership","id":"', "t14"."id", '","version":', "versionOf"('ForumMembership', "t14"."id"), ',"history":', "t2_of_id"."0", '}')
          from "ForumMembership" as "t14"
          where "t14"."id" = "t2_of_id"."id") when 'chr' then (
          select concat('{"__typename":"ChairTerm","id":"', "t15"."id", '","version":', "versionOf"('ChairTerm', "t15"."id"), ',"history":', "t2_of_id"."0", '}')
          from "ChairTerm" as "t15"
          where "t15"."id" = "t2_of_id"."id") when 'plc' then (
          select concat('{"__typename":"Place","id":"', "t16"."id", '","version":', "versionOf"('Place', "t16"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Place" as "t16"
          where "t16"."id" = "t2_of_id"."id") when 'mtg' then (
          select concat('{"__typename":"Meeting","id":"', "t17"."id", '","version":', "versionOf"('Meeting', "t17"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Meeting" as "t17"
          where "t17"."id" = "t2_of_id"."id") when 'par' then (
          select concat('{"__typename":"Participant","id":"', "t18"."id", '","version":', "versionOf"('Participant', "t18"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Participant" as "t18"
          where "t18"."id" = "t2_of_id"."id") when 'rep' then (
          select concat('{"__typename":"StatusReport","id":"', "t19"."id", '","version":', "versionOf"('StatusReport', "t19"."id"), ',"history":', "t2_of_id"."0", '}')
          from "StatusReport" as "t19"
          where "t19"."id" = "t2_of_id"."id") when 'vrp' then (
          select concat('{"__typename":"VisitReport","id":"', "t20"."id", '","version":', "versionOf"('VisitReport', "t20"."id"), ',"history":', "t2_of_id"."0", '}')
          from "VisitReport" as "t20"
          where "t20"."id" = "t2_of_id"."id") when 'vcl' then (
          select concat('{"__typename":"VisitClaim","id":"', "t21"."id", '","version":', "versionOf"('VisitClaim', "t21"."id"), ',"history":', "t2_of_id"."0", '}')
          from "VisitClaim" as "t21"
          where "t21"."id" = "t2_of_id"."id") when 'vis' then (
          select concat('{"__typename":"Visit","id":"', "t22"."id", '","version":', "versionOf"('Visit', "t22"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Visit" as "t22"
          where "t22"."id" = "t2_of_id"."id") when 'stm' then (
          select concat('{"__typename":"Statement","id":"', "t23"."id", '","version":', "versionOf"('Statement', "t23"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Statement" as "t23"
          where "t23"."id" = "t2_of_id"."id") when 'cmt' then (
          select concat('{"__typename":"Commitment","id":"', "t24"."id", '","version":', "versionOf"('Commitment', "t24"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Commitment" as "t24"
          where "t24"."id" = "t2_of_id"."id") when 'mls' then (
          select concat('{"__typename":"Milestone","id":"', "t25"."id", '","version":', "versionOf"('Milestone', "t25"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Milestone" as "t25"
          where "t25"."id" = "t2_of_id"."id") when 'agr' then (
          select concat('{"__typename":"Agreement","id":"', "t26"."id", '","version":', "versionOf"('Agreement', "t26"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Agreement" as "t26"
          where "t26"."id" = "t2_of_id"."id") when 'sig' then (
          select concat('{"__typename":"Signatory","id":"', "t27"."id", '","version":', "versionOf"('Signatory', "t27"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Signatory" as "t27"
          where "t27"."id" = "t2_of_id"."id") when 'agp' then (
          select concat('{"__typename":"AgreementReport","id":"', "t28"."id", '","version":', "versionOf"('AgreementReport', "t28"."id"), ',"history":', "t2_of_id"."0", '}')
          from "AgreementReport" as "t28"
          where "t28"."id" = "t2_of_id"."id") when 'acy' then (
          select concat('{"__typename":"Activity","id":"', "t29"."id", '","version":', "versionOf"('Activity', "t29"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Activity" as "t29"
          where "t29"."id" = "t2_of_id"."id") when 'acp' then (
          select concat('{"__typename":"ActivityReport","id":"', "t30"."id", '","version":', "versionOf"('ActivityReport', "t30"."id"), ',"history":', "t2_of_id"."0", '}')
          from "ActivityReport" as "t30"
          where "t30"."id" = "t2_of_id"."id") when 'fsc' then (
          select concat('{"__typename":"FirstSinceClaim","id":"', "t31"."id", '","version":', "versionOf"('FirstSinceClaim', "t31"."id"), ',"history":', "t2_of_id"."0", '}')
          from "FirstSinceClaim" as "t31"
          where "t31"."id" = "t2_of_id"."id") when 'cnf' then (
          select concat('{"__typename":"Conflict","id":"', "t32"."id", '","version":', "versionOf"('Conflict', "t32"."id"), ',"history":', "t2_of_id"."0", '}')
          from "Conflict" as "t32"
          where "t32"."id" = "t2_of_id"."id") when 'cfc' then (
          select concat('{"__typename":"ConflictClaim","id":"', "t33"."id", '","version":', "versionOf"('ConflictClaim', "t33"."id"), ',"history":', "t2_of_id"."0", '}')
          from "ConflictClaim" as "t33"
          where "t33"."id" = "t2_of_id"."id") when 'act' then (
          select concat('{"__typename":"Act","id":"', "t34"."id", '"}')
          from "Act" as "t34"
          where "t34"."id" = "t2_of_id"."id") end
        from (
          select "t2"."id", concat('{"totalCount":', (
              select count(*)::text
              from "Change" as "t4"
              where "t4"."table" = case split_part("t2"."id", '_', 1) when 'doc' then 'Document' when 'sta' then 'Party' when 'org' then 'Party' when 'per' then 'Person' when 'ofc' then 'Office' when 'ten' then 'Tenure' when 'frm' then 'Forum' when 'mbr' then 'ForumMembership' when 'chr' then 'ChairTerm' when 'plc' then 'Place' when 'mls' then 'Milestone' when 'mtg' then 'Meeting' when 'par' then 'Participant' when 'rep' then 'StatusReport' when 'stm' then 'Statement' when 'cmt' then 'Commitment' when 'fsc' then 'FirstSinceClaim' when 'vis' then 'Visit' when 'agr' then 'Agreement' when 'sig' then 'Signatory' when 'agp' then 'AgreementReport' when 'acy' then 'Activity' when 'acp' then 'ActivityReport' when 'vrp' then 'VisitReport' when 'vcl' then 'VisitClaim' when 'cnf' then 'Conflict' when 'cfc' then 'ConflictClaim' when 'cit' then 'Citation' end and "t4"."recordId" = "t2"."id"), ',"nodes":', (
              select concat('[', string_agg(concat('{"kind":"', "t4"."kind", '","version":', "t4"."version", ',"title":', to_json(past."titleOf"("t4"."recordId", "t4"."version")), ',"act":', coalesce((
                        select concat('{"kind":', to_json("t5"."kind"), ',"actor":', to_json(coalesce("t5"."actorName", "t5"."actor")), ',"at":', to_json(to_char("t5"."at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), ',"reason":', coalesce(to_json(case when octet_length("t5"."reason") > 500 then "counted"("t5"."reason", 8000000, 'Act.reason') else "t5"."reason" end), 'null'::json), '}')
                        from "Act" as "t5"
                        where "t5"."number" = "t4"."actNumber"
                        limit 1), 'null'), ',"fields":', (
                      select concat('[', string_agg(concat('{"field":', to_json("t6"."field"), ',"before":', coalesce(to_json("counted"(case jsonb_typeof("t6"."before") when 'object' then case when substr("t6"."name", strpos("t6"."name", '/') + 1) ~ '^[a-z]{3}_[a-z2-7]{16}$' then coalesce(past."keyOf"(substr("t6"."name", strpos("t6"."name", '/') + 1)), substr("t6"."name", strpos("t6"."name", '/') + 1)) else substr("t6"."name", strpos("t6"."name", '/') + 1) end || coalesce((
                                      select ' (' || string_agg(e."text", ', '
                                        order by e."name") || ')'
                                      from jsonb_each_text("t6"."before") as e("name", "text")
                                      where e."text" <> substr("t6"."name", strpos("t6"."name", '/') + 1)), '') when 'array' then (
                                    select string_agg(e."text", ', ')
                                    from jsonb_array_elements_text("t6"."before") as e("text")) else case when ("t6"."before" #>> '{}') ~ '^[a-z]{3}_[a-z2-7]{16}$' then coalesce(past."keyOf"(("t6"."before" #>> '{}')), ("t6"."before" #>> '{}')) else ("t6"."before" #>> '{}') end end, 8000000, 'FieldChange.before')), 'null'::json), ',"after":', coalesce(to_json("counted"(case jsonb_typeof("t6"."after") when 'object' then case when substr("t6"."name", strpos("t6"."name", '/') + 1) ~ '^[a-z]{3}_[a-z2-7]{16}$' then coalesce(past."keyOf"(substr("t6"."name", strpos("t6"."name", '/') + 1)), substr("t6"."name", strpos("t6"."name", '/') + 1)) else substr("t6"."name", strpos("t6"."name", '/') + 1) end || coalesce((
                                      select ' (' || string_agg(e."text", ', '
                                        order by e."name") || ')'
                                      from jsonb_each_text("t6"."after") as e("name", "text")
                                      where e."text" <> substr("t6"."name", strpos("t6"."name", '/') + 1)), '') when 'array' then (
                                    select string_agg(e."text", ', ')
                                    from jsonb_array_elements_text("t6"."after") as e("text")) else case when ("t6"."after" #>> '{}') ~ '^[a-z]{3}_[a-z2-7]{16}$' then coalesce(past."keyOf"(("t6"."after" #>> '{}')), ("t6"."after" #>> '{}')) else ("t6"."after" #>> '{}') end end, 8000000, 'FieldChange.after')), 'null'::json), '}'), ','), ']')
                      from (
                        select "t6".*
                        from (
                          select e."name", case when "t4"."table" = 'Statement' and e."name" = 'personId' then 'speaker' else regexp_replace(split_part(e."name", '/', 1), 'Id$', '') end as "field", nullif("t4"."before" -> e."name", 'null') as "before", nullif("t4"."after" -> e."name", 'null') as "after"
                          from jsonb_object_keys(coalesce("t4"."before", '{}') || coalesce("t4"."after", '{}')) as e("name")
                          where e."name" !~ '(Earliest|Latest)$' and e."name" not in ('id', 'position') and nullif("t4"."before" -> e."name", 'null') is distinct
                          from nullif("t4"."after" -> e."name", 'null')) as "t6"
                        where true
                        order by "t6"."field" collate "C", "t6"."name" collate "C") as "t6"), '}'), ','), ']')
              from (
                select "t4".*
                from "Change" as "t4"
                where "t4"."table" = case split_part("t2"."id", '_', 1) when 'doc' then 'Document' when 'sta' then 'Party' when 'org' then 'Party' when 'per' then 'Person' when 'ofc' then 'Office' when 'ten' then 'Tenure' when 'frm' then 'Forum' when 'mbr' then 'ForumMembership' when 'chr' then 'ChairTerm' when 'plc' then 'Place' when 'mls' then 'Milestone' when 'mtg' then 'Meeting' when 'par' then 'Participant' when 'rep' then 'StatusReport' when 'stm' then 'Statement' when 'cmt' then 'Commitment' when 'fsc' then 'FirstSinceClaim' when 'vis' then 'Visit' when 'agr' then 'Agreement' when 'sig' then 'Signatory' when 'agp' then 'AgreementReport' when 'acy' then 'Activity' when 'acp' then 'ActivityReport' when 'vrp' then 'VisitReport' when 'vcl' then 'VisitClaim' when 'cnf' then 'Conflict' when 'cfc' then 'ConflictClaim' when 'cit' then 'Citation' end and "t4"."recordId" = "t2"."id"
                order by "t4"."actNumber" desc
                limit 20) as "t4"), '}') as "0"
          from (
            select (
              select (
                select n."id"
                from "currentId"(i."id") as n)
              from (
                select $1::text as "id") as i) as "id") as "t2" offset 0) as "t2_of_id"), 'null'))::text, 8000000) as "value"
