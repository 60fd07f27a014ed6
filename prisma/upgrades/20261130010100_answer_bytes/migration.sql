-- An answer that is too long is given up while it is written, before its texts are read from where they are stored.

-- A text of an answer. Counts the bytes of all that one statement passes through this function, and ends the statement
-- where they are more than an answer may have. The length of a stored text is known without reading it.
--   most    bytes that an answer may have
--   called  what the text is: Document.text
CREATE FUNCTION "counted"(words text, most int, called text) RETURNS text LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE AS $$
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
CREATE FUNCTION "bounded"(answer text, most int) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  IF octet_length(answer) > most THEN
    RAISE EXCEPTION 'the answer is longer than % bytes', most USING ERRCODE = 'SLB01';
  END IF;
  RETURN answer;
END $$;
