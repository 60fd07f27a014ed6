-- The last source of a fact does not go while the fact stands; not either when all citations go at once, for which Postgres asks no
-- trigger of single rows. When the facts are emptied with them, nothing is left uncited.
CREATE FUNCTION "checkNoneUncited"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  uncited record;
BEGIN
  SELECT * INTO uncited FROM past."Uncited" LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% % would be left without a source', uncited."table", uncited."id"
      USING ERRCODE = 'check_violation', TABLE = uncited."table", CONSTRAINT = 'Citation_leaves_no_fact_uncited';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "leaves_no_fact_uncited_when_emptied" AFTER TRUNCATE ON "Citation" FOR EACH STATEMENT EXECUTE FUNCTION "checkNoneUncited"();
