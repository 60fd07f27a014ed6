-- Document: 1 statement
-- 1 values
select "bounded"((coalesce((
        select concat('{"title":', to_json("t2"."title"), ',"kind":"', "t2"."kind", '","publisher":', to_json("t2"."publisher"), ',"agency":', coalesce(to_json("t2"."agency"), 'null'::json), ',"language":', to_json("t2"."language"), ',"publishedOn":', coalesce('"' || "t2"."publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t2"."url"), 'null'::json), ',"sha256":', coalesce(to_json("t2"."sha256"), 'null'::json), ',"edition":', coalesce(to_json("t2"."edition"), 'null'::json), ',"licence":', coalesce(to_json("t2"."licence"), 'null'::json), ',"doi":', coalesce(to_json("t2"."doi"), 'null'::json), ',"access":"', "t2"."access", '","text":', coalesce(to_json(case when octet_length("visibleText"("t2"."id", "t2"."text")) > 500 then "counted"("visibleText"("t2"."id", "t2"."text"), 8000000, 'Document.text') else "visibleText"("t2"."id", "t2"."text") end), 'null'::json), ',"citations":{"totalCount":', (
            select count(*)::text
            from "Citation" as "t3"
            where "t3"."documentId" = "t2"."id"), ',"nodes":', (
            select concat('[', string_agg(concat('{"passage":', case when "t3"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t3"."quote") > 500 then "counted"("t3"."quote", 8000000, 'Passage.quote') else "t3"."quote" end), ',"start":', "t3"."start", ',"end":', "t3"."end", '}') else 'null' end, ',"attributedTo":', coalesce(to_json("t3"."attributedTo"), 'null'::json), ',"stance":"', "t3"."stance", '","subject":', coalesce((
                      select case split_part("t4"."id", '_', 1) when 'sta' then (
                        select concat('{"__typename":"State","id":"', "t5"."id", '"}')
                        from "Party" as "t5"
                        where "t5"."id" = "t4"."id" and "t5"."kind" = 'STATE') when 'org' then (
                        select concat('{"__typename":"Organization","id":"', "t6"."id", '"}')
                        from "Party" as "t6"
                        where "t6"."id" = "t4"."id" and "t6"."kind" = 'ORGANIZATION') when 'per' then (
                        select concat('{"__typename":"Person","id":"', "t7"."id", '"}')
                        from "Person" as "t7"
                        where "t7"."id" = "t4"."id") when 'ofc' then (
                        select concat('{"__typename":"Office","id":"', "t8"."id", '"}')
                        from "Office" as "t8"
                        where "t8"."id" = "t4"."id") when 'ten' then (
                        select concat('{"__typename":"Tenure","id":"', "t9"."id", '"}')
                        from "Tenure" as "t9"
                        where "t9"."id" = "t4"."id") when 'frm' then (
                        select concat('{"__typename":"Forum","id":"', "t10"."id", '"}')
                        from "Forum" as "t10"
                        where "t10"."id" = "t4"."id") when 'mbr' then (
                        select concat('{"__typename":"ForumMembership","id":"', "t11"."id", '","role":"', "t11"."role", '","party":', coalesce((
                              select concat('{"code":"', "t12"."code", '"}')
                              from "Party" as "t12"
                              where "t12"."id" = "t11"."partyId"), 'null'), ',"forum":', coalesce((
                              select concat('{"slug":"', "t13"."slug", '"}')
                              from "Forum" as "t13"
                              where "t13"."id" = "t11"."forumId"), 'null'), '}')
                        from "ForumMembership" as "t11"
                        where "t11"."id" = "t4"."id") when 'mtg' then (
                        select concat('{"__typename":"Meeting","id":"', "t14"."id", '","title":', to_json("t14"."title"), '}')
                        from "Meeting" as "t14"
                        where "t14"."id" = "t4"."id") when 'par' then (
                        select concat('{"__typename":"Participant","id":"', "t15"."id", '"}')
                        from "Participant" as "t15"
                        where "t15"."id" = "t4"."id") when 'rep' then (
                        select concat('{"__typename":"StatusReport","id":"', "t16"."id", '"}')
                        from "StatusReport" as "t16"
                        where "t16"."id" = "t4"."id") when 'vis' then (
                        select concat('{"__typename":"Visit","id":"', "t17"."id", '"}')
                        from "Visit" as "t17"
                        where "t17"."id" = "t4"."id") when 'vrp' then (
                        select concat('{"__typename":"VisitReport","id":"', "t18"."id", '"}')
                        from "VisitReport" as "t18"
                        where "t18"."id" = "t4"."id") when 'vcl' then (
                        select concat('{"__typename":"VisitClaim","id":"', "t19"."id", '"}')
                        from "VisitClaim" as "t19"
                        where "t19"."id" = "t4"."id") when 'stm' then (
                        select concat('{"__typename":"Statement","id":"', "t20"."id", '","text":', to_json(case when octet_length("t20"."text") > 500 then "counted"("t20"."text", 8000000, 'Statement.text') else "t20"."text" end), '}')
                        from "Statement" as "t20"
                        where "t20"."id" = "t4"."id") when 'cmt' then (
                        select concat('{"__typename":"Commitment","id":"', "t21"."id", '"}')
                        from "Commitment" as "t21"
                        where "t21"."id" = "t4"."id") when 'mls' then (
                        select concat('{"__typename":"Milestone","id":"', "t22"."id", '"}')
                        from "Milestone" as "t22"
                        where "t22"."id" = "t4"."id") when 'fsc' then (
                        select concat('{"__typename":"FirstSinceClaim","id":"', "t23"."id", '"}')
                        from "FirstSinceClaim" as "t23"
                        where "t23"."id" = "t4"."id") when 'cfc' then (
                        select concat('{"__typename":"ConflictClaim","id":"', "t24"."id", '"}')
                        from "ConflictClaim" as "t24"
                        where "t24"."id" = "t4"."id") when 'agr' then (
                        select concat('{"__typename":"Agreement","id":"', "t25"."id", '"}')
                        from "Agreement" as "t25"
                        where "t25"."id" = "t4"."id") when 'sig' then (
                        select concat('{"__typename":"Signatory","id":"', "t26"."id", '"}')
                        from "Signatory" as "t26"
                        where "t26"."id" = "t4"."id") when 'agp' then (
                        select concat('{"__typename":"AgreementReport","id":"', "t27"."id", '"}')
                        from "AgreementReport" as "t27"
                        where "t27"."id" = "t4"."id") when 'acy' then (
                        select concat('{"__typename":"Activity","id":"', "t28"."id", '"}')
                        from "Activity" as "t28"
                        where "t28"."id" = "t4"."id") when 'acp' then (
                        select concat('{"__typename":"ActivityReport","id":"', "t29"."id", '"}')
                        from "ActivityReport" as "t29"
                        where "t29"."id" = "t4"."id") when 'chr' then (
                        select concat('{"__typename":"ChairTerm","id":"', "t30"."id", '"}')
                        from "ChairTerm" as "t30"
                        where "t30"."id" = "t4"."id") end
                      from (
                        select coalesce("t3"."partyId", "t3"."personId", "t3"."officeId", "t3"."tenureId", "t3"."forumId", "t3"."membershipId", "t3"."meetingId", "t3"."participantId", "t3"."statusReportId", "t3"."visitId", "t3"."visitReportId", "t3"."visitClaimId", "t3"."statementId", "t3"."commitmentId", "t3"."milestoneId", "t3"."firstSinceClaimId", "t3"."conflictClaimId", "t3"."agreementId", "t3"."signatoryId", "t3"."agreementReportId", "t3"."activityId", "t3"."activityReportId", "t3"."chairTermId") as "id") as "t4"), 'null'), '}'), ','), ']')
            from (
              select "t3".*
              from "Citation" as "t3"
              where "t3"."documentId" = "t2"."id"
              order by coalesce("t3"."start", 2147483647) asc, "t3"."id" asc
              limit 100) as "t3"), '}}')
        from "Document" as "t2"
        where "t2"."id" = (
          select (
            select n."id"
            from "currentId"(i."id") as n)
          from (
            select $1::text as "id") as i)
        limit 1), 'null'))::text, 8000000) as "value"
