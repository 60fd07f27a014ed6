-- Search: 1 statement
-- 2 values
select "bounded"(((with "t2_once" as materialized (
        select *
        from search."found"($1::text, array['PERSON', 'STATE', 'ORGANIZATION', 'FORUM', 'MEETING', 'STATEMENT', 'DOCUMENT', 'PASSAGE', 'AGREEMENT', 'ACTIVITY', 'OFFICE', 'PLACE', 'VISIT', 'MILESTONE', 'COMMITMENT', 'CLAIM', 'VISIT_CLAIM']::text[], $2::text) as "t2_once")
      select concat('{"totalCount":', (
          select count(*)::text
          from "t2_once" as "t2"
          where true), ',"nodes":', (
          select concat('[', string_agg(concat('{"kind":"', "t2"."kind", '","quality":"', (array['NAME', 'BEGINNING', 'WORDS', 'TEXT', 'RESEMBLANCE', 'PART'])["t2"."quality" + 1], '","didYouMean":', coalesce(to_json("t2"."meant"), 'null'::json), ',"snippet":', to_json((search."shown"("t2"."id", "t2"."kind", "t2"."text", "t2"."terms"))."words"), ',"highlights":', (
                  select concat('[', string_agg(concat('{"start":', "t3"."start", ',"end":', "t3"."end", '}'), ','), ']')
                  from (
                    select "t3".*
                    from (
                      select *
                      from search."marks"((search."shown"("t2"."id", "t2"."kind", "t2"."text", "t2"."terms"))."words", "t2"."terms")) as "t3"
                    where true
                    order by "t3"."start") as "t3"), ',"match":', coalesce((
                    select case split_part("t4"."id", '_', 1) when 'per' then (
                      select concat('{"__typename":"Person","id":"', "t5"."id", '","name":', to_json("t5"."name"), '}')
                      from "Person" as "t5"
                      where "t5"."id" = "t4"."id") when 'sta' then (
                      select concat('{"__typename":"State","id":"', "t6"."id", '","code":"', "t6"."code", '","name":', to_json("t6"."name"), '}')
                      from "Party" as "t6"
                      where "t6"."id" = "t4"."id" and "t6"."kind" = 'STATE') when 'org' then (
                      select concat('{"__typename":"Organization","id":"', "t7"."id", '"}')
                      from "Party" as "t7"
                      where "t7"."id" = "t4"."id" and "t7"."kind" = 'ORGANIZATION') when 'frm' then (
                      select concat('{"__typename":"Forum","id":"', "t8"."id", '","slug":"', "t8"."slug", '"}')
                      from "Forum" as "t8"
                      where "t8"."id" = "t4"."id") when 'mtg' then (
                      select concat('{"__typename":"Meeting","id":"', "t9"."id", '","title":', to_json("t9"."title"), '}')
                      from "Meeting" as "t9"
                      where "t9"."id" = "t4"."id") when 'doc' then (
                      select concat('{"__typename":"Document","id":"', "t10"."id", '","title":', to_json("t10"."title"), '}')
                      from "Document" as "t10"
                      where "t10"."id" = "t4"."id") when 'stm' then (
                      select concat('{"__typename":"Statement","id":"', "t11"."id", '","text":', to_json(case when octet_length("t11"."text") > 500 then "counted"("t11"."text", 8000000, 'Statement.text') else "t11"."text" end), '}')
                      from "Statement" as "t11"
                      where "t11"."id" = "t4"."id") when 'cit' then (
                      select concat('{"__typename":"Citation","id":"', "t12"."id", '","passage":', case when "t12"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t12"."quote") > 500 then "counted"("t12"."quote", 8000000, 'Passage.quote') else "t12"."quote" end), ',"start":', "t12"."start", ',"end":', "t12"."end", '}') else 'null' end, ',"document":', coalesce((
                            select concat('{"id":"', "t13"."id", '","title":', to_json("t13"."title"), '}')
                            from "Document" as "t13"
                            where "t13"."id" = "t12"."documentId"), 'null'), ',"subject":', coalesce((
                            select case split_part("t14"."id", '_', 1) when 'sta' then (
                              select '{"__typename":"State"}'::text
                              from "Party" as "t15"
                              where "t15"."id" = "t14"."id" and "t15"."kind" = 'STATE') when 'org' then (
                              select '{"__typename":"Organization"}'::text
                              from "Party" as "t16"
                              where "t16"."id" = "t14"."id" and "t16"."kind" = 'ORGANIZATION') when 'per' then (
                              select '{"__typename":"Person"}'::text
                              from "Person" as "t17"
                              where "t17"."id" = "t14"."id") when 'ofc' then (
                              select '{"__typename":"Office"}'::text
                              from "Office" as "t18"
                              where "t18"."id" = "t14"."id") when 'ten' then (
                              select '{"__typename":"Tenure"}'::text
                              from "Tenure" as "t19"
                              where "t19"."id" = "t14"."id") when 'frm' then (
                              select '{"__typename":"Forum"}'::text
                              from "Forum" as "t20"
                              where "t20"."id" = "t14"."id") when 'mbr' then (
                              select '{"__typename":"ForumMembership"}'::text
                              from "ForumMembership" as "t21"
                              where "t21"."id" = "t14"."id") when 'mtg' then (
                              select '{"__typename":"Meeting"}'::text
                              from "Meeting" as "t22"
                              where "t22"."id" = "t14"."id") when 'par' then (
                              select '{"__typename":"Participant"}'::text
                              from "Participant" as "t23"
                              where "t23"."id" = "t14"."id") when 'rep' then (
                              select '{"__typename":"StatusReport"}'::text
                              from "StatusReport" as "t24"
                              where "t24"."id" = "t14"."id") when 'vis' then (
                              select '{"__typename":"Visit"}'::text
                              from "Visit" as "t25"
                              where "t25"."id" = "t14"."id") when 'vrp' then (
                              select '{"__typename":"VisitReport"}'::text
                              from "VisitReport" as "t26"
                              where "t26"."id" = "t14"."id") when 'vcl' then (
                              select '{"__typename":"VisitClaim"}'::text
                              from "VisitClaim" as "t27"
                              where "t27"."id" = "t14"."id") when 'stm' then (
                              select '{"__typename":"Statement"}'::text
                              from "Statement" as "t28"
                              where "t28"."id" = "t14"."id") when 'cmt' then (
                              select '{"__typename":"Commitment"}'::text
                              from "Commitment" as "t29"
                              where "t29"."id" = "t14"."id") when 'mls' then (
                              select '{"__typename":"Milestone"}'::text
                              from "Milestone" as "t30"
                              where "t30"."id" = "t14"."id") when 'fsc' then (
                              select '{"__typename":"FirstSinceClaim"}'::text
                              from "FirstSinceClaim" as "t31"
                              where "t31"."id" = "t14"."id") when 'cfc' then (
                              select '{"__typename":"ConflictClaim"}'::text
                              from "ConflictClaim" as "t32"
                              where "t32"."id" = "t14"."id") when 'agr' then (
                              select '{"__typename":"Agreement"}'::text
                              from "Agreement" as "t33"
                              where "t33"."id" = "t14"."id") when 'sig' then (
                              select '{"__typename":"Signatory"}'::text
                              from "Signatory" as "t34"
                              where "t34"."id" = "t14"."id") when 'agp' then (
                              select '{"__typename":"AgreementReport"}'::text
                              from "AgreementReport" as "t35"
                              where "t35"."id" = "t14"."id") when 'acy' then (
                              select '{"__typename":"Activity"}'::text
                              from "Activity" as "t36"
                              where "t36"."id" = "t14"."id") when 'acp' then (
                              select '{"__typename":"ActivityReport"}'::text
                              from "ActivityReport" as "t37"
                              where "t37"."id" = "t14"."id") when 'chr' then (
                              select '{"__typename":"ChairTerm"}'::text
                              from "ChairTerm" as "t38"
                              where "t38"."id" = "t14"."id") end
                            from (
                              select coalesce("t12"."partyId", "t12"."personId", "t12"."officeId", "t12"."tenureId", "t12"."forumId", "t12"."membershipId", "t12"."meetingId", "t12"."participantId", "t12"."statusReportId", "t12"."visitId", "t12"."visitReportId", "t12"."visitClaimId", "t12"."statementId", "t12"."commitmentId", "t12"."milestoneId", "t12"."firstSinceClaimId", "t12"."conflictClaimId", "t12"."agreementId", "t12"."signatoryId", "t12"."agreementReportId", "t12"."activityId", "t12"."activityReportId", "t12"."chairTermId") as "id") as "t14"), 'null'), '}')
                      from "Citation" as "t12"
                      where "t12"."id" = "t4"."id") when 'agr' then (
                      select concat('{"__typename":"Agreement","id":"', "t39"."id", '"}')
                      from "Agreement" as "t39"
                      where "t39"."id" = "t4"."id") when 'acy' then (
                      select concat('{"__typename":"Activity","id":"', "t40"."id", '"}')
                      from "Activity" as "t40"
                      where "t40"."id" = "t4"."id") when 'ofc' then (
                      select concat('{"__typename":"Office","id":"', "t41"."id", '"}')
                      from "Office" as "t41"
                      where "t41"."id" = "t4"."id") when 'plc' then (
                      select concat('{"__typename":"Place","id":"', "t42"."id", '"}')
                      from "Place" as "t42"
                      where "t42"."id" = "t4"."id") when 'vis' then (
                      select concat('{"__typename":"Visit","id":"', "t43"."id", '"}')
                      from "Visit" as "t43"
                      where "t43"."id" = "t4"."id") when 'mls' then (
                      select concat('{"__typename":"Milestone","id":"', "t44"."id", '"}')
                      from "Milestone" as "t44"
                      where "t44"."id" = "t4"."id") when 'cmt' then (
                      select concat('{"__typename":"Commitment","id":"', "t45"."id", '"}')
                      from "Commitment" as "t45"
                      where "t45"."id" = "t4"."id") when 'fsc' then (
                      select concat('{"__typename":"FirstSinceClaim","id":"', "t46"."id", '"}')
                      from "FirstSinceClaim" as "t46"
                      where "t46"."id" = "t4"."id") when 'vcl' then (
                      select concat('{"__typename":"VisitClaim","id":"', "t47"."id", '"}')
                      from "VisitClaim" as "t47"
                      where "t47"."id" = "t4"."id") end
                    from (
                      select "t2"."id" as "id") as "t4"), 'null'), '}'), ','), ']')
          from (
            select "t2".*
            from "t2_once" as "t2"
            where true
            order by "t2"."rank" asc, search."placeOf"("t2"."kind") asc, "t2"."sort" collate "C" asc, "t2"."id" asc
            limit 10) as "t2"), '}')))::text, 8000000) as "value"
