-- A refusal no longer uses an idempotency key up, so those that were stored are forgotten.
DELETE FROM "IdempotentAct" WHERE jsonb_array_length("outcome" -> 'userErrors') > 0;
