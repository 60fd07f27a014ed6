-- Timeline: 1 statement
-- 24 values
select concat((
    select '' || json_agg(json_build_array(x."place", left(x."name", 1000), case when x."number" <= 3 then case x."place" when 0 then null::text end end)
      order by x."number")::text || ''
    from (
      select u.*, row_number() over (
        order by u."place", u."entry") as "number"
      from (
        select 0 as "place", n."number" as "entry", "n"."name" as "name"
        from unnest($1::text[]) with ordinality as n("name", "number")
        where not exists (
          select 1
          from "Party" as r
          where r."id" = "n"."name") and not (
          select (
            select n."id"
            from "currentId"(i."id") as n)
          from (
            select "n"."name" as "id") as i) <> "n"."name" and not exists (
          select 1
          from "public"."Party" as r
          where r."id" = "n"."name")) as u) as x
    having count(*) > 0), coalesce(("bounded"((concat('{"rows":', (
              select concat('[', string_agg(concat('[{"on":', coalesce('"' || case "t2"."kind" when 'MILESTONE' then (
                        select k."on"
                        from "Milestone" k
                        where k."id" = "t2"."entryId") when 'TENURE_END' then (
                        select t."until"
                        from "Tenure" t
                        where t."id" = "t2"."entryId") when 'TENURE_START' then (
                        select t."since"
                        from "Tenure" t
                        where t."id" = "t2"."entryId") when 'MEMBERSHIP_END' then (
                        select u."until"
                        from "ForumMembership" u
                        where u."id" = "t2"."entryId") when 'MEMBERSHIP_START' then (
                        select u."since"
                        from "ForumMembership" u
                        where u."id" = "t2"."entryId") when 'VISIT' then (
                        select v."from"
                        from "Visit" v
                        where v."id" = "t2"."entryId") when 'MEETING' then (
                        select m."on"
                        from "Meeting" m
                        where m."id" = "t2"."entryId") when 'STATUS_CHANGE' then (
                        select coalesce(r."reportedOn", d."publishedOn")
                        from "StatusReport" r
                        left
                        join "Citation" c on c."statusReportId" = r."id"
                        left
                        join "Document" d on d."id" = c."documentId"
                        where r."id" = "t2"."entryId") when 'COMMITMENT' then (
                        select m."on"
                        from "Commitment" q
                        join "Meeting" m on m."id" = q."meetingId"
                        where q."id" = "t2"."entryId") when 'COMMITMENT_DUE' then (
                        select q."dueOn"
                        from "Commitment" q
                        where q."id" = "t2"."entryId") when 'AGREEMENT' then (
                        select g."signedOn"
                        from "Agreement" g
                        where g."id" = "t2"."entryId") when 'ACTIVITY' then (
                        select v."from"
                        from "Activity" v
                        where v."id" = "t2"."entryId") when 'STATEMENT' then (
                        select s."on"
                        from "Statement" s
                        where s."id" = "t2"."entryId") when 'FIRST_SINCE_CLAIM' then (
                        select d."publishedOn"
                        from "FirstSinceClaim" a
                        left
                        join "Citation" c on c."firstSinceClaimId" = a."id"
                        left
                        join "Document" d on d."id" = c."documentId"
                        where a."id" = "t2"."entryId") when 'PUBLICATION' then (
                        select d."publishedOn"
                        from "Document" d
                        where d."id" = "t2"."entryId") end::text || '"', 'null'), ',"summary":', to_json(case "t2"."kind" when 'MILESTONE' then (
                        select k."label"
                        from "Milestone" k
                        where k."id" = "t2"."entryId") when 'TENURE_END' then (
                        select e."name" || ' ceases to be ' || o."title" || ' of ' || y."name"
                        from "Tenure" t
                        join "Person" e on e."id" = t."personId"
                        join "Office" o on o."id" = t."officeId"
                        join "Party" y on y."id" = o."partyId"
                        where t."id" = "t2"."entryId") when 'TENURE_START' then (
                        select e."name" || ' becomes ' || o."title" || ' of ' || y."name"
                        from "Tenure" t
                        join "Person" e on e."id" = t."personId"
                        join "Office" o on o."id" = t."officeId"
                        join "Party" y on y."id" = o."partyId"
                        where t."id" = "t2"."entryId") when 'MEMBERSHIP_END' then (
                        select y."name" || ': no longer ' || replace(lower(u."role"::text), '_', ' ') || ' of ' || coalesce(f."acronym", f."name")
                        from "ForumMembership" u
                        join "Party" y on y."id" = u."partyId"
                        join "Forum" f on f."id" = u."forumId"
                        where u."id" = "t2"."entryId") when 'MEMBERSHIP_START' then (
                        select y."name" || ': ' || replace(lower(u."role"::text), '_', ' ') || ' of ' || coalesce(f."acronym", f."name")
                        from "ForumMembership" u
                        join "Party" y on y."id" = u."partyId"
                        join "Forum" f on f."id" = u."forumId"
                        where u."id" = "t2"."entryId") when 'VISIT' then (
                        select e."name" || ' visits ' || coalesce(l."city", s."name", 'an unnamed place') || case t."status" when 'PLANNED' then ' (planned)' when 'POSTPONED' then ' (postponed)' when 'CANCELLED' then ' (cancelled)' else '' end
                        from "Visit" v
                        join "Person" e on e."id" = v."personId"
                        left
                        join "Place" l on l."id" = v."placeId"
                        left
                        join "Party" s on s."id" = l."stateId" cross
                        join
                        lateral (
                          select "visitStatus"(v."id") as "status") as t
                        where v."id" = "t2"."entryId") when 'MEETING' then (
                        select m."title" || ' (' || lower(m."status"::text) || ')'
                        from "Meeting" m
                        where m."id" = "t2"."entryId") when 'STATUS_CHANGE' then (
                        select coalesce(d."publisher", 'A source') || ' reports as ' || lower(r."status"::text) || ': ' || m."title"
                        from "StatusReport" r
                        left
                        join "Citation" c on c."statusReportId" = r."id"
                        left
                        join "Document" d on d."id" = c."documentId"
                        join "Meeting" m on m."id" = r."meetingId"
                        where r."id" = "t2"."entryId") when 'COMMITMENT' then (
                        select q."summary" || ' (' || lower(q."status"::text) || ')'
                        from "Commitment" q
                        where q."id" = "t2"."entryId") when 'COMMITMENT_DUE' then (
                        select 'Due: ' || q."summary" || ' (' || lower(q."status"::text) || ')'
                        from "Commitment" q
                        where q."id" = "t2"."entryId") when 'AGREEMENT' then (
                        select "agreementTitle"(g."id") || ' (' || replace(lower(g."status"::text), '_', ' ') || ')'
                        from "Agreement" g
                        where g."id" = "t2"."entryId") when 'ACTIVITY' then (
                        select "activityTitle"(v."id") || ' (' || replace(lower(v."status"::text), '_', ' ') || ')'
                        from "Activity" v
                        where v."id" = "t2"."entryId") when 'STATEMENT' then (
                        select coalesce(e."name", y."name") || ': ' || case when s."isVerbatim" then '“' || case when length(s."text") > 240 then left(s."text", 239) || '…' else s."text" end || '”' else case when length(s."text") > 240 then left(s."text", 239) || '…' else s."text" end end
                        from "Statement" s
                        left
                        join "Person" e on e."id" = s."personId"
                        left
                        join "Party" y on y."id" = s."partyId"
                        where s."id" = "t2"."entryId") when 'FIRST_SINCE_CLAIM' then (
                        select coalesce(d."publisher", 'A source') || ' claims: ' || m."title" || ', the first time ' || coalesce('since ' || coalesce(k."label", x."title", a."sinceOn"), 'ever')
                        from "FirstSinceClaim" a
                        left
                        join "Citation" c on c."firstSinceClaimId" = a."id"
                        left
                        join "Document" d on d."id" = c."documentId"
                        join "Meeting" m on m."id" = a."meetingId"
                        left
                        join "Milestone" k on k."id" = a."sinceMilestoneId"
                        left
                        join "Meeting" x on x."id" = a."sinceMeetingId"
                        where a."id" = "t2"."entryId") when 'PUBLICATION' then (
                        select d."publisher" || ' publishes: ' || d."title"
                        from "Document" d
                        where d."id" = "t2"."entryId") end), ',"entry":', coalesce((
                        select case split_part("t3"."id", '_', 1) when 'mtg' then (
                          select concat('{"__typename":"Meeting","title":', to_json("t4"."title"), ',"status":"', "t4"."status", '"}')
                          from "Meeting" as "t4"
                          where "t4"."id" = "t3"."id") when 'vis' then (
                          select concat('{"__typename":"Visit","purpose":', coalesce(to_json(case when octet_length("t5"."purpose") > 500 then "counted"("t5"."purpose", 8000000, 'Visit.purpose') else "t5"."purpose" end), 'null'::json), '}')
                          from "Visit" as "t5"
                          where "t5"."id" = "t3"."id") when 'mbr' then (
                          select concat('{"__typename":"ForumMembership","role":"', "t6"."role", '","forum":', coalesce((
                                select concat('{"slug":"', "t7"."slug", '"}')
                                from "Forum" as "t7"
                                where "t7"."id" = "t6"."forumId"), 'null'), '}')
                          from "ForumMembership" as "t6"
                          where "t6"."id" = "t3"."id") when 'ten' then (
                          select concat('{"__typename":"Tenure","office":', coalesce((
                                select concat('{"title":', to_json("t9"."title"), '}')
                                from "Office" as "t9"
                                where "t9"."id" = "t8"."officeId"), 'null'), '}')
                          from "Tenure" as "t8"
                          where "t8"."id" = "t3"."id") when 'mls' then (
                          select concat('{"__typename":"Milestone","label":', to_json("t10"."label"), '}')
                          from "Milestone" as "t10"
                          where "t10"."id" = "t3"."id") when 'rep' then (
                          select '{"__typename":"StatusReport"}'::text
                          from "StatusReport" as "t11"
                          where "t11"."id" = "t3"."id") when 'cmt' then (
                          select '{"__typename":"Commitment"}'::text
                          from "Commitment" as "t12"
                          where "t12"."id" = "t3"."id") when 'stm' then (
                          select '{"__typename":"Statement"}'::text
                          from "Statement" as "t13"
                          where "t13"."id" = "t3"."id") when 'fsc' then (
                          select '{"__typename":"FirstSinceClaim"}'::text
                          from "FirstSinceClaim" as "t14"
                          where "t14"."id" = "t3"."id") when 'doc' then (
                          select '{"__typename":"Document"}'::text
                          from "Document" as "t15"
                          where "t15"."id" = "t3"."id") when 'agr' then (
                          select '{"__typename":"Agreement"}'::text
                          from "Agreement" as "t16"
                          where "t16"."id" = "t3"."id") when 'acy' then (
                          select '{"__typename":"Activity"}'::text
                          from "Activity" as "t17"
                          where "t17"."id" = "t3"."id") end
                        from (
                          select "t2"."entryId" as "id") as "t3"), 'null'), '},[', to_json("t2"."day"), ',', to_json("t2"."rank"), ',', to_json("t2"."entryId"), ']]'), ','), ']')
              from (
                select "t2".*
                from ((
                    select coalesce("k"."onEarliest", 'infinity'::date) as "day", 0::int as "rank", "k"."id" as "entryId", 'MILESTONE'::text as "kind"
                    from "MilestoneParty" z
                    join "Milestone" k on k."id" = z."milestoneId"
                    where z."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $2::text as "id") as i) and "k"."onLatest" >= $3::date and "k"."onEarliest" <= $4::date
                    order by coalesce("k"."onEarliest", 'infinity'::date) asc, 0::int asc, "k"."id" asc
                    limit 51)
                  union all (
                    select coalesce("t"."sinceEarliest", 'infinity'::date) as "day", 20::int as "rank", "t"."id" as "entryId", 'TENURE_START'::text as "kind"
                    from "Office" o
                    join "Tenure" t on t."officeId" = o."id"
                    where o."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $5::text as "id") as i) and "t"."sinceLatest" >= $6::date and "t"."sinceEarliest" <= $7::date
                    order by coalesce("t"."sinceEarliest", 'infinity'::date) asc, 20::int asc, "t"."id" asc
                    limit 51)
                  union all (
                    select coalesce("u"."sinceEarliest", 'infinity'::date) as "day", 40::int as "rank", "u"."id" as "entryId", 'MEMBERSHIP_START'::text as "kind"
                    from "ForumMembership" u
                    where u."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $8::text as "id") as i) and "u"."sinceLatest" >= $9::date and "u"."sinceEarliest" <= $10::date
                    order by coalesce("u"."sinceEarliest", 'infinity'::date) asc, 40::int asc, "u"."id" asc
                    limit 51)
                  union all (
                    select coalesce("v"."fromEarliest", 'infinity'::date) as "day", 50::int as "rank", "v"."id" as "entryId", 'VISIT'::text as "kind"
                    from "Person" e
                    join "Visit" v on v."personId" = e."id"
                    where e."stateId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $11::text as "id") as i) and coalesce(v."toLatest", v."fromLatest") >= $12::date and "v"."fromEarliest" <= $13::date
                    order by coalesce("v"."fromEarliest", 'infinity'::date) asc, 50::int asc, "v"."id" asc
                    limit 51)
                  union all (
                    select distinct on (coalesce("p"."meetingEarliest", '-infinity'::date), 60::int, "p"."meetingId") coalesce("p"."meetingEarliest", '-infinity'::date) as "day", 60::int as "rank", "p"."meetingId" as "entryId", 'MEETING'::text as "kind"
                    from "Participant" p
                    where p."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $14::text as "id") as i) and coalesce("p"."meetingEarliest", '-infinity'::date) > '-infinity' and "p"."meetingLatest" >= $15::date and coalesce("p"."meetingEarliest", '-infinity'::date) >= $16::date - (
                      select coalesce(max(coalesce(x."endsOnLatest", x."onLatest") - x."onEarliest"), 0)
                      from "Meeting" x) and "p"."meetingEarliest" <= $17::date and coalesce("p"."meetingEarliest", '-infinity'::date) <= $18::date
                    order by coalesce("p"."meetingEarliest", '-infinity'::date) asc, 60::int asc, "p"."meetingId" asc
                    limit 51)
                  union all (
                    select coalesce("g"."signedOnEarliest", 'infinity'::date) as "day", 100::int as "rank", "g"."id" as "entryId", 'AGREEMENT'::text as "kind"
                    from "AgreementParty" z
                    join "Agreement" g on g."id" = z."agreementId"
                    where z."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $19::text as "id") as i) and "g"."signedOnLatest" >= $20::date and "g"."signedOnEarliest" <= $21::date
                    order by coalesce("g"."signedOnEarliest", 'infinity'::date) asc, 100::int asc, "g"."id" asc
                    limit 51)
                  union all (
                    select coalesce("v"."fromEarliest", 'infinity'::date) as "day", 110::int as "rank", "v"."id" as "entryId", 'ACTIVITY'::text as "kind"
                    from "ActivityParty" z
                    join "Activity" v on v."id" = z."activityId"
                    where z."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $22::text as "id") as i) and coalesce(v."toLatest", v."fromLatest") >= $23::date and "v"."fromEarliest" <= $24::date
                    order by coalesce("v"."fromEarliest", 'infinity'::date) asc, 110::int asc, "v"."id" asc
                    limit 51)) as "t2"
                order by "t2"."day" asc, "t2"."rank" asc, "t2"."entryId" asc
                limit 51) as "t2"), '}'))::text, 8000000))::text, 'null')) as "value"
