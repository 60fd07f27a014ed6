-- Names of parties in passages.

-- Names that contain a name of a state. `code` is the party that they name; null if that is no party: a sea, a river.
CREATE OR REPLACE FUNCTION "longerNames"() RETURNS TABLE ("code" text, "text" text) LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT * FROM (VALUES
    -- States and territories, with their people.
    ('ASM', 'American Samoa'), ('ASM', 'American Samoan'), ('ASM', 'American Samoans'),
    ('CHN', 'People''s Republic of China'),
    ('COD', 'Democratic Republic of the Congo'), ('COD', 'Democratic Republic of Congo'), ('COD', 'DR Congo'),
    ('COD', 'D.R. Congo'), ('COD', 'Congo-Kinshasa'), ('COD', 'Belgian Congo'), ('COD', 'Congo, Democratic Republic of the'),
    ('COD', 'Congo, Dem. Rep.'), ('COD', 'Congo DR'), ('COD', 'Congo DRC'),
    ('COG', 'Republic of the Congo'), ('COG', 'Republic of Congo'), ('COG', 'Congo-Brazzaville'), ('COG', 'Congo, Republic of the'),
    ('DEU', 'Federal Republic of Germany'), ('DEU', 'West Germany'), ('DEU', 'West German'),
    ('DDR', 'German Democratic Republic'), ('DDR', 'East Germany'), ('DDR', 'East German'), ('DDR', 'East Germans'),
    ('DOM', 'Dominican Republic'),
    ('FSM', 'Federated States of Micronesia'),
    ('GBR', 'Northern Ireland'), ('GBR', 'Northern Irish'), ('GBR', 'United Kingdom of Great Britain and Northern Ireland'),
    ('GNB', 'Guinea-Bissau'), ('GNB', 'Bissau-Guinean'), ('GNB', 'Bissau-Guineans'), ('GNB', 'Portuguese Guinea'),
    ('GNQ', 'Equatorial Guinea'), ('GNQ', 'Equatorial Guinean'), ('GNQ', 'Equatorial Guineans'), ('GNQ', 'Equatoguinean'),
    ('GNQ', 'Spanish Guinea'), ('GNQ', 'Guinea, Equatorial'),
    ('GIN', 'Guinea-Conakry'), ('GIN', 'French Guinea'),
    ('GUF', 'French Guiana'), ('PYF', 'French Polynesia'), ('ATF', 'French Southern and Antarctic Lands'),
    ('GUY', 'British Guiana'), ('BLZ', 'British Honduras'), ('SUR', 'Dutch Guiana'),
    ('IOT', 'British Indian Ocean Territory'),
    ('ANT', 'Netherlands Antilles'), ('BES', 'Caribbean Netherlands'), ('BES', 'Dutch Caribbean'),
    ('IRL', 'Republic of Ireland'),
    ('KOR', 'South Korea'), ('KOR', 'South Korean'), ('KOR', 'South Koreans'), ('KOR', 'Republic of Korea'),
    ('KOR', 'Korea, South'), ('KOR', 'Korea, Republic of'), ('PRK', 'Korea, North'), ('PRK', 'Korea, Democratic People''s Republic of'),
    ('PRK', 'North Korea'), ('PRK', 'North Korean'), ('PRK', 'North Koreans'), ('PRK', 'DPR Korea'),
    ('PRK', 'Democratic People''s Republic of Korea'),
    ('MKD', 'North Macedonia'), ('MKD', 'Republic of North Macedonia'),
    ('PNG', 'Papua New Guinea'), ('PNG', 'Papua New Guinean'), ('PNG', 'Papua New Guineans'),
    ('SGS', 'South Georgia and the South Sandwich Islands'), ('SGS', 'South Georgia'),
    ('SSD', 'South Sudan'), ('SSD', 'South Sudanese'), ('SSD', 'Republic of South Sudan'),
    ('TLS', 'Timor-Leste'), ('TLS', 'East Timor'),
    ('TWN', 'Republic of China'), ('TWN', 'Chinese Taipei'), ('TWN', 'Republic of China, Taiwan'),
    ('USA', 'United States of America'),
    ('VGB', 'British Virgin Islands'), ('VIR', 'US Virgin Islands'), ('VIR', 'U.S. Virgin Islands'),
    ('VIR', 'United States Virgin Islands'), ('UMI', 'United States Minor Outlying Islands'),
    ('UMI', 'US Minor Outlying Islands'),
    ('VDR', 'North Vietnam'), ('VDR', 'North Vietnamese'), ('RVN', 'South Vietnam'), ('RVN', 'South Vietnamese'),
    ('YMD', 'South Yemen'), ('YMD', 'People''s Democratic Republic of Yemen'), ('YAR', 'North Yemen'),
    ('ESH', 'Spanish Sahara'), ('MOZ', 'Portuguese East Africa'), ('TLS', 'Portuguese Timor'),
    ('NCY', 'Turkish Republic of Northern Cyprus'), ('NCY', 'Northern Cyprus'), ('NCY', 'Turkish Cypriot'),
    ('NCY', 'Turkish Cypriots'), ('CYP', 'Greek Cypriot'), ('CYP', 'Greek Cypriots'),
    -- Parts of states, and what bears a state's name and is none.
    (NULL, 'Inner Mongolia'), (NULL, 'New Guinea'), (NULL, 'New Guinean'), (NULL, 'New Guineans'), (NULL, 'West Papua New Guinea'), (NULL, 'New Mexico'), (NULL, 'New Jersey'),
    (NULL, 'New Britain'), (NULL, 'New Holland'), (NULL, 'New England'), (NULL, 'British Columbia'),
    (NULL, 'USA TODAY'), (NULL, 'East Azerbaijan'), (NULL, 'West Azerbaijan'),
    (NULL, 'Latin America'), (NULL, 'Latin American'),
    (NULL, 'South America'), (NULL, 'South American'), (NULL, 'North America'), (NULL, 'North American'),
    (NULL, 'Central America'), (NULL, 'Central American'), (NULL, 'West Indian'), (NULL, 'West Indians'),
    -- Waters.
    (NULL, 'Indian Ocean'), (NULL, 'South China Sea'), (NULL, 'East China Sea'), (NULL, 'Sea of Japan'),
    (NULL, 'Philippine Sea'), (NULL, 'West Philippine Sea'), (NULL, 'Gulf of Guinea'), (NULL, 'Gulf of Thailand'),
    (NULL, 'Gulf of Oman'), (NULL, 'Sea of Oman'), (NULL, 'Gulf of Mexico'), (NULL, 'Gulf of Panama'),
    (NULL, 'Lake Chad'), (NULL, 'Lake Malawi'), (NULL, 'Niger Delta'), (NULL, 'Niger River'),
    (NULL, 'River Niger'), (NULL, 'Jordan River'), (NULL, 'River Jordan'), (NULL, 'Congo River'),
    (NULL, 'River Congo'), (NULL, 'Congo Basin'), (NULL, 'Senegal River'), (NULL, 'Gambia River'), (NULL, 'Paraguay River'),
    (NULL, 'Uruguay River'), (NULL, 'English Channel'), (NULL, 'Irish Sea'), (NULL, 'Norwegian Sea'), (NULL, 'Solomon Sea')
  ) AS names ("code", "text");
