-- Timeline: 1 statement
-- 12 values
select concat('{"rows":', (
    select concat('[', string_agg(concat('[{"on":', coalesce('"' || "t2"."on"::text || '"', 'null'), ',"summary":', to_json("t2"."summary"), ',"entry":', coalesce((
              select case split_part("t3"."id", '_', 1) when 'mtg' then (
                select concat('{"__typename":"Meeting","title":', to_json("t4"."title"), ',"status":"', "t4"."status", '"}')
                from "Meeting" as "t4"
                where "t4"."id" = "t3"."id") when 'vis' then (
                select concat('{"__typename":"Visit","purpose":', coalesce(to_json("t5"."purpose"), 'null'::json), '}')
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
                where "t10"."id" = "t3"."id") end
              from (
                select "t2"."entryId" as "id") as "t3"), 'null'), '},[', to_json(coalesce("t2"."earliest", 'infinity'::date)), ',', to_json("t2"."entryId"), ']]'), ','), ']')
    from (
      select "t2".*
      from (
        select m."id" as "entryId", m."on", m."onEarliest" as "earliest", coalesce(m."endsOnLatest", m."onLatest") as "latest", m."title" || ' (' || lower(m."status"::text) || ')' as "summary"
        from "Meeting" m
        where m."forumId" = (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $1::text as "id") as i) or m."id" in (
          select p."meetingId"
          from "Participant" p
          where p."partyId" = (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $2::text as "id") as i)) or m."id" in (
          select p."meetingId"
          from "Participant" p
          where p."personId" = (
            select coalesce((
                select g."survivorId"
                from "MergedRecord" g
                where g."id" = i."id"), i."id")
            from (
              select $3::text as "id") as i))
        union all
        select v."id", v."from", v."fromEarliest", coalesce(v."toLatest", v."fromLatest"), e."name" || ' visits ' || coalesce(l."city", s."name", 'an unnamed place')
        from "Visit" v
        join "Person" e on e."id" = v."personId"
        left
        join "Place" l on l."id" = v."placeId"
        left
        join "Party" s on s."id" = l."stateId"
        where v."personId" = (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $4::text as "id") as i) or e."stateId" = (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $5::text as "id") as i)
        union all
        select u."id", u."since", u."sinceEarliest", u."sinceLatest", y."name" || ': ' || replace(lower(u."role"::text), '_', ' ') || ' of ' || coalesce(f."acronym", f."name")
        from "ForumMembership" u
        join "Party" y on y."id" = u."partyId"
        join "Forum" f on f."id" = u."forumId"
        where u."partyId" = (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $6::text as "id") as i) or u."forumId" = (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $7::text as "id") as i)
        union all
        select t."id", t."since", t."sinceEarliest", t."sinceLatest", e."name" || ' becomes ' || o."title" || ' of ' || y."name"
        from "Tenure" t
        join "Person" e on e."id" = t."personId"
        join "Office" o on o."id" = t."officeId"
        join "Party" y on y."id" = o."partyId"
        where t."personId" = (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $8::text as "id") as i) or o."partyId" = (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $9::text as "id") as i)
        union all
        select k."id", k."on", k."onEarliest", k."onLatest", k."label"
        from "Milestone" k
        join "MilestoneParty" q on q."milestoneId" = k."id"
        where q."partyId" = (
          select coalesce((
              select g."survivorId"
              from "MergedRecord" g
              where g."id" = i."id"), i."id")
          from (
            select $10::text as "id") as i) ) as "t2"
      where "t2"."latest" >= $11::date and "t2"."earliest" <= $12::date
      order by coalesce("t2"."earliest", 'infinity'::date) asc, "t2"."entryId" asc
      limit 51) as "t2"), '}') as "value"
