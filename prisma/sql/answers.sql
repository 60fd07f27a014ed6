-- Bounds on answers: bytes, and rows that a statement goes through.

-- A text of an answer. Counts the bytes of all that one statement passes through this function, and ends the statement
-- where they are more than an answer may have. The length of a stored text is known without reading it.
--   most    bytes that an answer may have
--   called  what the text is: Document.text
CREATE OR REPLACE FUNCTION "counted"(words text, most int, called text) RETURNS text LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE AS $$
DECLARE
  bytes bigint := coalesce(nullif(current_setting('sidelines.answer_bytes', true), ''), '0')::bigint + coalesce(octet_length(words), 0);
BEGIN
  IF bytes > most THEN
    RAISE EXCEPTION 'the answer is longer than % bytes', most USING ERRCODE = 'SLB01', DETAIL = called;
  END IF;
  PERFORM set_config('sidelines.answer_bytes', bytes::text, true);
  RETURN words;
END $$;

-- A whole answer, which does not leave the database where it is longer than it may be.
CREATE OR REPLACE FUNCTION "bounded"(answer text, most int) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  IF octet_length(answer) > most THEN
    RAISE EXCEPTION 'the answer is longer than % bytes', most USING ERRCODE = 'SLB01';
  END IF;
  RETURN answer;
END $$;

-- That there are not more of something than a statement may go through; otherwise it fails before it begins.
--   counted   how many there are, counted no further than one more than `most`
--   argument  of the field, which is to blame
--   problem   what is wrong with it, and what to do
CREATE OR REPLACE FUNCTION "fewEnough"(counted bigint, most int, argument text, problem text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  IF counted > most THEN
    RAISE EXCEPTION '%', problem USING ERRCODE = 'SLB02', DETAIL = argument;
  END IF;
  RETURN true;
END $$;
