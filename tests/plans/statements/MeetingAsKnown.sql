-- MeetingAsKnown: 1 statement
-- 1 values
select "bounded"((coalesce((
        select concat('{"id":"', "t2"."id", '","version":', "versionOf"('Meeting', "t2"."id"), ',"title":', to_json("t2"."title"), ',"kind":"', "t2"."kind", '","format":', coalesce('"' || "t2"."format"::text || '"', 'null'), ',"status":"', "t2"."status", '","on":', coalesce('"' || "t2"."on"::text || '"', 'null'), ',"endsOn":', coalesce('"' || "t2"."endsOn"::text || '"', 'null'), ',"place":', coalesce((
              select concat('{"city":', coalesce(to_json("t3"."city"), 'null'::json), ',"country":', coalesce((
                    select concat('{"code":"', "t4"."code", '","name":', to_json("t4"."name"), '}')
                    from "Party" as "t4"
                    where "t4"."id" = "t3"."stateId"), 'null'), '}')
              from "Place" as "t3"
              where "t3"."id" = "t2"."placeId"), 'null'), ',"participants":{"totalCount":', (
            select count(*)::text
            from "Participant" as "t5"
            where "t5"."meetingId" = "t2"."id"), ',"nodes":', (
            select concat('[', string_agg(concat('{"role":"', "t5"."role", '","isExpected":', coalesce("t5"."isExpected"::text, 'null'), ',"party":', coalesce((
                      select concat('{"code":"', "t6"."code", '"}')
                      from "Party" as "t6"
                      where "t6"."id" = "t5"."partyId"), 'null'), ',"person":', coalesce((
                      select concat('{"slug":"', "t7"."slug", '","name":', to_json("t7"."name"), '}')
                      from "Person" as "t7"
                      where "t7"."id" = "t5"."personId"), 'null'), ',"office":', coalesce((
                      select concat('{"title":', to_json("t8"."title"), '}')
                      from "Office" as "t8"
                      where "t8"."id" = "t5"."officeId"), 'null'), '}'), ','), ']')
            from (
              select "t5".*
              from "Participant" as "t5"
              where "t5"."meetingId" = "t2"."id"
              order by "t5"."position" asc, "t5"."id" asc
              limit 50) as "t5"), '},"statusReports":', (
            select concat('[', string_agg(concat('{"status":"', "t9"."status", '","reportedOn":', coalesce('"' || "t9"."reportedOn"::text || '"', 'null'), ',"citation":', coalesce((
                      select concat('{"document":', coalesce((
                            select concat('{"title":', to_json("t11"."title"), ',"publishedOn":', coalesce('"' || "t11"."publishedOn"::text || '"', 'null'), '}')
                            from "Document" as "t11"
                            where "t11"."id" = "t10"."documentId"), 'null'), '}')
                      from "Citation" as "t10"
                      where "t10"."statusReportId" = "t9"."id"
                      limit 1), 'null'), '}'), ','), ']')
            from (
              select "t9".*
              from "StatusReport" as "t9"
              where "t9"."meetingId" = "t2"."id"
              order by "t9"."reportedOnEarliest" nulls last, "t9"."status", "t9"."id") as "t9"), ',"citations":{"totalCount":', (
            select count(*)::text
            from "Citation" as "t12"
            where "t12"."meetingId" = "t2"."id"), ',"nodes":', (
            select concat('[', string_agg(concat('{"stance":"', "t12"."stance", '","passage":', case when "t12"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t12"."quote") > 500 then "counted"("t12"."quote", 8000000, 'Passage.quote') else "t12"."quote" end), '}') else 'null' end, ',"document":{"title":', to_json("t12"."t13.title"), ',"publisher":', to_json("t12"."t13.publisher"), '}}'), ','), ']')
            from (
              select "t12".*, "t13"."title" as "t13.title", "t13"."publisher" as "t13.publisher"
              from "Citation" as "t12"
              join "Document" as "t13" on "t13"."id" = "t12"."documentId"
              where "t12"."meetingId" = "t2"."id"
              order by coalesce("t13"."publishedOnEarliest", 'infinity'::date) asc, "t12"."documentId" asc, coalesce("t12"."start", 2147483647) asc, "t12"."id" asc
              limit 10) as "t12"), '},"history":{"totalCount":', (
            select count(*)::text
            from "Change" as "t14"
            where "t14"."table" = 'Meeting' and "t14"."recordId" = "t2"."id"), ',"nodes":', (
            select concat('[', string_agg(concat('{"kind":"', "t14"."kind", '","version":', "t14"."version", ',"act":', coalesce((
                      select concat('{"at":', to_json(to_char("t15"."at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), ',"actor":', to_json(coalesce("t15"."actorName", "t15"."actor")), ',"reason":', coalesce(to_json(case when octet_length("t15"."reason") > 500 then "counted"("t15"."reason", 8000000, 'Act.reason') else "t15"."reason" end), 'null'::json), '}')
                      from "Act" as "t15"
                      where "t15"."number" = "t14"."actNumber"
                      limit 1), 'null'), '}'), ','), ']')
            from (
              select "t14".*
              from "Change" as "t14"
              where "t14"."table" = 'Meeting' and "t14"."recordId" = "t2"."id"
              order by "t14"."actNumber" desc
              limit 5) as "t14"), '}}')
        from "Meeting" as "t2"
        where "t2"."slug" = (
          select (
            select n."key"
            from "currentKey"('Meeting', "i"."key") as n)
          from (
            select $1::text as "key") as i)
        limit 1), 'null'))::text, 8000000) as "value"
