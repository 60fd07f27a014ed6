-- Conflicts: 1 statement
-- 2 values
select "bounded"((concat('{"rows":', (
        select concat('[', string_agg(concat('[{"field":', to_json("t2"."field"), ',"isOpen":', coalesce("t2"."resolution" is null::text, 'null'), ',"resolution":', coalesce(to_json(case when octet_length("t2"."resolution") > 500 then "counted"("t2"."resolution", 8000000, 'Conflict.resolution') else "t2"."resolution" end), 'null'::json), ',"subject":', coalesce((
                  select case split_part("t3"."id", '_', 1) when 'mtg' then (
                    select concat('{"__typename":"Meeting","slug":"', "t4"."slug", '","title":', to_json("t4"."title"), ',"on":', coalesce('"' || "t4"."on"::text || '"', 'null'), '}')
                    from "Meeting" as "t4"
                    where "t4"."id" = "t3"."id") when 'mbr' then (
                    select concat('{"__typename":"ForumMembership","role":"', "t5"."role", '","since":', coalesce('"' || "t5"."since"::text || '"', 'null'), ',"party":', coalesce((
                          select concat('{"code":"', "t6"."code", '","name":', to_json("t6"."name"), '}')
                          from "Party" as "t6"
                          where "t6"."id" = "t5"."partyId"), 'null'), ',"forum":', coalesce((
                          select concat('{"slug":"', "t7"."slug", '","acronym":', coalesce(to_json("t7"."acronym"), 'null'::json), '}')
                          from "Forum" as "t7"
                          where "t7"."id" = "t5"."forumId"), 'null'), '}')
                    from "ForumMembership" as "t5"
                    where "t5"."id" = "t3"."id") when 'frm' then (
                    select concat('{"__typename":"Forum","slug":"', "t8"."slug", '","name":', to_json("t8"."name"), '}')
                    from "Forum" as "t8"
                    where "t8"."id" = "t3"."id") end
                  from (
                    select coalesce("t2"."meetingId", "t2"."membershipId", "t2"."forumId") as "id") as "t3"), 'null'), ',"claims":', (
                select concat('[', string_agg(concat('{"value":', to_json(case when octet_length("t9"."value") > 500 then "counted"("t9"."value", 8000000, 'ConflictClaim.value') else "t9"."value" end), ',"isFollowed":', coalesce("t9"."isFollowed"::text, 'null'), ',"citation":', coalesce((
                          select concat('{"stance":"', "t10"."stance", '","attributedTo":', coalesce(to_json("t10"."attributedTo"), 'null'::json), ',"passage":', case when "t10"."quote" is not null then concat('{"quote":', to_json(case when octet_length("t10"."quote") > 500 then "counted"("t10"."quote", 8000000, 'Passage.quote') else "t10"."quote" end), ',"start":', "t10"."start", ',"end":', "t10"."end", '}') else 'null' end, ',"locator":', coalesce(to_json("t10"."locator"), 'null'::json), ',"document":', coalesce((
                                select concat('{"title":', to_json("t11"."title"), ',"publisher":', to_json("t11"."publisher"), ',"publishedOn":', coalesce('"' || "t11"."publishedOn"::text || '"', 'null'), ',"url":', coalesce(to_json("t11"."url"), 'null'::json), '}')
                                from "Document" as "t11"
                                where "t11"."id" = "t10"."documentId"), 'null'), '}')
                          from "Citation" as "t10"
                          where "t10"."conflictClaimId" = "t9"."id"
                          limit 1), 'null'), '}'), ','), ']')
                from (
                  select "t9".*
                  from "ConflictClaim" as "t9"
                  where "t9"."conflictId" = "t2"."id"
                  order by "t9"."position", "t9"."id") as "t9"), '},[', to_json("t2"."key"), ']]'), ','), ']')
        from (
          select "t2".*
          from "Conflict" as "t2"
          where "t2"."field" = $1::text
          order by "t2"."key" asc
          limit 21) as "t2"), ',"total":', (
        select count(*)::text
        from "Conflict" as "t2"
        where "t2"."field" = $2::text), '}'))::text, 8000000) as "value"
