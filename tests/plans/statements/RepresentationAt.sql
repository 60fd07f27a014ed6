-- RepresentationAt: 1 statement
-- 1 values
select "bounded"((coalesce((
        select concat('{"sessions":{"rows":', (
            select concat('[', string_agg(concat('[{"ordinal":', coalesce("t3"."ordinal"::text, 'null'), ',"on":', coalesce('"' || "t3"."on"::text || '"', 'null'), ',"status":"', "t3"."status", '","representation":{"seats":', (
                    select coalesce(sum(coalesce(p."groupSize", 1)), 0)
                    from "Participant" p
                    left
                    join "Office" o on o."id" = p."officeId"
                    where p."meetingId" = "t3"."id" and (not p."isExpected" and p."attendance" is null and "t3"."status" in ('HELD', 'UNKNOWN')) and true), ',"heads":', (
                    select coalesce(sum(coalesce(p."groupSize", 1)), 0)
                    from "Participant" p
                    left
                    join "Office" o on o."id" = p."officeId"
                    where p."meetingId" = "t3"."id" and (not p."isExpected" and p."attendance" is null and "t3"."status" in ('HELD', 'UNKNOWN')) and coalesce(derived."rankOf"("o"."kind"::text) in ('LEADER'), false)), ',"ministers":', (
                    select coalesce(sum(coalesce(p."groupSize", 1)), 0)
                    from "Participant" p
                    left
                    join "Office" o on o."id" = p."officeId"
                    where p."meetingId" = "t3"."id" and (not p."isExpected" and p."attendance" is null and "t3"."status" in ('HELD', 'UNKNOWN')) and coalesce(derived."rankOf"("o"."kind"::text) in ('MINISTER'), false)), ',"deputies":', (
                    select coalesce(sum(coalesce(p."groupSize", 1)), 0)
                    from "Participant" p
                    left
                    join "Office" o on o."id" = p."officeId"
                    where p."meetingId" = "t3"."id" and (not p."isExpected" and p."attendance" is null and "t3"."status" in ('HELD', 'UNKNOWN')) and coalesce(derived."rankOf"("o"."kind"::text) in ('DEPUTY_MINISTER'), false)), ',"others":', (
                    select coalesce(sum(coalesce(p."groupSize", 1)), 0)
                    from "Participant" p
                    left
                    join "Office" o on o."id" = p."officeId"
                    where p."meetingId" = "t3"."id" and (not p."isExpected" and p."attendance" is null and "t3"."status" in ('HELD', 'UNKNOWN')) and case when "o"."kind" is null then "p"."role" = 'REPRESENTATIVE' else not coalesce(derived."rankOf"("o"."kind"::text) in ('LEADER', 'MINISTER', 'DEPUTY_MINISTER'), false) end), ',"unknown":', (
                    select coalesce(sum(coalesce(p."groupSize", 1)), 0)
                    from "Participant" p
                    left
                    join "Office" o on o."id" = p."officeId"
                    where p."meetingId" = "t3"."id" and (not p."isExpected" and p."attendance" is null and "t3"."status" in ('HELD', 'UNKNOWN')) and "o"."kind" is null and not "p"."role" = 'REPRESENTATIVE'), ',"expected":', (
                    select coalesce(sum(coalesce(p."groupSize", 1)), 0)
                    from "Participant" p
                    where p."meetingId" = "t3"."id" and p."attendance" is null and not (not p."isExpected" and p."attendance" is null and "t3"."status" in ('HELD', 'UNKNOWN'))), '}},[', to_json(coalesce("t3"."onEarliest", '-infinity'::date)), ',', to_json("t3"."id"), ']]'), ','), ']')
            from (
              select "t3".*
              from "Meeting" as "t3"
              where "t3"."forumId" = "t2"."id"
              order by coalesce("t3"."onEarliest", '-infinity'::date) desc, "t3"."id" desc
              limit 51) as "t3"), '}}')
        from "Forum" as "t2"
        where "t2"."slug" = (
          select (
            select n."key"
            from "currentKey"('Forum', "i"."key") as n)
          from (
            select $1::text as "key") as i)
        limit 1), 'null'))::text, 8000000) as "value"
