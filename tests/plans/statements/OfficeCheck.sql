-- OfficeCheck: 1 statement
-- 1 values
select "bounded"((coalesce((
        select concat('{"title":', to_json("t2"."title"), ',"on":', coalesce('"' || "t2"."on"::text || '"', 'null'), ',"participants":{"nodes":', (
            select concat('[', string_agg(concat('{"party":', coalesce((
                      select concat('{"code":"', "t4"."code", '"}')
                      from "Party" as "t4"
                      where "t4"."id" = "t3"."partyId"), 'null'), ',"person":', coalesce((
                      select concat('{"name":', to_json("t5"."name"), '}')
                      from "Person" as "t5"
                      where "t5"."id" = "t3"."personId"), 'null'), ',"office":', coalesce((
                      select concat('{"title":', to_json("t6"."title"), '}')
                      from "Office" as "t6"
                      where "t6"."id" = "t3"."officeId"), 'null'), ',"isOfficeDoubtful":', coalesce("t3"."isOfficeDoubtful"::text, 'null'), ',"inOffice":', case when "t3"."personId" is not null and "t3"."officeId" is not null then concat('{"verdict":"', case when "t3"."meetingEarliest" is null then 'UNKNOWN' when exists (
                      select 1
                      from "Tenure" "t"
                      where "t"."officeId" = "t3"."officeId" and "t"."personId" = "t3"."personId" and (least("t"."sinceLatest", "t"."attestedOnLatest") <= "t3"."meetingEarliest" and case when "t"."untilEarliest" is not null then "t3"."meetingLatest" < "t"."untilEarliest" when "t"."hasEnded" is false then true else "t3"."meetingLatest" <= greatest(coalesce("t"."attestedOnLatest", "t"."sinceLatest"), "t"."attestedUntilEarliest") end)) then 'IN_OFFICE' when exists (
                      select 1
                      from "Tenure" "t"
                      where "t"."officeId" = "t3"."officeId" and "t"."personId" = "t3"."personId" and (coalesce("t"."sinceEarliest", '-infinity'::date) <= "t3"."meetingLatest" and "t3"."meetingEarliest" < coalesce("t"."untilLatest", 'infinity'::date))) then 'UNKNOWN' when exists (
                      select 1
                      from "Tenure" "t"
                      where "t"."officeId" = "t3"."officeId" and "t"."personId" = "t3"."personId") or exists (
                      select 1
                      from "Tenure" "t"
                      where "t"."officeId" = "t3"."officeId" and (least("t"."sinceLatest", "t"."attestedOnLatest") <= "t3"."meetingEarliest" and case when "t"."untilEarliest" is not null then "t3"."meetingLatest" < "t"."untilEarliest" when "t"."hasEnded" is false then true else "t3"."meetingLatest" <= greatest(coalesce("t"."attestedOnLatest", "t"."sinceLatest"), "t"."attestedUntilEarliest") end)) then 'NOT_IN_OFFICE' else 'UNKNOWN' end, '","tenure":', coalesce((
                        select concat('{"person":', coalesce((
                              select concat('{"name":', to_json("t8"."name"), '}')
                              from "Person" as "t8"
                              where "t8"."id" = "t7"."personId"), 'null'), ',"since":', coalesce('"' || "t7"."since"::text || '"', 'null'), ',"until":', coalesce('"' || "t7"."until"::text || '"', 'null'), ',"attestedOn":', coalesce('"' || "t7"."attestedOn"::text || '"', 'null'), '}')
                        from "Tenure" as "t7"
                        where "t7"."officeId" = "t3"."officeId" and ("t7"."personId" = "t3"."personId" or (least("t7"."sinceLatest", "t7"."attestedOnLatest") <= "t3"."meetingEarliest" and case when "t7"."untilEarliest" is not null then "t3"."meetingLatest" < "t7"."untilEarliest" when "t7"."hasEnded" is false then true else "t3"."meetingLatest" <= greatest(coalesce("t7"."attestedOnLatest", "t7"."sinceLatest"), "t7"."attestedUntilEarliest") end))
                        order by ("t7"."personId" = "t3"."personId" and (least("t7"."sinceLatest", "t7"."attestedOnLatest") <= "t3"."meetingEarliest" and case when "t7"."untilEarliest" is not null then "t3"."meetingLatest" < "t7"."untilEarliest" when "t7"."hasEnded" is false then true else "t3"."meetingLatest" <= greatest(coalesce("t7"."attestedOnLatest", "t7"."sinceLatest"), "t7"."attestedUntilEarliest") end)) is true desc, ("t7"."personId" = "t3"."personId" and (coalesce("t7"."sinceEarliest", '-infinity'::date) <= "t3"."meetingLatest" and "t3"."meetingEarliest" < coalesce("t7"."untilLatest", 'infinity'::date))) is true desc, ("t7"."personId" = "t3"."personId") is true desc, coalesce("t7"."sinceEarliest", "t7"."attestedOnEarliest") desc nulls last, "t7"."id"
                        limit 1), 'null'), '}') else 'null' end, '}'), ','), ']')
            from (
              select "t3".*
              from "Participant" as "t3"
              where "t3"."meetingId" = "t2"."id"
              order by "t3"."position" asc, "t3"."id" asc
              limit 50) as "t3"), '}}')
        from "Meeting" as "t2"
        where "t2"."slug" = (
          select (
            select n."key"
            from "currentKey"('Meeting', "i"."key") as n)
          from (
            select $1::text as "key") as i)
        limit 1), 'null'))::text, 8000000) as "value"
