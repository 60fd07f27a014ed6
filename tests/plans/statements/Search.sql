-- Search: 1 statement
-- 2 values
select concat('{"totalCount":', (
    select count(*)::text
    from (
      select x."id", x."label", x."kind", case when q."asked" = any(array(
          select "fold"(n)
          from unnest(x."names") as n)) then 0 when starts_with("fold"(x."label"), q."asked") then 1 when position(q."asked" in x."haystack") > 0 then 2 else 3 end as "rank"
      from (
        select f."asked", array(
          select distinct ' ' || w
          from regexp_split_to_table(f."asked", ' ') as w) as "beginnings"
        from (
          select "fold"($1::text) as "asked" offset 0) as f offset 0) as q, (
        select i.*, ' ' || "fold"(concat_ws(' ', array_to_string(i."names", ' '), i."words")) as "haystack"
        from (
          select e."id", e."name" as "label", e."name" || array(
            select n."text"
            from "PersonName" n
            where n."personId" = e."id") as "names", null as "words", 1 as "kind"
          from "Person" e
          union all
          select y."id", y."name", array[y."code", y."name", y."officialName"] || array(
            select n."text"
            from "PartyName" n
            where n."partyId" = y."id"), null, 2
          from "Party" y
          union all
          select f."id", coalesce(f."acronym", f."name"), array[f."acronym", f."name", f."slug"] || array(
            select n."text"
            from "ForumName" n
            where n."forumId" = f."id"), null, 3
          from "Forum" f
          union all
          select m."id", m."title", array[m."title"], l."city", 4
          from "Meeting" m
          left
          join "Place" l on l."id" = m."placeId"
          union all
          select s."id", s."text", array[s."text"], array_to_string(s."topics", ' '), 5
          from "Statement" s
          union all
          select d."id", d."title", array[d."title"], concat_ws(' ', d."publisher", d."agency"), 6
          from "Document" d) as i offset 0) as x
      where q."asked" <> '' and not exists (
        select 1
        from unnest(q."beginnings") as w
        where position(w in x."haystack") = 0) offset 0) as "t2"
    where true), ',"nodes":', (
    select concat('[', string_agg(concat('{"snippet":', to_json("t2"."label"), ',"match":', coalesce((
              select case split_part("t3"."id", '_', 1) when 'per' then (
                select concat('{"__typename":"Person","id":"', "t4"."id", '","name":', to_json("t4"."name"), '}')
                from "Person" as "t4"
                where "t4"."id" = "t3"."id") when 'sta' then (
                select concat('{"__typename":"State","id":"', "t5"."id", '","code":"', "t5"."code", '","name":', to_json("t5"."name"), '}')
                from "Party" as "t5"
                where "t5"."id" = "t3"."id" and "t5"."kind" = 'STATE') when 'org' then (
                select concat('{"__typename":"Organization","id":"', "t6"."id", '"}')
                from "Party" as "t6"
                where "t6"."id" = "t3"."id" and "t6"."kind" = 'ORGANIZATION') when 'frm' then (
                select concat('{"__typename":"Forum","id":"', "t7"."id", '","slug":"', "t7"."slug", '"}')
                from "Forum" as "t7"
                where "t7"."id" = "t3"."id") when 'mtg' then (
                select concat('{"__typename":"Meeting","id":"', "t8"."id", '","title":', to_json("t8"."title"), '}')
                from "Meeting" as "t8"
                where "t8"."id" = "t3"."id") when 'doc' then (
                select concat('{"__typename":"Document","id":"', "t9"."id", '","title":', to_json("t9"."title"), '}')
                from "Document" as "t9"
                where "t9"."id" = "t3"."id") when 'stm' then (
                select concat('{"__typename":"Statement","id":"', "t10"."id", '","text":', to_json("t10"."text"), '}')
                from "Statement" as "t10"
                where "t10"."id" = "t3"."id") end
              from (
                select "t2"."id" as "id") as "t3"), 'null'), '}'), ','), ']')
    from (
      select "t2".*
      from (
        select x."id", x."label", x."kind", case when q."asked" = any(array(
            select "fold"(n)
            from unnest(x."names") as n)) then 0 when starts_with("fold"(x."label"), q."asked") then 1 when position(q."asked" in x."haystack") > 0 then 2 else 3 end as "rank"
        from (
          select f."asked", array(
            select distinct ' ' || w
            from regexp_split_to_table(f."asked", ' ') as w) as "beginnings"
          from (
            select "fold"($2::text) as "asked" offset 0) as f offset 0) as q, (
          select i.*, ' ' || "fold"(concat_ws(' ', array_to_string(i."names", ' '), i."words")) as "haystack"
          from (
            select e."id", e."name" as "label", e."name" || array(
              select n."text"
              from "PersonName" n
              where n."personId" = e."id") as "names", null as "words", 1 as "kind"
            from "Person" e
            union all
            select y."id", y."name", array[y."code", y."name", y."officialName"] || array(
              select n."text"
              from "PartyName" n
              where n."partyId" = y."id"), null, 2
            from "Party" y
            union all
            select f."id", coalesce(f."acronym", f."name"), array[f."acronym", f."name", f."slug"] || array(
              select n."text"
              from "ForumName" n
              where n."forumId" = f."id"), null, 3
            from "Forum" f
            union all
            select m."id", m."title", array[m."title"], l."city", 4
            from "Meeting" m
            left
            join "Place" l on l."id" = m."placeId"
            union all
            select s."id", s."text", array[s."text"], array_to_string(s."topics", ' '), 5
            from "Statement" s
            union all
            select d."id", d."title", array[d."title"], concat_ws(' ', d."publisher", d."agency"), 6
            from "Document" d) as i offset 0) as x
        where q."asked" <> '' and not exists (
          select 1
          from unnest(q."beginnings") as w
          where position(w in x."haystack") = 0) offset 0) as "t2"
      where true
      order by "t2"."rank" asc, "t2"."kind" asc, left("fold"("t2"."label"), 100) collate "C" asc, "t2"."id" asc
      limit 10) as "t2"), '}') as "value"