END;

-- A name as a regular expression that finds it as words of its own. Spaces equal hyphens, and all kinds of apostrophes are
-- equal, since texts break lines and differ in them.
CREATE OR REPLACE FUNCTION "namePattern"(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE WHEN name ~ '^\w' THEN '\m' ELSE '' END
    || regexp_replace(regexp_replace(regexp_replace(btrim(name), '([^[:alnum:][:space:]''’ʼ‐‑–—-])', '\\\1', 'g'), '[''’ʼ]', '[''’ʼ]', 'g'),
         '[[:space:]‐‑–—-]+', '[[:space:]‐‑–—-]+', 'g')
    || CASE WHEN name ~ '\w$' THEN '\M' ELSE '(?!\w)' END;
END;

-- Patterns for the names of one party: the first finds these names as written and in capitals, the second finds these
-- names and all longer ones that contain one of them, in any letter case.
CREATE OR REPLACE FUNCTION "namingPatterns"(own text[], others text[]) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  named text := (SELECT string_agg(DISTINCT "namePattern"(w), '|') FROM unnest(own || (SELECT array_agg(upper(o)) FROM unnest(own) o)) w WHERE btrim(w) <> '');
  longer text;
BEGIN
  IF named IS NULL THEN RETURN NULL; END IF;
  SELECT string_agg(DISTINCT "namePattern"(w), '|') INTO longer FROM unnest(others) w WHERE w ~* ('(?:' || named || ')');
  RETURN ARRAY['(?:' || named || ')', '(?:' || concat_ws('|', named, longer) || ')'];
END $$;

-- Whether a passage names a party. Of names that begin at the same place the longest counts, so that a match which is one
-- of the party's own names is no part of a longer name. Case counts, but for names in capitals: "us" is not "US".
CREATE OR REPLACE FUNCTION "isNamedIn"(passage text, patterns text[]) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF passage !~ patterns[1] THEN RETURN false; END IF;
  RETURN EXISTS (
    SELECT FROM regexp_matches(passage, '(' || patterns[2] || ')', 'gi') AS m ("names") WHERE m."names"[1] ~ ('^' || patterns[1] || '$'));
END $$;
