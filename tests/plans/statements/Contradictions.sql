-- Contradictions: 1 statement
-- 0 values
select "bounded"((concat('{"rows":', (
        select concat('[', string_agg(concat('[{"kind":"', "t2"."kind", '","subject":', coalesce((
                  select case split_part("t3"."id", '_', 1) when 'sta' then (
                    select concat('{"__typename":"State","id":"', "t4"."id", '"}')
                    from "Party" as "t4"
                    where "t4"."id" = "t3"."id" and "t4"."kind" = 'STATE') when 'org' then (
                    select concat('{"__typename":"Organization","id":"', "t5"."id", '"}')
                    from "Party" as "t5"
                    where "t5"."id" = "t3"."id" and "t5"."kind" = 'ORGANIZATION') when 'per' then (
                    select concat('{"__typename":"Person","id":"', "t6"."id", '"}')
                    from "Person" as "t6"
                    where "t6"."id" = "t3"."id") when 'ofc' then (
                    select concat('{"__typename":"Office","id":"', "t7"."id", '"}')
                    from "Office" as "t7"
                    where "t7"."id" = "t3"."id") when 'ten' then (
                    select concat('{"__typename":"Tenure","id":"', "t8"."id", '"}')
                    from "Tenure" as "t8"
                    where "t8"."id" = "t3"."id") when 'frm' then (
                    select concat('{"__typename":"Forum","id":"', "t9"."id", '"}')
                    from "Forum" as "t9"
                    where "t9"."id" = "t3"."id") when 'mbr' then (
                    select concat('{"__typename":"ForumMembership","id":"', "t10"."id", '"}')
                    from "ForumMembership" as "t10"
                    where "t10"."id" = "t3"."id") when 'mtg' then (
                    select concat('{"__typename":"Meeting","slug":"', "t11"."slug", '","title":', to_json("t11"."title"), ',"status":"', "t11"."status", '","on":', coalesce('"' || "t11"."on"::text || '"', 'null'), ',"id":"', "t11"."id", '"}')
                    from "Meeting" as "t11"
                    where "t11"."id" = "t3"."id") when 'par' then (
                    select concat('{"__typename":"Participant","id":"', "t12"."id", '"}')
                    from "Participant" as "t12"
                    where "t12"."id" = "t3"."id") when 'rep' then (
                    select concat('{"__typename":"StatusReport","id":"', "t13"."id", '"}')
                    from "StatusReport" as "t13"
                    where "t13"."id" = "t3"."id") when 'vis' then (
                    select concat('{"__typename":"Visit","id":"', "t14"."id", '"}')
                    from "Visit" as "t14"
                    where "t14"."id" = "t3"."id") when 'vrp' then (
                    select concat('{"__typename":"VisitReport","id":"', "t15"."id", '"}')
                    from "VisitReport" as "t15"
                    where "t15"."id" = "t3"."id") when 'vcl' then (
                    select concat('{"__typename":"VisitClaim","id":"', "t16"."id", '"}')
                    from "VisitClaim" as "t16"
                    where "t16"."id" = "t3"."id") when 'stm' then (
                    select concat('{"__typename":"Statement","id":"', "t17"."id", '"}')
                    from "Statement" as "t17"
                    where "t17"."id" = "t3"."id") when 'cmt' then (
                    select concat('{"__typename":"Commitment","id":"', "t18"."id", '"}')
                    from "Commitment" as "t18"
                    where "t18"."id" = "t3"."id") when 'mls' then (
                    select concat('{"__typename":"Milestone","id":"', "t19"."id", '"}')
                    from "Milestone" as "t19"
                    where "t19"."id" = "t3"."id") when 'fsc' then (
                    select concat('{"__typename":"FirstSinceClaim","id":"', "t20"."id", '"}')
                    from "FirstSinceClaim" as "t20"
                    where "t20"."id" = "t3"."id") when 'cfc' then (
                    select concat('{"__typename":"ConflictClaim","id":"', "t21"."id", '"}')
                    from "ConflictClaim" as "t21"
                    where "t21"."id" = "t3"."id") when 'agr' then (
                    select concat('{"__typename":"Agreement","id":"', "t22"."id", '"}')
                    from "Agreement" as "t22"
                    where "t22"."id" = "t3"."id") when 'sig' then (
                    select concat('{"__typename":"Signatory","id":"', "t23"."id", '"}')
                    from "Signatory" as "t23"
                    where "t23"."id" = "t3"."id") when 'agp' then (
                    select concat('{"__typename":"AgreementReport","id":"', "t24"."id", '"}')
                    from "AgreementReport" as "t24"
                    where "t24"."id" = "t3"."id") when 'acy' then (
                    select concat('{"__typename":"Activity","id":"', "t25"."id", '"}')
                    from "Activity" as "t25"
                    where "t25"."id" = "t3"."id") when 'acp' then (
                    select concat('{"__typename":"ActivityReport","id":"', "t26"."id", '"}')
                    from "ActivityReport" as "t26"
                    where "t26"."id" = "t3"."id") when 'chr' then (
                    select concat('{"__typename":"ChairTerm","id":"', "t27"."id", '"}')
                    from "ChairTerm" as "t27"
                    where "t27"."id" = "t3"."id") end
                  from (
                    select "t2"."subjectId" as "id") as "t3"), 'null'), ',"supporting":', (
                select concat('[', string_agg(concat('{"passage":', case when "t28"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t28"."quote") > 500 then "counted"("t28"."quote", 8000000, 'Passage.quote') else "t28"."quote" end), '}') else 'null' end, ',"locator":', coalesce(to_json("t28"."locator"), 'null'::json), ',"document":', coalesce((
                          select concat('{"title":', to_json("t29"."title"), ',"publisher":', to_json("t29"."publisher"), ',"publishedOn":', coalesce('"' || "t29"."publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t29"."url"), 'null'::json), '}')
                          from "Document" as "t29"
                          where "t29"."id" = "t28"."documentId"), 'null'), '}'), ','), ']')
                from (
                  select "t28".*
                  from "Citation" as "t28"
                  where "t28"."id" = any("t2"."supportingIds")
                  order by "t28"."id") as "t28"), ',"disputing":', (
                select concat('[', string_agg(concat('{"passage":', case when "t30"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t30"."quote") > 500 then "counted"("t30"."quote", 8000000, 'Passage.quote') else "t30"."quote" end), '}') else 'null' end, ',"locator":', coalesce(to_json("t30"."locator"), 'null'::json), ',"document":', coalesce((
                          select concat('{"title":', to_json("t31"."title"), ',"publisher":', to_json("t31"."publisher"), ',"publishedOn":', coalesce('"' || "t31"."publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t31"."url"), 'null'::json), '}')
                          from "Document" as "t31"
                          where "t31"."id" = "t30"."documentId"), 'null'), '}'), ','), ']')
                from (
                  select "t30".*
                  from "Citation" as "t30"
                  where "t30"."id" = any("t2"."disputingIds")
                  order by "t30"."id") as "t30"), '},[', to_json("t2"."kind" collate "C"), ',', to_json("t2"."subjectId" collate "C"), ',', to_json(("t2"."disputingIds")[1]), ']]'), ','), ']')
        from (
          select "t2".*
          from (
            select f."meetingId" as "subjectId", 'STATUS_REPORTS' as "kind", array(
              select c."id"
              from "StatusReport" h
              join "Citation" c on c."statusReportId" = h."id"
              where h."meetingId" = f."meetingId" and h."status" = 'HELD'
              order by c."id"
              limit 20) as "supportingIds", array_agg(d."id"
              order by d."id") as "disputingIds"
            from "StatusReport" f
            join "Citation" d on d."statusReportId" = f."id"
            where f."status" in ('DECLINED', 'CANCELLED', 'CALLED_OFF') and exists (
              select 1
              from "StatusReport" h
              where h."meetingId" = f."meetingId" and h."status" = 'HELD' and (f."reportedOnLatest" < h."reportedOnEarliest") is not true)
            group by f."meetingId"
            union all
            select m."id" as "subjectId", 'STATUS_REPORTS' as "kind", (array_agg(c."id"
                order by c."id") filter (
                where r."status" = 'POSTPONED'))[1:20] as "supportingIds", (array_agg(c."id"
                order by c."id") filter (
                where r."status" <> 'POSTPONED'))[1:20] as "disputingIds"
            from "Meeting" m
            join "StatusReport" r on r."meetingId" = m."id"
            join "Citation" c on c."statusReportId" = r."id"
            where m."status" <> 'HELD' and r."status" <> 'EXPECTED'
            group by m."id"
            having bool_or(r."status" = 'POSTPONED') and bool_or(r."status" <> 'POSTPONED')
            union all
            select coalesce("d"."partyId", "d"."personId", "d"."officeId", "d"."tenureId", "d"."forumId", "d"."membershipId", "d"."meetingId", "d"."participantId", "d"."statusReportId", "d"."visitId", "d"."visitReportId", "d"."visitClaimId", "d"."statementId", "d"."commitmentId", "d"."milestoneId", "d"."firstSinceClaimId", "d"."conflictClaimId", "d"."agreementId", "d"."signatoryId", "d"."agreementReportId", "d"."activityId", "d"."activityReportId", "d"."chairTermId") as "subjectId", 'DISPUTING_SOURCE' as "kind", array(
              select s."id"
              from "Citation" s
              where s."stance" = 'SUPPORTS' and (s."partyId" = d."partyId" or s."personId" = d."personId" or s."officeId" = d."officeId" or s."tenureId" = d."tenureId" or s."forumId" = d."forumId" or s."membershipId" = d."membershipId" or s."meetingId" = d."meetingId" or s."participantId" = d."participantId" or s."statusReportId" = d."statusReportId" or s."visitId" = d."visitId" or s."visitReportId" = d."visitReportId" or s."visitClaimId" = d."visitClaimId" or s."statementId" = d."statementId" or s."commitmentId" = d."commitmentId" or s."milestoneId" = d."milestoneId" or s."firstSinceClaimId" = d."firstSinceClaimId" or s."conflictClaimId" = d."conflictClaimId" or s."agreementId" = d."agreementId" or s."signatoryId" = d."signatoryId" or s."agreementReportId" = d."agreementReportId" or s."activityId" = d."activityId" or s."activityReportId" = d."activityReportId" or s."chairTermId" = d."chairTermId")
              order by s."id"
              limit 20) as "supportingIds", array[d."id"] as "disputingIds"
            from "Citation" d
            where d."stance" = 'DISPUTES') as "t2"
          where true
          order by "t2"."kind" collate "C" asc, "t2"."subjectId" collate "C" asc, ("t2"."disputingIds")[1] asc
          limit 21) as "t2"), ',"total":', (
        select count(*)::text
        from (
          select f."meetingId" as "subjectId", 'STATUS_REPORTS' as "kind", array(
            select c."id"
            from "StatusReport" h
            join "Citation" c on c."statusReportId" = h."id"
            where h."meetingId" = f."meetingId" and h."status" = 'HELD'
            order by c."id"
            limit 20) as "supportingIds", array_agg(d."id"
            order by d."id") as "disputingIds"
          from "StatusReport" f
          join "Citation" d on d."statusReportId" = f."id"
          where f."status" in ('DECLINED', 'CANCELLED', 'CALLED_OFF') and exists (
            select 1
            from "StatusReport" h
            where h."meetingId" = f."meetingId" and h."status" = 'HELD' and (f."reportedOnLatest" < h."reportedOnEarliest") is not true)
          group by f."meetingId"
          union all
          select m."id" as "subjectId", 'STATUS_REPORTS' as "kind", (array_agg(c."id"
              order by c."id") filter (
              where r."status" = 'POSTPONED'))[1:20] as "supportingIds", (array_agg(c."id"
              order by c."id") filter (
              where r."status" <> 'POSTPONED'))[1:20] as "disputingIds"
          from "Meeting" m
          join "StatusReport" r on r."meetingId" = m."id"
          join "Citation" c on c."statusReportId" = r."id"
          where m."status" <> 'HELD' and r."status" <> 'EXPECTED'
          group by m."id"
          having bool_or(r."status" = 'POSTPONED') and bool_or(r."status" <> 'POSTPONED')
          union all
          select coalesce("d"."partyId", "d"."personId", "d"."officeId", "d"."tenureId", "d"."forumId", "d"."membershipId", "d"."meetingId", "d"."participantId", "d"."statusReportId", "d"."visitId", "d"."visitReportId", "d"."visitClaimId", "d"."statementId", "d"."commitmentId", "d"."milestoneId", "d"."firstSinceClaimId", "d"."conflictClaimId", "d"."agreementId", "d"."signatoryId", "d"."agreementReportId", "d"."activityId", "d"."activityReportId", "d"."chairTermId") as "subjectId", 'DISPUTING_SOURCE' as "kind", array(
            select s."id"
            from "Citation" s
            where s."stance" = 'SUPPORTS' and (s."partyId" = d."partyId" or s."personId" = d."personId" or s."officeId" = d."officeId" or s."tenureId" = d."tenureId" or s."forumId" = d."forumId" or s."membershipId" = d."membershipId" or s."meetingId" = d."meetingId" or s."participantId" = d."participantId" or s."statusReportId" = d."statusReportId" or s."visitId" = d."visitId" or s."visitReportId" = d."visitReportId" or s."visitClaimId" = d."visitClaimId" or s."statementId" = d."statementId" or s."commitmentId" = d."commitmentId" or s."milestoneId" = d."milestoneId" or s."firstSinceClaimId" = d."firstSinceClaimId" or s."conflictClaimId" = d."conflictClaimId" or s."agreementId" = d."agreementId" or s."signatoryId" = d."signatoryId" or s."agreementReportId" = d."agreementReportId" or s."activityId" = d."activityId" or s."activityReportId" = d."activityReportId" or s."chairTermId" = d."chairTermId")
            order by s."id"
            limit 20) as "supportingIds", array[d."id"] as "disputingIds"
          from "Citation" d
          where d."stance" = 'DISPUTES') as "t2"
        where true), '}'))::text, 8000000) as "value"
