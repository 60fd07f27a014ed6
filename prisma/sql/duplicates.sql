-- Likely duplicates: keys that records of one thing share, and how far their values agree. The declarations of records
-- (`duplicates` in *.record.ts) say which of these are compared. Indexes over functions are made here, so that they are
-- made again when a function changes.

-- The extensions may be in another schema than the record.
DO $$
BEGIN
  PERFORM set_config('search_path', concat_ws(', ', current_setting('search_path'),
    (SELECT string_agg(DISTINCT quote_ident(n.nspname), ', ') FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
     WHERE e.extname IN ('pg_trgm') AND n.nspname <> ALL (current_schemas(true)))), true);
END $$;

-- Texts of which names of one person or body share at least one: the same words in any order ("="), the same letters in
-- other words ("#": "Yonghyun", "Yong-hyun"), or words that transliterations of a name sound like ("~": "Wongsuwan",
-- "Wongsuwon"). Short names sound like too many others. Ranks, honorifics, initials and particles do not count, but a name
-- that has nothing else keeps them: "Gen Nakatani" is not "Nakatani".
CREATE OR REPLACE FUNCTION "nameKeys"(name text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000
SET search_path FROM CURRENT AS $$
DECLARE
  plain CONSTANT text := regexp_replace(regexp_replace(replace(name, '+', ' plus '), '[\u0027`´ʻʼ‘’]', '', 'g'), '(?<=\m\w)\.(?=\w\M)', '', 'g');
  given CONSTANT text[] := string_to_array("fold"(plain), ' ');
  own CONSTANT text[] := ARRAY(SELECT w FROM unnest(given) AS w WHERE w <> ALL ('{adm,admiral,air,amb,ambassador,and,awang,bin,binti,brig,
    brigadier,bte,capt,captain,chief,cmdr,col,colonel,commander,commodore,dato,datuk,dr,excellency,field,for,gen,general,haji,he,hm,
    hon,honorable,honourable,hrh,ibn,ii,iii,iv,jr,lieutenant,lt,ltg,ltgen,madam,maj,major,marshal,mr,mrs,ms,of,prof,professor,rear,
    retd,shri,smt,sir,sr,sri,the,vadm,vice}'));
  words text[] := ARRAY(SELECT w FROM unnest(own) AS w WHERE length(w) > 1 OR w ~ '[0-9]' ORDER BY w COLLATE "C");
  letters text;
  sounds text[];
BEGIN
  IF cardinality(words) < 2 THEN
    words := ARRAY(SELECT w FROM unnest(CASE WHEN cardinality(own) > 1 THEN own ELSE array_remove(array_remove(given, 'the'), 'of') END) AS w
      WHERE w <> '' ORDER BY w COLLATE "C");
  END IF;
  IF cardinality(words) = 0 THEN RETURN '{}'; END IF;
  letters := array_to_string(words, '');
  sounds := ARRAY(SELECT regexp_replace(translate(left(c.w, 1), 'eiouy', 'aaaaa') || translate(substr(c.w, 2), 'aeiouyh', ''), '(.)\1+', '\1', 'g')
    FROM (SELECT regexp_replace(translate(regexp_replace(replace(w, 'ph', 'f'), 't?[cs]h|sch|zh|c(?=[eiy])', 's', 'g'), 'cqwzx', 'kkvss'), '([tdbgk])h', '\1', 'g') AS w
      FROM unnest(words) AS w) AS c);
  RETURN array_remove(ARRAY['=' || array_to_string(words, ' '),
    CASE WHEN length(letters) >= 8 THEN '#' || (SELECT string_agg(l, '' ORDER BY l COLLATE "C") FROM string_to_table(letters, NULL) AS l) END,
    CASE WHEN cardinality(words) > 1 AND length(array_to_string(sounds, '')) >= 6
      THEN '~' || (SELECT string_agg(v, ' ' ORDER BY v COLLATE "C") FROM unnest(sounds) AS v) END], NULL);
END $$;

-- The two names of two records that agree most, with how far they do: 6 for the same words or letters, 4 for words that
-- sound alike. Nothing if none do.
CREATE OR REPLACE FUNCTION "agreeingNames"(ones text[], others text[], OUT "points" int, OUT "one" text, OUT "other" text) RETURNS SETOF record
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 20000 ROWS 1
BEGIN ATOMIC
  SELECT CASE WHEN k.key LIKE '~%' THEN 4 ELSE 6 END, k.name1, k.name2 FROM (
    SELECT a.key, a.name AS name1, b.name AS name2
    FROM (SELECT t.name, u.key FROM unnest(ones) AS t(name), unnest("nameKeys"(t.name)) AS u(key)) AS a
    JOIN (SELECT t.name, u.key FROM unnest(others) AS t(name), unnest("nameKeys"(t.name)) AS u(key)) AS b ON a.key = b.key) AS k
  WHERE k.key NOT LIKE '~%' OR similarity("fold"(k.name1), "fold"(k.name2)) >= 0.4
  ORDER BY 1 DESC, k.name1 <> k.name2, k.name1, k.name2 LIMIT 1;
END;

-- Likeness of two titles, from 0 to 1, whatever the order of their words.
CREATE OR REPLACE FUNCTION "titlesAgree"(one text, other text) RETURNS real LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1500
RETURN similarity("fold"(one), "fold"(other));

-- An address as it names a page: without scheme, www, port, default page, trailing slash, fragment and tracking parameters,
-- and with the other parameters in one order.
CREATE OR REPLACE FUNCTION "addressKey"(address text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
RETURN (SELECT regexp_replace(lower(u.part[1]), '^(www\d?|m|mobile|amp)\.|:(80|443)$', '', 'g')
    || regexp_replace(u.part[2], '(/(index|default)\.(html?|php|aspx?))?/*$', '')
    || coalesce('?' || (SELECT string_agg(p.given, '&' ORDER BY p.given COLLATE "C") FROM string_to_table(u.part[3], '&') AS p(given)
      WHERE p.given <> '' AND p.given !~* '^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|ref|ref_src|ref_url|cmpid|ocid|ns_\w+|smid|share|source|s_cid|spm|guccounter|at_\w+)(=|$)'), '')
  FROM (SELECT regexp_match(address, '^[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)([^?#]*)\??([^#]*)') AS part) AS u WHERE u.part IS NOT NULL);

-- A partial date in words: 20 November 2024, about November 2024, one day between 12 May 2024 and 14 May 2024.
CREATE OR REPLACE FUNCTION "dayInWords"(day text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN strpos(day, '/') > 0
      THEN format('one day between %s and %s', "dayInWords"(split_part(day, '/', 1)), "dayInWords"(split_part(day, '/', 2)))
    WHEN day ~ '[~?%]$' THEN CASE right(day, 1) WHEN '~' THEN 'about ' WHEN '?' THEN 'perhaps ' ELSE 'perhaps about ' END || "dayInWords"(left(day, -1))
    WHEN day ~ '^\d{4}-\d\d-\d\d$' THEN to_char(day::date, 'FMDD FMMonth YYYY')
    WHEN day ~ '^\d{4}-\d\d$' THEN to_char((day || '-01')::date, 'FMMonth YYYY')
    ELSE day END;
END $$;

-- Points for the days of two records: 4 for the same first day, 3 for days in common, 2 for days next to each other or a
-- month that contains the other, 1 for a year that does; 0 if one is unknown, and -20 if they contradict each other.
CREATE OR REPLACE FUNCTION "daysAgree"(first1 date, last1 date, day1 text, first2 date, last2 date, day2 text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN first1 IS NULL OR first2 IS NULL THEN 0
  WHEN day1 ~ '^\d{4}-\d\d-\d\d$' AND day2 ~ '^\d{4}-\d\d-\d\d$' THEN CASE WHEN first1 = first2 THEN 4
    WHEN first1 <= last2 AND first2 <= last1 THEN 3 WHEN first1 <= last2 + 1 AND first2 <= last1 + 1 THEN 2 ELSE -20 END
  WHEN first1 > last2 OR first2 > last1 THEN -20
  WHEN greatest(last1 - first1, last2 - first2) <= 31 THEN 2 ELSE 1 END;

-- The agreement of two days in words.
CREATE OR REPLACE FUNCTION "agreeingDays"(points int, day1 text, day2 text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN points = 4 OR day1 = day2 THEN format('same day (%s)', "dayInWords"(day1))
  ELSE format(CASE WHEN points = 3 THEN 'overlapping days (%s and %s)'
    WHEN day1 ~ '^\d{4}-\d\d-\d\d$' AND day2 ~ '^\d{4}-\d\d-\d\d$' THEN 'days next to each other (%s and %s)'
    ELSE 'compatible dates (%s and %s)' END, "dayInWords"(day1), "dayInWords"(day2)) END;

-- The months, counted from year 0, in which some days and those next to them lie; at most 15.
CREATE OR REPLACE FUNCTION "monthsOf"(earliest date, latest date) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT coalesce(array_agg(m.month::text), '{}') FROM generate_series(
  (extract(year FROM earliest - 1) * 12 + extract(month FROM earliest - 1))::int,
  least((extract(year FROM earliest - 1) * 12 + extract(month FROM earliest - 1))::int + 14,
    (extract(year FROM latest + 1) * 12 + extract(month FROM latest + 1))::int)) AS m(month));

-- The share of the members of two lists that both have, from 0 to 1.
CREATE OR REPLACE FUNCTION "shareInCommon"(ones text[], others text[]) RETURNS real LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT coalesce(count(*) FILTER (WHERE u.both = 2)::real / nullif(count(*), 0), 0)
  FROM (SELECT count(*) AS both FROM (SELECT DISTINCT v FROM unnest(ones) AS v UNION ALL SELECT DISTINCT v FROM unnest(others) AS v) AS all_of GROUP BY v) AS u);

-- Points for two lists of members by side ("party:person", "party:" for one that is not named). Only sides of which both
-- name members count: 3 if all are the same, -6 if one names a member that the other does not have, and -20 if a side has
-- no member in common. 0 if there is no such side.
CREATE OR REPLACE FUNCTION "sidesAgree"(ones text[], others text[]) RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
RETURN (SELECT CASE WHEN bool_or(x."shared" = 0) THEN -20 WHEN bool_or(x."differs") THEN -6 WHEN count(*) > 0 THEN 3 ELSE 0 END
  FROM (SELECT count(*) FILTER (WHERE s."isOne" AND s."isOther" AND s."isNamed") AS "shared",
      (bool_or(s."isNamed" AND NOT s."isOther") AND NOT bool_or(s."isOther" AND NOT s."isNamed"))
        OR (bool_or(s."isNamed" AND NOT s."isOne") AND NOT bool_or(s."isOne" AND NOT s."isNamed")) AS "differs"
    FROM (SELECT split_part(m.member, ':', 1) AS "side", split_part(m.member, ':', 2) <> '' AS "isNamed", bool_or(m."list" = 1) AS "isOne", bool_or(m."list" = 2) AS "isOther"
      FROM (SELECT v AS member, 1 AS "list" FROM unnest(ones) AS v UNION ALL SELECT v, 2 FROM unnest(others) AS v) AS m GROUP BY m.member) AS s
    GROUP BY s."side" HAVING bool_or(s."isOne" AND s."isNamed") AND bool_or(s."isOther" AND s."isNamed")) AS x);

-- A list in words, with the number of those left out.
CREATE OR REPLACE FUNCTION "listInWords"(words text[]) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_string(words[1:4], ', ') || CASE WHEN cardinality(words) > 4 THEN format(' and %s more', cardinality(words) - 4) ELSE '' END;

DROP INDEX IF EXISTS "PersonName_by_likely_name";
CREATE INDEX "PersonName_by_likely_name" ON "PersonName" USING gin ("nameKeys"("text")) WITH (fastupdate = off);
DROP INDEX IF EXISTS "Document_by_address";
CREATE INDEX "Document_by_address" ON "Document" ("addressKey"("url"));
