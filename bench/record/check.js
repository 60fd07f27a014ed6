// What triggers and foreign keys would have held while the record was loaded.

/** Each statement counts what breaks a rule. */
const rules = {
  "meetings whose status does not follow from their reports": `
    SELECT count(*)::int AS broken FROM (SELECT * FROM "Meeting" WHERE "status" <> 'UNKNOWN' LIMIT 20000) m WHERE m."status" <> "meetingStatus"(m."id")`,
  "meetings with reports but without a status": `
    SELECT count(*)::int AS broken FROM "Meeting" m WHERE "status" = 'UNKNOWN' AND EXISTS (SELECT 1 FROM "StatusReport" r WHERE r."meetingId" = m."id")`,
  "seats whose days are not their meeting's": `
    SELECT count(*)::int AS broken FROM "Participant" p JOIN "Meeting" m ON m."id" = p."meetingId"
    WHERE (p."meetingEarliest", p."meetingLatest") IS DISTINCT FROM (m."onEarliest", coalesce(m."endsOnLatest", m."onLatest"))`,
  "citations that do not stand in their document": `
    SELECT count(*)::int AS broken FROM "Citation" c JOIN "Document" d ON d."id" = c."documentId"
    WHERE "citationFault"(d, c."quote", c."start", c."locator") IS NOT NULL`,
  "meetings without a citation": `
    SELECT count(*)::int AS broken FROM "Meeting" m WHERE NOT EXISTS (SELECT 1 FROM "Citation" c WHERE c."meetingId" = m."id")`,
  "reports without a citation": `
    SELECT count(*)::int AS broken FROM "StatusReport" r WHERE NOT EXISTS (SELECT 1 FROM "Citation" c WHERE c."statusReportId" = r."id")`,
};

/**
 * Fails where the loaded record breaks a rule of the schema.
 * @param {import("pg").ClientBase} client
 */
export async function checkRecord(client) {
  for (const [rule, statement] of Object.entries(rules)) {
    const { rows } = await client.query(statement);
    if (rows[0].broken > 0) throw new Error(`The generated record has ${rows[0].broken} ${rule}`);
  }
  await checkReferences(client);
}

async function checkReferences(client) {
  const { rows } = await client.query(`
    SELECT conname, conrelid::regclass AS child, confrelid::regclass AS parent,
      (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]) AS "column"
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND array_length(conkey, 1) = 1`);
  for (const { conname, child, parent, column } of rows) {
    const { rows: found } = await client.query(
      `SELECT count(*)::int AS broken FROM ${child} c WHERE c."${column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${parent} p WHERE p."id" = c."${column}")`,
    );
    if (found[0].broken > 0) throw new Error(`The generated record breaks ${conname} ${found[0].broken} times`);
  }
}

/** How many rows the record's tables hold. */
export async function countRows(client, tables) {
  const counts = {};
  for (const table of tables) {
    const { rows } = await client.query(`SELECT count(*)::int AS count FROM "${table}"`);
    counts[table] = rows[0].count;
  }
  return counts;
}
