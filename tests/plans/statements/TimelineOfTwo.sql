-- TimelineOfTwo: 1 statement
-- 100 values
select concat((
    select '' || json_agg(json_build_array(x."place", left(x."name", 1000), case when x."number" <= 3 then case x."place" when 0 then null::text when 1 then null::text end end)
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
          where r."id" = "n"."name")
        union all
        select 1 as "place", n."number" as "entry", "n"."name" as "name"
        from unnest($2::text[]) with ordinality as n("name", "number")
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
              select concat('[', string_agg(concat('[{"kind":"', "t2"."kind", '","on":', coalesce('"' || case "t2"."kind" when 'MILESTONE' then (
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
                        where d."id" = "t2"."entryId") end::text || '"', 'null'), ',"isExact":', coalesce(coalesce(case "t2"."kind" when 'MILESTONE' then (
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
                          where d."id" = "t2"."entryId") end ~ '^[0-9-]{10}$', false)::text, 'null'), ',"summary":', to_json(case "t2"."kind" when 'MILESTONE' then (
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
                          select concat('{"__typename":"Meeting","id":"', "t4"."id", '"}')
                          from "Meeting" as "t4"
                          where "t4"."id" = "t3"."id") when 'vis' then (
                          select concat('{"__typename":"Visit","id":"', "t5"."id", '"}')
                          from "Visit" as "t5"
                          where "t5"."id" = "t3"."id") when 'mbr' then (
                          select concat('{"__typename":"ForumMembership","id":"', "t6"."id", '"}')
                          from "ForumMembership" as "t6"
                          where "t6"."id" = "t3"."id") when 'ten' then (
                          select concat('{"__typename":"Tenure","id":"', "t7"."id", '"}')
                          from "Tenure" as "t7"
                          where "t7"."id" = "t3"."id") when 'mls' then (
                          select concat('{"__typename":"Milestone","id":"', "t8"."id", '"}')
                          from "Milestone" as "t8"
                          where "t8"."id" = "t3"."id") when 'rep' then (
                          select concat('{"__typename":"StatusReport","id":"', "t9"."id", '"}')
                          from "StatusReport" as "t9"
                          where "t9"."id" = "t3"."id") when 'cmt' then (
                          select concat('{"__typename":"Commitment","id":"', "t10"."id", '"}')
                          from "Commitment" as "t10"
                          where "t10"."id" = "t3"."id") when 'stm' then (
                          select concat('{"__typename":"Statement","id":"', "t11"."id", '"}')
                          from "Statement" as "t11"
                          where "t11"."id" = "t3"."id") when 'fsc' then (
                          select concat('{"__typename":"FirstSinceClaim","id":"', "t12"."id", '"}')
                          from "FirstSinceClaim" as "t12"
                          where "t12"."id" = "t3"."id") when 'doc' then (
                          select concat('{"__typename":"Document","id":"', "t13"."id", '"}')
                          from "Document" as "t13"
                          where "t13"."id" = "t3"."id") when 'agr' then (
                          select concat('{"__typename":"Agreement","id":"', "t14"."id", '"}')
                          from "Agreement" as "t14"
                          where "t14"."id" = "t3"."id") when 'acy' then (
                          select concat('{"__typename":"Activity","id":"', "t15"."id", '"}')
                          from "Activity" as "t15"
                          where "t15"."id" = "t3"."id") end
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
                        select $3::text as "id") as i) and exists (
                      select 1
                      from "MilestoneParty" w
                      where w."milestoneId" = z."milestoneId" and w."partyId" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $4::text as "id") as i))
                    order by coalesce("k"."onEarliest", 'infinity'::date) asc, 0::int asc, "k"."id" asc
                    limit 51)
                  union all (
                    select coalesce("v"."fromEarliest", 'infinity'::date) as "day", 50::int as "rank", "v"."id" as "entryId", 'VISIT'::text as "kind"
                    from "Person" e
                    join "Visit" v on v."personId" = e."id"
                    join "Place" l on l."id" = v."placeId"
                    where e."stateId" in ((
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $5::text as "id") as i), (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $6::text as "id") as i)) and l."stateId" = case when e."stateId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $7::text as "id") as i) then (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $8::text as "id") as i) else (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $9::text as "id") as i) end
                    order by coalesce("v"."fromEarliest", 'infinity'::date) asc, 50::int asc, "v"."id" asc
                    limit 51)
                  union all (
                    select distinct on (coalesce("p"."meetingEarliest", '-infinity'::date), 60::int, "p"."meetingId") coalesce("p"."meetingEarliest", '-infinity'::date) as "day", 60::int as "rank", "p"."meetingId" as "entryId", 'MEETING'::text as "kind"
                    from "Participant" p
                    where p."partyId" = (
                      select case when (
                        select (
                          select count(*)
                          from (
                            select 1
                            from "Participant" b
                            where b."partyId" = (
                              select (
                                select n."id"
                                from "currentId"(i."id") as n)
                              from (
                                select $10::text as "id") as i)
                            limit 10000) as few) <= (
                          select count(*)
                          from (
                            select 1
                            from "Participant" b
                            where b."partyId" = (
                              select (
                                select n."id"
                                from "currentId"(i."id") as n)
                              from (
                                select $11::text as "id") as i)
                            limit 10000) as few)) then (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $12::text as "id") as i) else (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $13::text as "id") as i) end) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = "p"."meetingId" and b."partyId" is not distinct
                      from (
                        select case when (
                          select (
                            select count(*)
                            from (
                              select 1
                              from "Participant" b
                              where b."partyId" = (
                                select (
                                  select n."id"
                                  from "currentId"(i."id") as n)
                                from (
                                  select $14::text as "id") as i)
                              limit 10000) as few) <= (
                            select count(*)
                            from (
                              select 1
                              from "Participant" b
                              where b."partyId" = (
                                select (
                                  select n."id"
                                  from "currentId"(i."id") as n)
                                from (
                                  select $15::text as "id") as i)
                              limit 10000) as few)) then (
                          select (
                            select n."id"
                            from "currentId"(i."id") as n)
                          from (
                            select $16::text as "id") as i) else (
                          select (
                            select n."id"
                            from "currentId"(i."id") as n)
                          from (
                            select $17::text as "id") as i) end)
                      limit 1) and coalesce("p"."meetingEarliest", '-infinity'::date) > '-infinity'
                    order by coalesce("p"."meetingEarliest", '-infinity'::date) asc, 60::int asc, "p"."meetingId" asc
                    limit 51)
                  union all (
                    select distinct on ('infinity'::date, 60::int, "p"."meetingId") 'infinity'::date as "day", 60::int as "rank", "p"."meetingId" as "entryId", 'MEETING'::text as "kind"
                    from "Participant" p
                    where p."partyId" = (
                      select case when (
                        select (
                          select count(*)
                          from (
                            select 1
                            from "Participant" b
                            where b."partyId" = (
                              select (
                                select n."id"
                                from "currentId"(i."id") as n)
                              from (
                                select $18::text as "id") as i)
                            limit 10000) as few) <= (
                          select count(*)
                          from (
                            select 1
                            from "Participant" b
                            where b."partyId" = (
                              select (
                                select n."id"
                                from "currentId"(i."id") as n)
                              from (
                                select $19::text as "id") as i)
                            limit 10000) as few)) then (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $20::text as "id") as i) else (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $21::text as "id") as i) end) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = "p"."meetingId" and b."partyId" is not distinct
                      from (
                        select case when (
                          select (
                            select count(*)
                            from (
                              select 1
                              from "Participant" b
                              where b."partyId" = (
                                select (
                                  select n."id"
                                  from "currentId"(i."id") as n)
                                from (
                                  select $22::text as "id") as i)
                              limit 10000) as few) <= (
                            select count(*)
                            from (
                              select 1
                              from "Participant" b
                              where b."partyId" = (
                                select (
                                  select n."id"
                                  from "currentId"(i."id") as n)
                                from (
                                  select $23::text as "id") as i)
                              limit 10000) as few)) then (
                          select (
                            select n."id"
                            from "currentId"(i."id") as n)
                          from (
                            select $24::text as "id") as i) else (
                          select (
                            select n."id"
                            from "currentId"(i."id") as n)
                          from (
                            select $25::text as "id") as i) end)
                      limit 1) and coalesce("p"."meetingEarliest", '-infinity'::date) = '-infinity'
                    order by 'infinity'::date asc, 60::int asc, "p"."meetingId" asc
                    limit 51)
                  union all (
                    select distinct on (coalesce(coalesce(r."reportedOnEarliest", d."publishedOnEarliest"), 'infinity'::date), 70::int + array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status"), "r"."id") coalesce(coalesce(r."reportedOnEarliest", d."publishedOnEarliest"), 'infinity'::date) as "day", 70::int + array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status") as "rank", "r"."id" as "entryId", 'STATUS_CHANGE'::text as "kind"
                    from "metTogether"((
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $26::text as "id") as i), (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $27::text as "id") as i)) as p
                    join "Meeting" g on g."id" = p."meetingId"
                    join "StatusReport" r on r."meetingId" = g."id"
                    join "Meeting" m on m."id" = r."meetingId"
                    left
                    join "Citation" rc on rc."statusReportId" = r."id"
                    left
                    join "Document" d on d."id" = rc."documentId"
                    where not ("g"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("g"."kind"::text, "g"."forumId", (
                          select f."kind"::text
                          from "Forum" f
                          where f."id" = "g"."forumId"))) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = "g"."id" and b."partyId" is not distinct
                      from (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $28::text as "id") as i)
                      limit 1) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = "g"."id" and b."partyId" is not distinct
                      from (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $29::text as "id") as i)
                      limit 1) and coalesce((
                        select x."status"
                        from "StatusReport" x
                        left
                        join "Citation" xc on xc."statusReportId" = x."id"
                        left
                        join "Document" xd on xd."id" = xc."documentId"
                        where x."meetingId" = r."meetingId" and (coalesce("x"."reportedOnLatest", "xd"."publishedOnLatest", m."endsOnLatest", m."onLatest", '-infinity'::date), array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "x"."status"), "x"."id") < (coalesce("r"."reportedOnLatest", "d"."publishedOnLatest", m."endsOnLatest", m."onLatest", '-infinity'::date), array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status"), "r"."id")
                        order by (x."status" = 'HELD') desc, (coalesce("x"."reportedOnLatest", "xd"."publishedOnLatest", m."endsOnLatest", m."onLatest", '-infinity'::date), array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "x"."status"), "x"."id") desc
                        limit 1), 'UNKNOWN') <> all (array[r."status", 'HELD'])
                    order by coalesce(coalesce(r."reportedOnEarliest", d."publishedOnEarliest"), 'infinity'::date) asc, 70::int + array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status") asc, "r"."id" asc
                    limit 51)
                  union all (
                    select distinct on (coalesce(coalesce(r."reportedOnEarliest", d."publishedOnEarliest"), 'infinity'::date), 70::int + array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status"), "r"."id") coalesce(coalesce(r."reportedOnEarliest", d."publishedOnEarliest"), 'infinity'::date) as "day", 70::int + array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status") as "rank", "r"."id" as "entryId", 'STATUS_CHANGE'::text as "kind"
                    from "Meeting" g
                    join "StatusReport" r on r."meetingId" = g."id"
                    join "Meeting" m on m."id" = r."meetingId"
                    left
                    join "Citation" rc on rc."statusReportId" = r."id"
                    left
                    join "Document" d on d."id" = rc."documentId"
                    where ("g"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("g"."kind"::text, "g"."forumId", (
                          select f."kind"::text
                          from "Forum" f
                          where f."id" = "g"."forumId"))) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = case when g."id" = r."meetingId" then g."id" end and b."partyId" is not distinct
                      from (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $30::text as "id") as i)
                      limit 1) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = case when g."id" = r."meetingId" then g."id" end and b."partyId" is not distinct
                      from (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $31::text as "id") as i)
                      limit 1) and coalesce((
                        select x."status"
                        from "StatusReport" x
                        left
                        join "Citation" xc on xc."statusReportId" = x."id"
                        left
                        join "Document" xd on xd."id" = xc."documentId"
                        where x."meetingId" = r."meetingId" and (coalesce("x"."reportedOnLatest", "xd"."publishedOnLatest", m."endsOnLatest", m."onLatest", '-infinity'::date), array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "x"."status"), "x"."id") < (coalesce("r"."reportedOnLatest", "d"."publishedOnLatest", m."endsOnLatest", m."onLatest", '-infinity'::date), array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status"), "r"."id")
                        order by (x."status" = 'HELD') desc, (coalesce("x"."reportedOnLatest", "xd"."publishedOnLatest", m."endsOnLatest", m."onLatest", '-infinity'::date), array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "x"."status"), "x"."id") desc
                        limit 1), 'UNKNOWN') <> all (array[r."status", 'HELD'])
                    order by coalesce(coalesce(r."reportedOnEarliest", d."publishedOnEarliest"), 'infinity'::date) asc, 70::int + array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status") asc, "r"."id" asc
                    limit 51)
                  union all (
                    select coalesce("m"."onEarliest", 'infinity'::date) as "day", 80::int as "rank", "q"."id" as "entryId", 'COMMITMENT'::text as "kind"
                    from "CommitmentParty" z
                    join "Commitment" q on q."id" = z."commitmentId"
                    join "Meeting" m on m."id" = q."meetingId"
                    where z."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $32::text as "id") as i) and exists (
                      select 1
                      from "CommitmentParty" w
                      where w."commitmentId" = z."commitmentId" and w."partyId" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $33::text as "id") as i))
                    order by coalesce("m"."onEarliest", 'infinity'::date) asc, 80::int asc, "q"."id" asc
                    limit 51)
                  union all (
                    select coalesce("q"."dueOnEarliest", 'infinity'::date) as "day", 90::int as "rank", "q"."id" as "entryId", 'COMMITMENT_DUE'::text as "kind"
                    from "CommitmentParty" z
                    join "Commitment" q on q."id" = z."commitmentId"
                    join "Meeting" m on m."id" = q."meetingId"
                    where z."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $34::text as "id") as i) and exists (
                      select 1
                      from "CommitmentParty" w
                      where w."commitmentId" = z."commitmentId" and w."partyId" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $35::text as "id") as i)) and q."dueOn" is not null
                    order by coalesce("q"."dueOnEarliest", 'infinity'::date) asc, 90::int asc, "q"."id" asc
                    limit 51)
                  union all (
                    select distinct on (coalesce("s"."onEarliest", 'infinity'::date), 120::int, "s"."id") coalesce("s"."onEarliest", 'infinity'::date) as "day", 120::int as "rank", "s"."id" as "entryId", 'STATEMENT'::text as "kind"
                    from "metTogether"((
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $36::text as "id") as i), (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $37::text as "id") as i)) as p
                    join "Meeting" g on g."id" = p."meetingId"
                    join "Statement" s on s."meetingId" = g."id"
                    where not ("g"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("g"."kind"::text, "g"."forumId", (
                          select f."kind"::text
                          from "Forum" f
                          where f."id" = "g"."forumId"))) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = "g"."id" and b."partyId" is not distinct
                      from (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $38::text as "id") as i)
                      limit 1) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = "g"."id" and b."partyId" is not distinct
                      from (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $39::text as "id") as i)
                      limit 1) and (s."partyId" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $40::text as "id") as i) or s."partyId" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $41::text as "id") as i))
                    order by coalesce("s"."onEarliest", 'infinity'::date) asc, 120::int asc, "s"."id" asc
                    limit 51)
                  union all (
                    select distinct on (coalesce("s"."onEarliest", 'infinity'::date), 120::int, "s"."id") coalesce("s"."onEarliest", 'infinity'::date) as "day", 120::int as "rank", "s"."id" as "entryId", 'STATEMENT'::text as "kind"
                    from "Meeting" g
                    join "Statement" s on s."meetingId" = g."id"
                    where ("g"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("g"."kind"::text, "g"."forumId", (
                          select f."kind"::text
                          from "Forum" f
                          where f."id" = "g"."forumId"))) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = case when g."id" = s."meetingId" then g."id" end and b."partyId" is not distinct
                      from (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $42::text as "id") as i)
                      limit 1) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = case when g."id" = s."meetingId" then g."id" end and b."partyId" is not distinct
                      from (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $43::text as "id") as i)
                      limit 1) and (s."partyId" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $44::text as "id") as i) or s."partyId" = (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $45::text as "id") as i))
                    order by coalesce("s"."onEarliest", 'infinity'::date) asc, 120::int asc, "s"."id" asc
                    limit 51)
                  union all (
                    select distinct on (coalesce("d"."publishedOnEarliest", 'infinity'::date), 130::int, "a"."id") coalesce("d"."publishedOnEarliest", 'infinity'::date) as "day", 130::int as "rank", "a"."id" as "entryId", 'FIRST_SINCE_CLAIM'::text as "kind"
                    from "metTogether"((
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $46::text as "id") as i), (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $47::text as "id") as i)) as p
                    join "Meeting" g on g."id" = p."meetingId"
                    join "FirstSinceClaim" a on a."meetingId" = g."id"
                    left
                    join "Citation" ac on ac."firstSinceClaimId" = a."id"
                    left
                    join "Document" d on d."id" = ac."documentId"
                    where not ("g"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("g"."kind"::text, "g"."forumId", (
                          select f."kind"::text
                          from "Forum" f
                          where f."id" = "g"."forumId"))) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = "g"."id" and b."partyId" is not distinct
                      from (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $48::text as "id") as i)
                      limit 1) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = "g"."id" and b."partyId" is not distinct
                      from (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $49::text as "id") as i)
                      limit 1)
                    order by coalesce("d"."publishedOnEarliest", 'infinity'::date) asc, 130::int asc, "a"."id" asc
                    limit 51)
                  union all (
                    select distinct on (coalesce("d"."publishedOnEarliest", 'infinity'::date), 130::int, "a"."id") coalesce("d"."publishedOnEarliest", 'infinity'::date) as "day", 130::int as "rank", "a"."id" as "entryId", 'FIRST_SINCE_CLAIM'::text as "kind"
                    from "Meeting" g
                    join "FirstSinceClaim" a on a."meetingId" = g."id"
                    left
                    join "Citation" ac on ac."firstSinceClaimId" = a."id"
                    left
                    join "Document" d on d."id" = ac."documentId"
                    where ("g"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("g"."kind"::text, "g"."forumId", (
                          select f."kind"::text
                          from "Forum" f
                          where f."id" = "g"."forumId"))) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = case when g."id" = a."meetingId" then g."id" end and b."partyId" is not distinct
                      from (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $50::text as "id") as i)
                      limit 1) and (
                      select true
                      from "Participant" b
                      where b."meetingId" = case when g."id" = a."meetingId" then g."id" end and b."partyId" is not distinct
                      from (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $51::text as "id") as i)
                      limit 1)
                    order by coalesce("d"."publishedOnEarliest", 'infinity'::date) asc, 130::int asc, "a"."id" asc
                    limit 51)) as "t2"
                order by "t2"."day" asc, "t2"."rank" asc, "t2"."entryId" asc
                limit 51) as "t2"), ',"total":', (
              select count(*)::text
              from ((
                  select coalesce("k"."onEarliest", 'infinity'::date) as "day", 0::int as "rank", "k"."id" as "entryId", 'MILESTONE'::text as "kind"
                  from "MilestoneParty" z
                  join "Milestone" k on k."id" = z."milestoneId"
                  where z."partyId" = (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $52::text as "id") as i) and exists (
                    select 1
                    from "MilestoneParty" w
                    where w."milestoneId" = z."milestoneId" and w."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $53::text as "id") as i)))
                union all (
                  select coalesce("v"."fromEarliest", 'infinity'::date) as "day", 50::int as "rank", "v"."id" as "entryId", 'VISIT'::text as "kind"
                  from "Person" e
                  join "Visit" v on v."personId" = e."id"
                  join "Place" l on l."id" = v."placeId"
                  where e."stateId" in ((
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $54::text as "id") as i), (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $55::text as "id") as i)) and l."stateId" = case when e."stateId" = (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $56::text as "id") as i) then (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $57::text as "id") as i) else (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $58::text as "id") as i) end)
                union all (
                  select distinct on (coalesce("p"."meetingEarliest", '-infinity'::date), 60::int, "p"."meetingId") coalesce("p"."meetingEarliest", '-infinity'::date) as "day", 60::int as "rank", "p"."meetingId" as "entryId", 'MEETING'::text as "kind"
                  from "Participant" p
                  where p."partyId" = (
                    select case when (
                      select (
                        select count(*)
                        from (
                          select 1
                          from "Participant" b
                          where b."partyId" = (
                            select (
                              select n."id"
                              from "currentId"(i."id") as n)
                            from (
                              select $59::text as "id") as i)
                          limit 10000) as few) <= (
                        select count(*)
                        from (
                          select 1
                          from "Participant" b
                          where b."partyId" = (
                            select (
                              select n."id"
                              from "currentId"(i."id") as n)
                            from (
                              select $60::text as "id") as i)
                          limit 10000) as few)) then (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $61::text as "id") as i) else (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $62::text as "id") as i) end) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = "p"."meetingId" and b."partyId" is not distinct
                    from (
                      select case when (
                        select (
                          select count(*)
                          from (
                            select 1
                            from "Participant" b
                            where b."partyId" = (
                              select (
                                select n."id"
                                from "currentId"(i."id") as n)
                              from (
                                select $63::text as "id") as i)
                            limit 10000) as few) <= (
                          select count(*)
                          from (
                            select 1
                            from "Participant" b
                            where b."partyId" = (
                              select (
                                select n."id"
                                from "currentId"(i."id") as n)
                              from (
                                select $64::text as "id") as i)
                            limit 10000) as few)) then (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $65::text as "id") as i) else (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $66::text as "id") as i) end)
                    limit 1) and coalesce("p"."meetingEarliest", '-infinity'::date) > '-infinity')
                union all (
                  select distinct on ('infinity'::date, 60::int, "p"."meetingId") 'infinity'::date as "day", 60::int as "rank", "p"."meetingId" as "entryId", 'MEETING'::text as "kind"
                  from "Participant" p
                  where p."partyId" = (
                    select case when (
                      select (
                        select count(*)
                        from (
                          select 1
                          from "Participant" b
                          where b."partyId" = (
                            select (
                              select n."id"
                              from "currentId"(i."id") as n)
                            from (
                              select $67::text as "id") as i)
                          limit 10000) as few) <= (
                        select count(*)
                        from (
                          select 1
                          from "Participant" b
                          where b."partyId" = (
                            select (
                              select n."id"
                              from "currentId"(i."id") as n)
                            from (
                              select $68::text as "id") as i)
                          limit 10000) as few)) then (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $69::text as "id") as i) else (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $70::text as "id") as i) end) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = "p"."meetingId" and b."partyId" is not distinct
                    from (
                      select case when (
                        select (
                          select count(*)
                          from (
                            select 1
                            from "Participant" b
                            where b."partyId" = (
                              select (
                                select n."id"
                                from "currentId"(i."id") as n)
                              from (
                                select $71::text as "id") as i)
                            limit 10000) as few) <= (
                          select count(*)
                          from (
                            select 1
                            from "Participant" b
                            where b."partyId" = (
                              select (
                                select n."id"
                                from "currentId"(i."id") as n)
                              from (
                                select $72::text as "id") as i)
                            limit 10000) as few)) then (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $73::text as "id") as i) else (
                        select (
                          select n."id"
                          from "currentId"(i."id") as n)
                        from (
                          select $74::text as "id") as i) end)
                    limit 1) and coalesce("p"."meetingEarliest", '-infinity'::date) = '-infinity')
                union all (
                  select distinct on (coalesce(coalesce(r."reportedOnEarliest", d."publishedOnEarliest"), 'infinity'::date), 70::int + array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status"), "r"."id") coalesce(coalesce(r."reportedOnEarliest", d."publishedOnEarliest"), 'infinity'::date) as "day", 70::int + array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status") as "rank", "r"."id" as "entryId", 'STATUS_CHANGE'::text as "kind"
                  from "metTogether"((
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $75::text as "id") as i), (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $76::text as "id") as i)) as p
                  join "Meeting" g on g."id" = p."meetingId"
                  join "StatusReport" r on r."meetingId" = g."id"
                  join "Meeting" m on m."id" = r."meetingId"
                  left
                  join "Citation" rc on rc."statusReportId" = r."id"
                  left
                  join "Document" d on d."id" = rc."documentId"
                  where not ("g"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("g"."kind"::text, "g"."forumId", (
                        select f."kind"::text
                        from "Forum" f
                        where f."id" = "g"."forumId"))) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = "g"."id" and b."partyId" is not distinct
                    from (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $77::text as "id") as i)
                    limit 1) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = "g"."id" and b."partyId" is not distinct
                    from (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $78::text as "id") as i)
                    limit 1) and coalesce((
                      select x."status"
                      from "StatusReport" x
                      left
                      join "Citation" xc on xc."statusReportId" = x."id"
                      left
                      join "Document" xd on xd."id" = xc."documentId"
                      where x."meetingId" = r."meetingId" and (coalesce("x"."reportedOnLatest", "xd"."publishedOnLatest", m."endsOnLatest", m."onLatest", '-infinity'::date), array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "x"."status"), "x"."id") < (coalesce("r"."reportedOnLatest", "d"."publishedOnLatest", m."endsOnLatest", m."onLatest", '-infinity'::date), array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status"), "r"."id")
                      order by (x."status" = 'HELD') desc, (coalesce("x"."reportedOnLatest", "xd"."publishedOnLatest", m."endsOnLatest", m."onLatest", '-infinity'::date), array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "x"."status"), "x"."id") desc
                      limit 1), 'UNKNOWN') <> all (array[r."status", 'HELD']))
                union all (
                  select distinct on (coalesce(coalesce(r."reportedOnEarliest", d."publishedOnEarliest"), 'infinity'::date), 70::int + array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status"), "r"."id") coalesce(coalesce(r."reportedOnEarliest", d."publishedOnEarliest"), 'infinity'::date) as "day", 70::int + array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status") as "rank", "r"."id" as "entryId", 'STATUS_CHANGE'::text as "kind"
                  from "Meeting" g
                  join "StatusReport" r on r."meetingId" = g."id"
                  join "Meeting" m on m."id" = r."meetingId"
                  left
                  join "Citation" rc on rc."statusReportId" = r."id"
                  left
                  join "Document" d on d."id" = rc."documentId"
                  where ("g"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("g"."kind"::text, "g"."forumId", (
                        select f."kind"::text
                        from "Forum" f
                        where f."id" = "g"."forumId"))) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = case when g."id" = r."meetingId" then g."id" end and b."partyId" is not distinct
                    from (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $79::text as "id") as i)
                    limit 1) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = case when g."id" = r."meetingId" then g."id" end and b."partyId" is not distinct
                    from (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $80::text as "id") as i)
                    limit 1) and coalesce((
                      select x."status"
                      from "StatusReport" x
                      left
                      join "Citation" xc on xc."statusReportId" = x."id"
                      left
                      join "Document" xd on xd."id" = xc."documentId"
                      where x."meetingId" = r."meetingId" and (coalesce("x"."reportedOnLatest", "xd"."publishedOnLatest", m."endsOnLatest", m."onLatest", '-infinity'::date), array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "x"."status"), "x"."id") < (coalesce("r"."reportedOnLatest", "d"."publishedOnLatest", m."endsOnLatest", m."onLatest", '-infinity'::date), array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "r"."status"), "r"."id")
                      order by (x."status" = 'HELD') desc, (coalesce("x"."reportedOnLatest", "xd"."publishedOnLatest", m."endsOnLatest", m."onLatest", '-infinity'::date), array_position(array['EXPECTED', 'POSTPONED', 'CALLED_OFF', 'CANCELLED', 'DECLINED', 'HELD']::"MeetingStatus"[], "x"."status"), "x"."id") desc
                      limit 1), 'UNKNOWN') <> all (array[r."status", 'HELD']))
                union all (
                  select coalesce("m"."onEarliest", 'infinity'::date) as "day", 80::int as "rank", "q"."id" as "entryId", 'COMMITMENT'::text as "kind"
                  from "CommitmentParty" z
                  join "Commitment" q on q."id" = z."commitmentId"
                  join "Meeting" m on m."id" = q."meetingId"
                  where z."partyId" = (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $81::text as "id") as i) and exists (
                    select 1
                    from "CommitmentParty" w
                    where w."commitmentId" = z."commitmentId" and w."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $82::text as "id") as i)))
                union all (
                  select coalesce("q"."dueOnEarliest", 'infinity'::date) as "day", 90::int as "rank", "q"."id" as "entryId", 'COMMITMENT_DUE'::text as "kind"
                  from "CommitmentParty" z
                  join "Commitment" q on q."id" = z."commitmentId"
                  join "Meeting" m on m."id" = q."meetingId"
                  where z."partyId" = (
                    select (
                      select n."id"
                      from "currentId"(i."id") as n)
                    from (
                      select $83::text as "id") as i) and exists (
                    select 1
                    from "CommitmentParty" w
                    where w."commitmentId" = z."commitmentId" and w."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $84::text as "id") as i)) and q."dueOn" is not null)
                union all (
                  select distinct on (coalesce("s"."onEarliest", 'infinity'::date), 120::int, "s"."id") coalesce("s"."onEarliest", 'infinity'::date) as "day", 120::int as "rank", "s"."id" as "entryId", 'STATEMENT'::text as "kind"
                  from "metTogether"((
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $85::text as "id") as i), (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $86::text as "id") as i)) as p
                  join "Meeting" g on g."id" = p."meetingId"
                  join "Statement" s on s."meetingId" = g."id"
                  where not ("g"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("g"."kind"::text, "g"."forumId", (
                        select f."kind"::text
                        from "Forum" f
                        where f."id" = "g"."forumId"))) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = "g"."id" and b."partyId" is not distinct
                    from (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $87::text as "id") as i)
                    limit 1) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = "g"."id" and b."partyId" is not distinct
                    from (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $88::text as "id") as i)
                    limit 1) and (s."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $89::text as "id") as i) or s."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $90::text as "id") as i)))
                union all (
                  select distinct on (coalesce("s"."onEarliest", 'infinity'::date), 120::int, "s"."id") coalesce("s"."onEarliest", 'infinity'::date) as "day", 120::int as "rank", "s"."id" as "entryId", 'STATEMENT'::text as "kind"
                  from "Meeting" g
                  join "Statement" s on s."meetingId" = g."id"
                  where ("g"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("g"."kind"::text, "g"."forumId", (
                        select f."kind"::text
                        from "Forum" f
                        where f."id" = "g"."forumId"))) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = case when g."id" = s."meetingId" then g."id" end and b."partyId" is not distinct
                    from (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $91::text as "id") as i)
                    limit 1) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = case when g."id" = s."meetingId" then g."id" end and b."partyId" is not distinct
                    from (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $92::text as "id") as i)
                    limit 1) and (s."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $93::text as "id") as i) or s."partyId" = (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $94::text as "id") as i)))
                union all (
                  select distinct on (coalesce("d"."publishedOnEarliest", 'infinity'::date), 130::int, "a"."id") coalesce("d"."publishedOnEarliest", 'infinity'::date) as "day", 130::int as "rank", "a"."id" as "entryId", 'FIRST_SINCE_CLAIM'::text as "kind"
                  from "metTogether"((
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $95::text as "id") as i), (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $96::text as "id") as i)) as p
                  join "Meeting" g on g."id" = p."meetingId"
                  join "FirstSinceClaim" a on a."meetingId" = g."id"
                  left
                  join "Citation" ac on ac."firstSinceClaimId" = a."id"
                  left
                  join "Document" d on d."id" = ac."documentId"
                  where not ("g"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("g"."kind"::text, "g"."forumId", (
                        select f."kind"::text
                        from "Forum" f
                        where f."id" = "g"."forumId"))) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = "g"."id" and b."partyId" is not distinct
                    from (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $97::text as "id") as i)
                    limit 1) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = "g"."id" and b."partyId" is not distinct
                    from (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $98::text as "id") as i)
                    limit 1))
                union all (
                  select distinct on (coalesce("d"."publishedOnEarliest", 'infinity'::date), 130::int, "a"."id") coalesce("d"."publishedOnEarliest", 'infinity'::date) as "day", 130::int as "rank", "a"."id" as "entryId", 'FIRST_SINCE_CLAIM'::text as "kind"
                  from "Meeting" g
                  join "FirstSinceClaim" a on a."meetingId" = g."id"
                  left
                  join "Citation" ac on ac."firstSinceClaimId" = a."id"
                  left
                  join "Document" d on d."id" = ac."documentId"
                  where ("g"."kind" in ('SESSION', 'MULTILATERAL') and derived."isOfMany"("g"."kind"::text, "g"."forumId", (
                        select f."kind"::text
                        from "Forum" f
                        where f."id" = "g"."forumId"))) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = case when g."id" = a."meetingId" then g."id" end and b."partyId" is not distinct
                    from (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $99::text as "id") as i)
                    limit 1) and (
                    select true
                    from "Participant" b
                    where b."meetingId" = case when g."id" = a."meetingId" then g."id" end and b."partyId" is not distinct
                    from (
                      select (
                        select n."id"
                        from "currentId"(i."id") as n)
                      from (
                        select $100::text as "id") as i)
                    limit 1))) as "t2"), '}'))::text, 8000000))::text, 'null')) as "value"
